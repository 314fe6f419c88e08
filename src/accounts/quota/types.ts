/** What an amount counts. A currency's code (`CNY`) for money other than US dollars; `percent` where only the share is told. */
export type QuotaUnit = 'requests' | 'tokens' | 'usd' | 'credits' | 'percent' | Uppercase<string>;

/** Where a figure comes from: an answer's headers, the provider's quota endpoint, our own counting against the user's limit. */
export type QuotaSource = 'headers' | 'reader' | 'counted';

/**
 * One allowance of an account: what may be used until it resets, or a balance. What is not known is absent, never 0; a balance has
 * no `usedPercent`, since nobody says of how much.
 */
export interface QuotaWindow {
  /** `5h`, `7d`, `month`, `requests/day`, `tokens/minute`, `balance` … With `model`, unique in its account. */
  id: string;
  /** For people: `5 hours`, `Balance`. */
  label: string;
  /** The vendor's model ids it holds for (`*` stands for anything); absent: all. */
  model?: string;
  /** 0…100, or more where the vendor lets one overdraw. */
  usedPercent?: number;
  used?: number;
  limit?: number;
  remaining?: number;
  unit: QuotaUnit;
  /** Milliseconds since the epoch. */
  resetsAt?: number;
  source: QuotaSource;
  /** When the figure was true. */
  at: number;
  /** The account may go on when it is used up, out of a balance or extra usage: then it is no reason not to ask. */
  overage?: true;
  /** Counts something else than chat (images, tool calls): shown, and never a reason not to ask. */
  notChat?: true;
}

/** What is known of an account's allowances. */
export interface QuotaSnapshot {
  /** Account id. */
  account: string;
  plan?: string;
  windows: QuotaWindow[];
  /** When the newest figure was true; 0: nothing is known yet. */
  at: number;
  /** The last reading failed; the windows are of before. */
  error?: { message: string; at: number };
}

/** A window as a form reads it; who read it, and when, is added by the caller. */
export type ReadWindow = Omit<QuotaWindow, 'source' | 'at'>;

/** What a quota endpoint's body says. */
export interface QuotaReading {
  plan?: string;
  windows: ReadWindow[];
  /** The vendor's words where a body of HTTP 200 is a refusal. */
  refusal?: string;
}
