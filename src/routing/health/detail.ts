import type { Cause } from './cause.ts';
import { LONG_RATE_MS, type Note } from './note.ts';

/** What is wrong, in one sentence. Times are spans, worked out on reading: the reader's clock may be in another time zone. */
export function detailOf(cause: Cause, note: Note, now: number): string {
  if (note.ours) return note.message;
  const left = note.until === undefined ? '' : span(note.until - now);
  return `${stateOf(cause, note, left)}${said(note.message)}`;
}

function stateOf(cause: Cause, note: Note, left: string): string {
  switch (cause) {
    case 'quota':
      return `used up for another ${left}`;
    case 'rate':
      return note.until !== undefined && note.until - note.since > LONG_RATE_MS
        ? `used up for another ${left}`
        : `too many requests: left alone for another ${left}`;
    case 'auth':
      return left
        ? `its sign-in was refused: left alone for another ${left}`
        : 'its key or sign-in was refused: sign in again or change the key';
    case 'billing':
      return `not paid for: asked again in ${left}`;
    case 'missing':
      return `this account does not offer the model: asked again in ${left}`;
    case 'overload':
      return `overloaded: left alone for another ${left}`;
    case 'empty':
      return `answered without content ${note.failures} times in a row: left alone for another ${left}`;
  }
}

/** `failed 6 times in a row: asked again in 8 s (the provider said: …)` */
export function breakerDetail(failures: number, message: string, leftMs: number | undefined): string {
  const then = leftMs === undefined ? 'one request is finding out whether it works again' : `asked again in ${span(leftMs)}`;
  return `failed ${failures} times in a row: ${then}${message ? ` (last: ${message})` : ''}`;
}

const said = (message: string): string => (message ? ` (the provider said: ${message})` : '');

/** `45 s`, `4 min`, `3 h 12 min`, `6 days`; rounded up, so that it is never too short. */
export function span(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.ceil(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
