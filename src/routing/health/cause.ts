import type { GatewayError } from '../../conversation/error.ts';
import type { Block } from '../block.ts';

/** What can be wrong with an account, or with one model of it. */
export const CAUSES = ['quota', 'rate', 'auth', 'billing', 'missing', 'overload', 'empty'] as const;
export type Cause = (typeof CAUSES)[number];

export const REASON_OF_CAUSE: Record<Cause, Block['reason']> = {
  quota: 'quota',
  rate: 'rate',
  auth: 'auth',
  billing: 'billing',
  missing: 'model',
  overload: 'model',
  empty: 'model',
};

/** What a failure says about account or model; `undefined`: nothing that is worth noting. Networks and 5xx are the breaker's business. */
export function causeOf(error: GatewayError): Cause | undefined {
  switch (error.class) {
    case 'quota':
    case 'rate':
    case 'billing':
    case 'empty':
      return error.class;
    case 'auth':
      return isModelRefusal(error) ? 'missing' : 'auth';
    case 'overload':
      // Without a wait named there is nothing to lock for: the run backs off, the breaker counts.
      return toldMs(error) === undefined ? undefined : 'overload';
    case 'capability':
      return modelIsMissing(error) ? 'missing' : undefined;
    case 'request':
    case 'context':
    case 'policy':
    case 'network':
    case 'cancelled':
    case 'internal':
      return undefined;
  }
}

/** A 403 about the model is no verdict on the key: its other models go on (Bedrock: "You don't have access to the model with the specified model ID"). */
function isModelRefusal({ status, message }: GatewayError): boolean {
  return status === 403 && /\bmodels?\b/i.test(message);
}

/** OpenAI's word for an unpaid organisation: it holds for all models, also where limits count per model (Azure). */
const WHOLE_ACCOUNT = 'insufficient_quota';

/** Whether a cause holds for one model of the account or for all of it. */
export function scopeOf(cause: Cause, error: GatewayError, limitsPerModel: boolean): 'account' | 'model' {
  switch (cause) {
    case 'auth':
    case 'billing':
      return 'account';
    case 'quota':
    case 'rate':
      return limitsPerModel && error.code !== WHOLE_ACCOUNT ? 'model' : 'account';
    case 'missing':
    case 'overload':
    case 'empty':
      return 'model';
  }
}

/** The wait the provider named. `Retry-After: 0` names none. */
export function toldMs({ retryAfterMs }: GatewayError): number | undefined {
  return retryAfterMs !== undefined && retryAfterMs > 0 && Number.isFinite(retryAfterMs) ? retryAfterMs : undefined;
}

/** Vendors' words for a model that is not there, lower case: the shared table's, and those of providers' own tables. */
const MISSING_WORDS: ReadonlySet<string> = new Set([
  'model_not_found',
  'model_not_available',
  'unsupported_model',
  'model_not_supported',
  'deploymentnotfound',
  'model_decommissioned',
  'unknown_model',
  'no_access',
]);

/** Something else that was not found, or a feature: the model itself is there (OpenAI: "Item with id … not found", OpenRouter: "No endpoints found that support tool use"). */
const NOT_THE_MODEL =
  /\b(?:item|response|file|conversation|container|thread|vector store|cached ?content)\b.{0,120}not found|that (?:can )?support|parameter/is;

/** For a 400 without a word: recorded as "The model `…` has been deprecated", "The requested model … does not exist". */
const MISSING_TEXT =
  /\bmodel\b.{0,120}(?:not found|does not exist|not exist|decommissioned|no longer (?:available|supported)|been (?:deprecated|removed))|(?:not found|unknown) model|not supported when using .{0,40}account/is;

function modelIsMissing({ code, status, param, message }: GatewayError): boolean {
  if (code !== undefined && MISSING_WORDS.has(code.toLowerCase())) return true;
  if (code === 'unsupported_parameter' || code === 'unsupported_value') return false;
  if (param !== undefined && !/model/i.test(param)) return false;
  if (NOT_THE_MODEL.test(message)) return false;
  return status === 404 || MISSING_TEXT.test(message);
}
