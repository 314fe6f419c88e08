import type { Recording } from '../recordings.ts';
import { bytePieces, eventPieces, withLineEnds } from './bytes.ts';

/** One step of a scripted answer, taken in order. */
export type Step =
  | { do: 'send'; bytes: string | Uint8Array }
  /** Waits for the test; the connection stays open. */
  | { do: 'wait'; until: Promise<unknown> }
  /** A clean end of the body. */
  | { do: 'end' }
  /** Closes the connection in the middle of the body: what was sent still arrives, its end mark does not. */
  | { do: 'destroy' }
  /** Resets the connection (RST): what was sent may be lost too. */
  | { do: 'reset' }
  /** Says nothing more until the other side closes. */
  | { do: 'hang' }
  /** Sends the pieces one after the other, over and over, until the other side closes: a provider that never ends ("slow loris"). */
  | { do: 'drip'; pieces: readonly (string | Uint8Array)[]; everyMs: number };

/** What the provider answers once. `head` absent: no status line ever comes (with `hang` or `destroy`). */
export interface Reply {
  label: string;
  head?: { status: number; headers: Record<string, string> };
  steps: Step[];
  /** Waited for before the status line. */
  before?: Promise<unknown>;
}

export interface ReplyOptions {
  /** How a stream's bytes are grouped into writes. A body that is not a stream comes whole, or byte by byte. */
  chunking?: 'whole' | 'events' | 'bytes';
  lineEnds?: '\r\n' | '\n' | '\r';
  /** Only the first `after` events come, then this. */
  cut?: { after: number; by: 'end' | 'destroy' | 'hang' };
  /** After `after` events, waits for the test before the rest. */
  hold?: { after: number; until: Promise<unknown> };
  before?: Promise<unknown>;
}

/** The recorded answer, byte for byte, as asked by `options`. JSON bodies are recorded parsed; they are sent compact. */
export function replyOf(recording: Recording, options: ReplyOptions = {}): Reply {
  const { response } = recording;
  const text = recordedText(recording);
  const streamed = response.sse !== undefined || response.ndjson !== undefined;
  const headers = { 'content-type': streamed ? 'text/event-stream' : 'application/json', ...response.headers };
  const body = options.lineEnds && response.sse !== undefined ? withLineEnds(text, options.lineEnds) : text;
  return {
    label: recording.name,
    head: { status: response.status, headers },
    steps: stepsOf(body, streamed, options),
    ...(options.before ? { before: options.before } : {}),
  };
}

/** The recorded body as text. */
export function recordedText({ response }: Recording): string {
  return response.sse ?? response.ndjson ?? response.text ?? JSON.stringify(response.body);
}

function stepsOf(text: string, streamed: boolean, options: ReplyOptions): Step[] {
  const pieces = streamed ? eventPieces(text) : [text];
  const { cut, hold } = options;
  const kept = cut ? pieces.slice(0, cut.after) : pieces;
  const steps: Step[] = hold
    ? [
        ...grouped(kept.slice(0, hold.after), options.chunking),
        { do: 'wait', until: hold.until },
        ...grouped(kept.slice(hold.after), options.chunking),
      ]
    : grouped(kept, options.chunking);
  return [...steps, { do: cut?.by ?? 'end' }];
}

function grouped(pieces: string[], chunking: ReplyOptions['chunking'] = 'whole'): Step[] {
  switch (chunking) {
    case 'whole':
      return pieces.length === 0 ? [] : [{ do: 'send', bytes: pieces.join('') }];
    case 'events':
      return pieces.map((bytes) => ({ do: 'send', bytes }));
    case 'bytes':
      return bytePieces(pieces.join('')).map((bytes) => ({ do: 'send', bytes }));
  }
}

/** A JSON answer that was not recorded. */
export function jsonReply(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return {
    label: `json ${status}`,
    head: { status, headers: { 'content-type': 'application/json', ...headers } },
    steps: [{ do: 'send', bytes: JSON.stringify(body) }, { do: 'end' }],
  };
}

/** Everything that providers and the network do wrong, by name. */
export const faults = {
  /** Accepts the request and never answers. */
  hangBeforeHeaders: (): Reply => ({ label: 'hang before headers', steps: [{ do: 'hang' }] }),
  /** Resets the connection without an answer. */
  reset: (): Reply => ({ label: 'reset', steps: [{ do: 'reset' }] }),
  /** The status line, then nothing. */
  hangAfterHeaders: (contentType = 'text/event-stream'): Reply => ({
    label: 'hang after headers',
    head: { status: 200, headers: { 'content-type': contentType } },
    steps: [{ do: 'hang' }],
  }),
  empty200: (contentType = 'application/json'): Reply => ({
    label: 'empty 200',
    head: { status: 200, headers: { 'content-type': contentType } },
    steps: [{ do: 'end' }],
  }),
  garbage: (contentType = 'application/json'): Reply => ({
    label: 'garbage',
    head: { status: 200, headers: { 'content-type': contentType } },
    steps: [{ do: 'send', bytes: Uint8Array.of(0xff, 0xfe, 0x00, 0x7b, 0xc3, 0x28, 0x0a, 0x0a) }, { do: 'end' }],
  }),
  /** A proxy's page where an API was expected. */
  html: (status = 502): Reply => ({
    label: `html ${status}`,
    head: { status, headers: { 'content-type': 'text/html' } },
    steps: [{ do: 'send', bytes: '<html><body><h1>Bad Gateway</h1></body></html>' }, { do: 'end' }],
  }),
  /** After a beginning sends the pieces over and over, one every few milliseconds, and never ends. */
  slowLoris: (pieces: readonly (string | Uint8Array)[], everyMs: number, beginning = '', contentType = 'text/event-stream'): Reply => ({
    label: 'slow loris',
    head: { status: 200, headers: { 'content-type': contentType } },
    steps: [
      { do: 'send', bytes: beginning },
      { do: 'drip', pieces, everyMs },
    ],
  }),
  /** An error body under status 200, as OpenRouter and many relays send. */
  errorIn200: (body: unknown): Reply => jsonReply(body, 200),
} as const;
