import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../../src/ledger/store/open-ledger.ts';
import { inFolder } from './records.ts';

/** `LEDGER_CRASH_ROUNDS=200` for the full run. */
const ROUNDS = Number(process.env.LEDGER_CRASH_ROUNDS ?? 20);
/** Rounds in one folder: what one crash leaves is what the next finds. */
const ROUNDS_A_FOLDER = 10;
const CHILD = fileURLToPath(new URL('./busy-ledger.ts', import.meta.url));

/** Lets a process write the ledger and kills it; gives the last number it called safe, and what it said. */
async function crash(folder: string, prefix: string): Promise<{ safe: number; said: string }> {
  const child = spawn(process.execPath, [CHILD, folder, prefix], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.once('data', () => {
    // At any moment of its work, and now and then right at the first record.
    setTimeout(() => child.kill('SIGKILL'), Math.max(0, Math.random() * 400 - 10));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const early = Math.random() < 0.1 ? setTimeout(() => child.kill('SIGKILL'), 100 + Math.random() * 300) : undefined;
  await once(child, 'close');
  clearTimeout(early);
  const out = await readFile(join(folder, `safe-${prefix}`), 'utf8').catch(() => '');
  return { safe: Number(out.slice(0, out.lastIndexOf('\n')).split('\n').at(-1) || -1), said };
}

/** What a crash left is looked at as the next start finds it. */
async function look(folder: string): Promise<{ ids: string[]; requests: number; notices: string[] }> {
  const ledger = await openLedger({ folder });
  const ids = (await ledger.requests({ limit: 1_000_000 })).map(({ id }) => id);
  const requests = (await ledger.usage({ by: [] }))[0]?.requests ?? 0;
  const { notices } = await ledger.state();
  await ledger.close();
  return { ids, requests, notices };
}

/** Numbers of one process' records, in their order. */
function numbersOf(ids: readonly string[], prefix: string): number[] {
  return ids
    .filter((id) => id.startsWith(`${prefix}-`))
    .map((id) => Number(id.slice(prefix.length + 1)))
    .sort((a, b) => a - b);
}

describe('two processes with one folder', () => {
  it('do not harm each other: what a process does not write, it says', () =>
    inFolder(async (folder) => {
      const both = await Promise.all([crash(folder, 'a'), crash(folder, 'b')]);
      const { ids, requests, notices } = await look(folder);
      expect(notices).toEqual([]);
      expect([requests, new Set(ids).size]).toEqual([ids.length, ids.length]);
      for (const [i, { safe, said }] of both.entries()) {
        if (said === '') expect(numbersOf(ids, i === 0 ? 'a' : 'b').length).toBeGreaterThan(safe);
        else expect(said).toContain('another process writes the ledger');
      }
    }));
});

describe('a ledger whose process is killed', () => {
  it(
    `has every record that was safe, once, and none but the newest missing (${ROUNDS} kills)`,
    async () => {
      for (let done = 0; done < ROUNDS; done += ROUNDS_A_FOLDER) {
        await inFolder(async (folder) => {
          const kept = new Map<string, number>();
          for (let round = done; round < Math.min(ROUNDS, done + ROUNDS_A_FOLDER); round++) {
            const prefix = `p${round}`;
            const { safe, said } = await crash(folder, prefix);
            expect(said).toBe('');
            const { ids, requests, notices } = await look(folder);
            expect(notices).toEqual([]);
            expect(requests).toBe(ids.length);
            expect(new Set(ids).size).toBe(ids.length);
            const numbers = numbersOf(ids, prefix);
            expect(numbers).toEqual(numbers.map((_, i) => i));
            expect(numbers.length).toBeGreaterThan(safe);
            kept.set(prefix, numbers.length);
            for (const [earlier, count] of kept) expect(numbersOf(ids, earlier)).toHaveLength(count);
          }
        });
      }
    },
    ROUNDS * 6000,
  );
});
