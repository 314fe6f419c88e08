/**
 * One form for what a user of any SDK gets, so that answers of different SDKs can be compared. Written from the vendors'
 * documents and the SDKs' types alone: nothing here comes from src/, whose work it judges.
 */
export interface Neutral {
  choices: NeutralChoice[];
  usage: NeutralUsage;
}

export interface NeutralChoice {
  /** What the user reads; a refusal's words are part of it. */
  text: string;
  reasoning: string;
  toolCalls: NeutralToolCall[];
  finish: NeutralFinish;
  /** Content that is neither: images, audio, what the vendor did on its own servers. By the vendor's type name. */
  others: string[];
}

export interface NeutralToolCall {
  id: string | undefined;
  name: string;
  /** Parsed; the raw text where it is not JSON. A free-form call's text stands as `{ input }`. */
  args: unknown;
}

export type NeutralFinish = 'stop' | 'length' | 'tool-calls' | 'blocked' | 'pause' | 'other';

/** `undefined`: not told. Input is all of it, caches included; output is all of it, reasoning included. */
export interface NeutralUsage {
  input?: number;
  cacheRead?: number;
  cacheWrite?: number;
  output?: number;
  reasoning?: number;
}

export interface Failure {
  /** The SDK's error class. */
  name: string;
  status: number | undefined;
  message: string;
  error?: unknown;
}

export type Outcome = { ok: true; answer: Neutral } | { ok: false; failure: Failure };

/** What an SDK gave or threw. */
export async function outcome(ask: () => Promise<Neutral>): Promise<Outcome> {
  try {
    return judge(await ask());
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'not an error', status: undefined, message: String(error) };
  const status: unknown = 'status' in error ? error.status : undefined;
  return { name: error.constructor.name, status: typeof status === 'number' ? status : undefined, message: error.message, error };
}

/** Thrown for an answer that says itself that it failed, where the SDK hands it over as a value. */
export class FailedAnswer extends Error {}

/** Thrown for a stream that just ended: nobody told the user that something is missing. */
export class SilentEnd extends Error {}

/** An answer that ended well but holds nothing a user can use is a failure; one that was cut by its length or blocked is not. */
function judge(answer: Neutral): Outcome {
  const useful = answer.choices.some(
    (choice) =>
      choice.text !== '' ||
      choice.toolCalls.length > 0 ||
      choice.others.length > 0 ||
      ['length', 'blocked', 'pause'].includes(choice.finish),
  );
  if (useful) return { ok: true, answer: { ...answer, choices: answer.choices.map(settled) } };
  return { ok: false, failure: { name: 'empty', status: undefined, message: 'The answer is empty.' } };
}

/** Some vendors say `stop` beside tool calls. */
function settled(choice: NeutralChoice): NeutralChoice {
  const calls = choice.toolCalls.length > 0 && (choice.finish === 'stop' || choice.finish === 'other');
  return calls ? { ...choice, finish: 'tool-calls' } : choice;
}

export function emptyChoice(): NeutralChoice {
  return { text: '', reasoning: '', toolCalls: [], finish: 'other', others: [] };
}

/** Arguments as the SDK's user would parse them. No text at all means no arguments. */
export function parsedArgs(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The sum of what is known; `undefined` when nothing is. */
export function sum(...parts: (number | null | undefined)[]): number | undefined {
  const known = parts.filter((part) => typeof part === 'number');
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}

/** The one form in which a free-form (custom) call's text stands. */
export function isFreeForm(args: unknown): args is { input: string } {
  return typeof args === 'object' && args !== null && Object.keys(args).join() === 'input' && typeof Object.values(args)[0] === 'string';
}
