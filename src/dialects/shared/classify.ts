import type { FailureClass } from '../../conversation/error.ts';

/** The evidence of a failure, taken out of a vendor's body by its dialect. */
export interface FailureEvidence {
  status: number;
  /** The vendor's words: type, code, status or reason, whichever it gives. */
  words: string[];
  message: string;
}

/** One line of a table: all conditions given must hold. */
export interface FailureRule {
  class: FailureClass;
  /** Exact HTTP status, or a list. */
  status?: number | number[];
  /** One of the evidence's words equals this (case-insensitive). */
  word?: string | string[];
  /** The message matches. */
  text?: RegExp;
}

/**
 * The order is the argument: words a vendor defines beat wording, wording beats status, and an unknown 4xx stays `request`.
 * Context overflow is judged late and with a veto, because "tokens exceeded per minute" is a rate limit.
 */
const WORDS: FailureRule[] = [
  {
    class: 'quota',
    word: [
      'insufficient_quota',
      'usage_limit_reached',
      'quota_exceeded',
      'free_quota_exceeded',
      'overage_limit_reached',
      'exceeded_current_quota_error',
      'monthly_request_count',
      'quota_exhausted',
    ],
  },
  {
    class: 'billing',
    word: [
      'billing_error',
      'credit_balance_exhausted',
      'organization_spend_limit_exceeded',
      'project_spend_limit_exceeded',
      'organization_usage_limit_exceeded',
      'billing_not_configured',
      'billing_hard_limit_reached',
      'usage_not_included',
      'insufficient_g1_credits_balance',
    ],
  },
  {
    class: 'policy',
    word: [
      'content_filter',
      'content_policy_violation',
      // OpenAI's for Codex models; also inside a stream (github.com/router-for-me/CLIProxyAPI, openai/codex issues).
      'cyber_policy',
      'responsibleaipolicyviolation',
      'moderation_blocked',
      'tos_violation',
      'extension_blocked',
      'sensitive',
    ],
  },
  { class: 'context', word: ['context_length_exceeded', 'context_window_exceeded', 'string_above_max_length', 'request_too_large'] },
  {
    class: 'capability',
    word: [
      'model_not_found',
      'model_not_available',
      'deploymentnotfound',
      'unsupported_model',
      'model_not_supported',
      'unsupported_parameter',
      'unsupported_value',
    ],
  },
  {
    class: 'auth',
    word: [
      'invalid_api_key',
      'authentication_error',
      'permission_error',
      'unauthenticated',
      'api_key_invalid',
      'invalid_authentication_error',
      'access_token_expired',
      'token_expired',
      'unauthorized',
    ],
  },
  {
    class: 'overload',
    word: [
      'overloaded_error',
      'server_is_overloaded',
      'engine_overloaded_error',
      'model_capacity_exhausted',
      'model_overloaded',
      'overloaded',
    ],
  },
  {
    class: 'rate',
    word: [
      'rate_limit_error',
      'rate_limit_exceeded',
      'slow_down',
      'rate_limit_reached_error',
      'too_many_requests',
      'throttlingexception',
      'user_model_rate_limited',
      'user_global_rate_limited',
    ],
  },
];

const RATE_WORDING = /rate.?limit|per minute|per second|\btpm\b|\brpm\b|too many requests|requests? per/i;
const CONTEXT_WORDING =
  /context (?:length|window|size|limit)|maximum context|prompt is too long|input is too long|too many (?:input )?tokens|tokens? (?:count )?(?:\(\d+\) )?exceeds?|exceeds? (?:the )?(?:maximum|max|model'?s?) (?:number of )?(?:allowed )?(?:input )?tokens?|exceeded model token limit|longer than the maximum|reduce the length|input length|maximum (?:prompt|input) length/i;

const WORDING: FailureRule[] = [
  // xAI and Google say "bad key" with a 400.
  {
    class: 'auth',
    status: [400, 401, 403],
    text: /(?:incorrect|invalid|missing|no|expired|valid) (?:api|auth\w*)[ _-]?(?:key|token|credentials)|api key (?:not valid|is invalid|expired)|no auth credentials/i,
  },
  {
    class: 'billing',
    text: /credit balance is too low|insufficient (?:account )?balance|余额不足|insufficient credits|requires more credits|payment required|billing/i,
  },
  {
    class: 'quota',
    status: [403, 429],
    text: /额度不足|usage limit|daily (?:free )?(?:limit|allocation|quota)|monthly (?:usage|limit|quota)|exceeded your current quota|quota (?:exceeded|exhausted)|free-models-per-day|per day/i,
  },
  {
    class: 'capability',
    status: [400, 404, 422],
    text: /model\b.{0,120}(?:not found|does not exist|not exist|not supported|not available|unknown|invalid model|no longer|deprecated|been deprecated|been removed)|(?:not found|unknown|invalid) model|unsupported (?:parameter|value)|unknown (?:parameter|field)|no endpoints? found|not found, try pulling/is,
  },
];

/** The class of a failed answer. `rules` are the provider's own lines and are asked first. */
export function classifyFailure(evidence: FailureEvidence, rules: readonly FailureRule[] = []): FailureClass {
  const words = evidence.words.map((word) => word.toLowerCase());
  const matches = (rule: FailureRule): boolean => {
    if (rule.status !== undefined && !(Array.isArray(rule.status) ? rule.status : [rule.status]).includes(evidence.status)) return false;
    if (rule.word !== undefined && !(Array.isArray(rule.word) ? rule.word : [rule.word]).some((word) => words.includes(word.toLowerCase())))
      return false;
    return rule.text === undefined || rule.text.test(evidence.message);
  };
  const known = rules.find(matches) ?? WORDS.find(matches);
  if (known) return known.class;
  if ([400, 413, 422, 500].includes(evidence.status) && CONTEXT_WORDING.test(evidence.message) && !RATE_WORDING.test(evidence.message))
    return 'context';
  return WORDING.find(matches)?.class ?? classOfStatus(evidence.status);
}

function classOfStatus(status: number): FailureClass {
  switch (status) {
    case 401:
    case 403:
      return 'auth';
    case 402:
      return 'billing';
    // No such endpoint there, or the model is gone: another target may have it.
    case 404:
    case 405:
    case 410:
      return 'capability';
    // A lock, or too early: SDKs of OpenAI and Anthropic repeat 408 and 409 by themselves, as they do 5xx.
    case 409:
    case 425:
      return 'overload';
    case 408:
    case 504:
      return 'network';
    case 413:
      return 'context';
    case 429:
      return 'rate';
    default:
      return status >= 500 ? 'overload' : 'request';
  }
}
