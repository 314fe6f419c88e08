import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { UsageQuery } from '../../../src/ledger/ledger.ts';
import { LedgerStore } from '../../../src/ledger/store/open-ledger.ts';
import { inFolder, recordWith } from './records.ts';

const RECORDS = 100_000;
const DAYS = 60;
const DAY_MS = 86_400_000;

const QUERIES: UsageQuery[] = [{ by: [] }, { by: ['model'] }, { by: ['day', 'provider'] }, { by: ['hour'] }, { by: ['model', 'account'] }];

async function fill(ledger: LedgerStore): Promise<void> {
  const first = Date.now() - DAYS * DAY_MS;
  for (let i = 0; i < RECORDS; i++) {
    const [target, account, provider] = [`p/m${i % 20}`, `a${i % 8}`, `p${i % 5}`];
    const [firstByteMs, totalMs] = [(i * 7919) % 3000, 3000 + ((i * 104_729) % 50_000)];
    ledger.add(
      recordWith(`request-${i}`, {
        at: first + Math.floor((i * DAYS * DAY_MS) / RECORDS),
        target,
        account,
        provider,
        firstByteMs,
        totalMs,
      }),
    );
    if (i % 500 === 0) await setImmediate();
  }
}

/** The best of several: what the query itself takes, on a machine that is busy with other things. */
async function best(times: number, work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

describe('a ledger of 100,000 records', () => {
  it('answers within 50 ms, and a save does not hold up the event loop', { timeout: 120_000 }, () =>
    inFolder(async (folder) => {
      const ledger = new LedgerStore({ folder });
      await ledger.start();
      await fill(ledger);
      expect((await ledger.state()).records).toBe(RECORDS);

      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      await ledger.checkpoint();
      delay.disable();
      const took: Record<string, number> = { 'longest delay in a save': delay.max / 1e6 };
      for (const query of QUERIES) took[`by ${query.by.join(' and ')}`] = await best(7, () => ledger.usage(query));
      took.list = await best(3, () => ledger.requests({ limit: 100, where: { account: 'a3' } }));
      took['list of few'] = await best(3, () => ledger.requests({ limit: 100, where: { account: 'a3', model: 'p/m4' } }));
      took['a piece in the middle'] = await best(3, () => ledger.requests({ limit: 100, offset: RECORDS / 2 }));
      took['by outcome'] = await best(3, () => ledger.count({ outcome: 'fallback' }));
      took['search in names'] = await best(3, () => ledger.requests({ limit: 100, search: 'm1' }));
      took['search in ids'] = await best(1, () => ledger.requests({ limit: 100, search: 'request-77' }));
      took['the next page of it'] = await best(3, () => ledger.requests({ limit: 100, offset: 100, search: 'request-77' }));
      if (process.env.LEDGER_TIMES) console.log(took);

      // 20 ms is the aim; a machine that runs other tests adds its own.
      expect(took['longest delay in a save']).toBeLessThan(60);
      for (const [what, ms] of Object.entries(took)) expect(ms, what).toBeLessThan(60);
      await ledger.close();
    }),
  );
});
