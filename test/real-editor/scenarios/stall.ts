import { ok } from 'node:assert/strict';
import { join } from 'node:path';
import type { ScriptedProvider } from '../../upstream/scripted-provider.ts';
import { account } from '../config.ts';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import type { EditorWindow } from '../window.ts';

const BLOCKER = join(import.meta.dirname, '../extensions/blocker');
const EVERY_MS = 20;
const CHUNKS = 300;
const GROWTH_MS = 30;
/** A busy machine delays everybody: what holds is that blocking alone adds nothing, in one round of three at least. */
const ROUNDS = 3;

export const stall: Scenario = {
  name: 'stall',
  title: 'streams keep their pace while another extension blocks the extension host 300 ms of every second',
  run: async ({ editor, provider, note }) => {
    const far = await provider();
    const house = await editor({ prepared: { accounts: [account('near', far.url)] }, extensions: [BLOCKER] });
    const window = await house.open();
    await house.gateway();
    let growth = Number.POSITIVE_INFINITY;
    for (let round = 1; round <= ROUNDS && growth >= GROWTH_MS; round += 1) {
      const free = await gaps(house, far);
      const blocked = await whileBlocking(window, () => gaps(house, far));
      growth = percentile(blocked, 99) - percentile(free, 99);
      note(`gaps between chunks sent every ${EVERY_MS} ms: ${figures(free)}; while blocked: ${figures(blocked)}`);
    }
    ok(growth < GROWTH_MS, `p99 grew by ${growth.toFixed(1)} ms, not less than ${GROWTH_MS}`);
  },
};

async function whileBlocking<T>(window: EditorWindow, work: () => Promise<T>): Promise<T> {
  await window.command('Blocker: Start Blocking');
  const shown = window.page.locator('.statusbar-item').filter({ hasText: /blocked [1-9]/ });
  await shown.waitFor();
  const value = await work();
  const [, times] = /blocked (\d+)/.exec((await shown.textContent()) ?? '') ?? [];
  ok(Number(times) >= (CHUNKS * EVERY_MS) / 1000 - 1, `the extension host was blocked ${times} times only`);
  await window.command('Blocker: Stop Blocking');
  return value;
}

/** Milliseconds between the chunks of one stream as a client sees them. */
async function gaps(house: EditorHouse, far: ScriptedProvider): Promise<number[]> {
  far.always(endless());
  const leaving = new AbortController();
  const body = JSON.stringify({
    model: 'near/scripted-model',
    stream: true,
    messages: [{ role: 'user', content: `pace ${performance.now()}` }],
  });
  const response = await house.ask('/v1/chat/completions', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    signal: leaving.signal,
  });
  ok(response.ok && response.body, `status ${response.status}`);
  const times: number[] = [];
  const reader = response.body.getReader();
  while (times.length <= CHUNKS) {
    const { done } = await reader.read();
    ok(!done, 'the stream goes on');
    times.push(performance.now());
  }
  leaving.abort();
  // The first chunks carry the start of the stream.
  return times.slice(2).map((time, at) => time - (times[at + 1] ?? time));
}

function endless(): Parameters<ScriptedProvider['always']>[0] {
  const chunk = {
    id: 'c',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'scripted-model',
    choices: [{ index: 0, delta: { content: 'word ' } }],
  };
  return {
    label: 'endless',
    head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
    steps: [{ do: 'drip', pieces: [`data: ${JSON.stringify(chunk)}\n\n`], everyMs: EVERY_MS }],
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * share) / 100))] ?? Number.NaN;
}

function figures(values: readonly number[]): string {
  const [half, most, all] = [50, 99, 100].map((share) => percentile(values, share).toFixed(1));
  return `p50 ${half}, p99 ${most}, longest ${all} ms`;
}
