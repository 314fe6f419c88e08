import { STRATEGIES } from '../../src/config/combos.ts';
import { DIALECTS } from '../sdk/target.ts';
import type { Ask, Clients, Outcome } from './client.ts';
import { problemOf } from './judge.ts';

export interface Tally {
  asked: number;
  whole: number;
  /** Clients that left on purpose. */
  left: number;
  /** Streams that were to break off, and did. */
  cut: number;
  /** Failures a client saw that were not scripted for it. */
  failed: string[];
  /** Answers that were not what they should be. */
  wrong: string[];
  /** Milliseconds of whole answers. */
  ms: number[];
  /** Attempts of whole answers. */
  attempts: number;
  seconds: number;
}

export interface PhaseOptions {
  /** The combos' first word. */
  kind: 'steady' | 'shaky';
  streams: number;
  seconds: number;
}

const CUT_SHARE = 0.01;
const LEAVE_SHARE = 0.02;
const SESSIONS = 200;

let lastId = 0;

/** So many clients at a time, one request after the other, until the time is up and all are answered. */
export async function phase(clients: Clients, { kind, streams, seconds }: PhaseOptions): Promise<Tally> {
  const tally: Tally = { asked: 0, whole: 0, left: 0, cut: 0, failed: [], wrong: [], ms: [], attempts: 0, seconds: 0 };
  const from = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - from < seconds * 1000) {
      const ask = nextAsk(kind);
      note(tally, ask, await clients.ask(ask));
    }
  };
  await Promise.all(Array.from({ length: streams }, client));
  tally.seconds = (performance.now() - from) / 1000;
  return tally;
}

function nextAsk(kind: PhaseOptions['kind']): Ask {
  lastId += 1;
  const id = lastId;
  const stream = Math.random() < 0.8;
  return {
    question: { id, words: 20 + Math.floor(Math.random() * 41), cut: stream && Math.random() < CUT_SHARE },
    dialect: oneOf(DIALECTS),
    model: `${kind}-${oneOf(STRATEGIES)}`,
    stream,
    session: Math.random() < 1 / 3 ? `session-${Math.floor(Math.random() * SESSIONS)}` : undefined,
    leaveMs: Math.random() < LEAVE_SHARE ? Math.random() * 400 : undefined,
  };
}

function oneOf<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}

function note(tally: Tally, ask: Ask, outcome: Outcome): void {
  tally.asked += 1;
  const about = `${ask.dialect} ${ask.stream ? 'stream' : 'whole'} ${ask.model} #${ask.question.id}`;
  const problem = problemOf(ask, outcome);
  if (problem !== undefined) tally.wrong.push(`${about}: ${problem}`);
  if (outcome.is === 'left') tally.left += 1;
  else if (ask.question.cut) tally.cut += 1;
  else if (outcome.is === 'failed') tally.failed.push(`${about}: ${outcome.status} after ${Math.round(outcome.ms)} ms: ${outcome.message}`);
  else noteWhole(tally, outcome);
}

function noteWhole(tally: Tally, { ms, attempts }: Outcome & { is: 'whole' }): void {
  tally.whole += 1;
  tally.attempts += attempts;
  tally.ms.push(ms);
}
