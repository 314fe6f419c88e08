import { asObject, asString } from '../../conversation/json.ts';

/** A failure in the form that hosts of OpenAI's dialect have. */
export class BridgeFailure extends Error {
  override readonly name = 'BridgeFailure';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  get body(): { error: { message: string; type: string; code: string; param: null } } {
    return { error: { message: this.message, type: this.code, code: this.code, param: null } };
  }
}

/**
 * The user has not allowed us these models yet, or no longer. Of Copilot it holds for the whole account; other vendors share one, where
 * a 403 that speaks of the model holds for that model alone.
 */
export function consentNeeded(vendor: string, model: string, said = ''): BridgeFailure {
  const how = `${said && ` VS Code says: ${said}`} Run "OmniRoute: Use This Editor's Models" in VS Code and allow it.`;
  return vendor === 'copilot'
    ? new BridgeFailure(401, 'consent_needed', `OmniRoute has no consent to use GitHub Copilot.${how}`)
    : new BridgeFailure(403, 'consent_needed', `OmniRoute has no consent to use the model ${vendor}/${model}.${how}`);
}

const QUOTA = /quota|premium request|allowance|usage limit|monthly limit|used up/i;
const RATE = /rate.?limit|too many requests/i;
const FILTERED = /content.?filter|filtered by|responsible ai/i;
/** Copilot Chat tells a host's refusal so: `Request Failed: 400 {…}`. */
const STATUS = /request failed:? \(?(\d{3})\b/i;

/**
 * What `sendRequest` or the stream threw. VS Code's own errors have a `code` (`NoPermissions`, `Blocked`, `NotFound`; `Unknown` with the
 * provider's error as `cause`); Copilot Chat also tells by name (`ChatQuotaExceeded`). `Blocked` stands for quotas too, says the API.
 */
export function failureOf(thrown: unknown, { vendor, id }: { vendor: string; id: string }): BridgeFailure {
  if (thrown instanceof BridgeFailure) return thrown;
  const { codes, message } = evidenceOf(thrown);
  const words = message || 'The model failed without saying why.';
  if (codes.includes('NoPermissions')) return consentNeeded(vendor, id, message);
  if (codes.includes('ChatQuotaExceeded')) return new BridgeFailure(429, 'quota_exceeded', words);
  if (codes.includes('ChatRateLimited') || RATE.test(message)) return new BridgeFailure(429, 'rate_limit_exceeded', words);
  if (QUOTA.test(message)) return new BridgeFailure(429, 'quota_exceeded', words);
  if (codes.includes('NotFound')) return new BridgeFailure(404, 'model_not_found', words);
  if (codes.includes('Blocked')) return new BridgeFailure(403, 'extension_blocked', words);
  if (FILTERED.test(message)) return new BridgeFailure(400, 'content_filter', words);
  const told = Number(STATUS.exec(message)?.[1] ?? 0);
  return new BridgeFailure(told >= 400 && told < 600 ? told : 500, 'model_failed', words);
}

/** Codes and names down the chain of causes, and all that was said. */
function evidenceOf(thrown: unknown): { codes: string[]; message: string } {
  const codes: string[] = [];
  const said: string[] = [];
  let error: unknown = thrown;
  for (let depth = 0; depth < 4 && error !== undefined && error !== null; depth++) {
    const { code, name, message, cause } = fieldsOf(error);
    codes.push(...[code, name].filter((word) => word !== undefined));
    if (message && !said.some((earlier) => earlier.includes(message))) said.push(message);
    error = cause;
  }
  return { codes, message: said.join(': ') };
}

function fieldsOf(error: unknown) {
  if (typeof error === 'string') return { code: undefined, name: undefined, message: error, cause: undefined };
  // An Error's own fields are not enumerable; it is read like any object.
  const { code, name, message, cause } = (asObject(error) ?? {}) as Record<string, unknown>;
  return { code: asString(code), name: asString(name), message: asString(message), cause };
}
