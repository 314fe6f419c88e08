import type { ServerResponse } from 'node:http';
import type { Script } from './answers.ts';

/** What goes wrong before the first text, and how often among a hundred faults. */
export const FAULTS = {
  'a 500': 16,
  'a 429': 2,
  'a 429 with Retry-After': 2,
  'a 529': 14,
  'a reset before the status line': 12,
  'a reset after the status line': 12,
  'a stream cut before its text': 10,
  'an empty 200': 6,
  'an error in a 200': 8,
  'a hang': 6,
  'a slow trickle': 12,
} as const;
export type Fault = keyof typeof FAULTS;

/** One of them, by weight; 0 ≤ `chance` < 1. */
export function faultAt(chance: number): Fault {
  const all = Object.entries(FAULTS) as [Fault, number][];
  let left = chance * all.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [fault, weight] of all) {
    left -= weight;
    if (left < 0) return fault;
  }
  return 'a 500';
}

const failure = (message: string, type: string, code: number): string => JSON.stringify({ type: 'error', error: { type, message, code } });

/** Answers with the fault; a slow trickle is the sender's business. */
export function failWith(fault: Exclude<Fault, 'a slow trickle'>, response: ServerResponse, streamed: boolean, script: Script): void {
  const contentType = streamed ? 'text/event-stream' : 'application/json';
  const say = (status: number, body: string, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
  switch (fault) {
    case 'a 500':
      say(500, failure('Something went wrong here.', 'api_error', 500));
      return;
    case 'a 429':
      say(429, failure('Too many requests.', 'rate_limit_error', 429));
      return;
    case 'a 429 with Retry-After':
      say(429, failure('Too many requests.', 'rate_limit_error', 429), { 'retry-after': String(1 + Math.floor(Math.random() * 3)) });
      return;
    case 'a 529':
      say(529, failure('Overloaded.', 'overloaded_error', 529));
      return;
    case 'a reset before the status line':
      response.socket?.resetAndDestroy();
      return;
    case 'a reset after the status line':
      response.writeHead(200, { 'content-type': contentType }).flushHeaders();
      setTimeout(() => response.socket?.resetAndDestroy(), 5);
      return;
    case 'a stream cut before its text':
      response.writeHead(200, { 'content-type': contentType }).write(streamed ? script.head.join('') : script.whole.slice(0, 20));
      setTimeout(() => response.destroy(), 5);
      return;
    case 'an empty 200':
      response.writeHead(200, { 'content-type': contentType }).end();
      return;
    case 'an error in a 200':
      say(200, failure('The engine is currently overloaded.', 'overloaded_error', 503));
      return;
    case 'a hang':
      return;
  }
}
