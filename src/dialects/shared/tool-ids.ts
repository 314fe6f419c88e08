import { createHash } from 'node:crypto';

/**
 * A tool-call id a restricted target accepts. An id that already fits is kept; any other is replaced by a hash of itself,
 * so the call and its result, in this request and the next ones, get the same id without any state.
 */
export function fitId(id: string, fits: RegExp, make: (hash: string) => string): string {
  if (fits.test(id)) return id;
  return make(createHash('sha256').update(id).digest('hex'));
}

/** Anthropic: `^[a-zA-Z0-9_-]+$` (its API says so in the 400 for anything else). */
export const anthropicToolId = (id: string): string => fitId(id, /^[a-zA-Z0-9_-]{1,128}$/, (hash) => `toolu_${hash.slice(0, 24)}`);

/** OpenAI: at most 64 characters for a Responses `call_id`, at most 40 for a chat tool call id. */
export const openaiToolId = (id: string, most: number): string =>
  fitId(id, new RegExp(`^[\\x21-\\x7e]{1,${most}}$`), (hash) => `call_${hash.slice(0, 24)}`);

/** Mistral: exactly nine letters and digits. */
export const mistralToolId = (id: string): string => fitId(id, /^[a-zA-Z0-9]{9}$/, (hash) => hash.slice(0, 9));
