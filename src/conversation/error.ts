import type { DialectId } from './dialect-id.ts';
import type { JsonObject } from './json.ts';

/**
 * What a failure means; the class alone decides what happens next.
 *
 * - `request`    the request itself is wrong: returned to the client, cools nothing
 * - `context`    the conversation is too long for this model: cools nothing
 * - `auth`       the credential is refused: refresh, then needs sign-in
 * - `quota`      the account's allowance is used up until a reset
 * - `billing`    no money, no plan: until the user acts
 * - `rate`       too many requests just now: short cool-down
 * - `overload`   the provider is overloaded or broken (5xx)
 * - `capability` this model is missing, or cannot do what was asked (parameter unsupported)
 * - `policy`     refused by content or usage policy: cools nothing, is not tried around
 * - `network`    no answer: connection, timeout, cut stream
 * - `empty`      an answer without content
 * - `cancelled`  the client went away
 * - `internal`   our own fault
 */
export const FAILURE_CLASSES = [
  'request',
  'context',
  'auth',
  'quota',
  'billing',
  'rate',
  'overload',
  'capability',
  'policy',
  'network',
  'empty',
  'cancelled',
  'internal',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** The HTTP status for a failure that came without one (an error inside a 200 stream, a failure of our own). */
export const STATUS_OF_CLASS: Record<FailureClass, number> = {
  request: 400,
  context: 400,
  auth: 401,
  quota: 429,
  billing: 402,
  rate: 429,
  overload: 503,
  capability: 404,
  policy: 403,
  network: 502,
  empty: 502,
  cancelled: 499,
  internal: 500,
};

export interface GatewayErrorInit {
  class: FailureClass;
  message: string;
  /** HTTP status; from the class when absent. */
  status?: number;
  /** A stable machine word: the vendor's own code where there is one (`context_length_exceeded`), else ours. */
  code?: string;
  /** The request field at fault, as a path: `messages[2].content[0].image_url`. */
  param?: string;
  /** Milliseconds until it is worth trying again, from Retry-After or the body. */
  retryAfterMs?: number;
  /** The vendor's error body as received, and its dialect: written back whole to a client of the same dialect. */
  raw?: { dialect: DialectId; body: JsonObject };
  cause?: unknown;
}

/** Every failure in the gateway is one of these. Never holds a credential: vendor messages are redacted where they enter. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly class: FailureClass;
  readonly status: number;
  readonly code: string | undefined;
  readonly param: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly raw: { dialect: DialectId; body: JsonObject } | undefined;

  constructor(init: GatewayErrorInit) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause });
    this.class = init.class;
    this.status = init.status ?? STATUS_OF_CLASS[init.class];
    this.code = init.code;
    this.param = init.param;
    this.retryAfterMs = init.retryAfterMs;
    this.raw = init.raw;
  }
}

/** A read that can fail without an exception; `raw` keeps the evidence. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; error: GatewayError };
