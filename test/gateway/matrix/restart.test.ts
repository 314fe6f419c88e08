import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type RunningGateway, startGateway } from '../../../src/gateway/start.ts';
import type { RequestRecord } from '../../../src/ledger/record.ts';
import { configFor, PROVIDER_KEY } from '../../sdk/house.ts';
import { rawAsk } from '../../sdk/raw.ts';
import { failuresOf } from './failures.ts';
import { goodReply } from './good.ts';
import { accountOf, countsOf, type Member, type Providers, providerOf, providersOf } from './scene.ts';

const MEMBERS: Member[] = [
  { name: 'unpaid', dialect: 'openai-chat' },
  { name: 'missing', dialect: 'anthropic-messages' },
  { name: 'broken', dialect: 'gemini' },
  { name: 'limited', dialect: 'openai-responses' },
  { name: 'sound', dialect: 'anthropic-messages' },
];

/** What was learned before the end holds after it: two accounts left alone, one provider's breaker open, one budget used. */
describe('a gateway that starts again', () => {
  let providers: Providers;
  let folder: string;
  let gateway: RunningGateway;
  beforeAll(async () => {
    providers = await providersOf(MEMBERS);
    folder = await mkdtemp(join(tmpdir(), 'omniroute-test-'));
    await writeFile(join(folder, 'config.json'), JSON.stringify(config(providers)));
    gateway = await start(folder);
    script(providers);
    const first = await answered(gateway);
    expect(first.attempts.map(({ target, class: kind }) => `${target} ${kind ?? 'ok'}`)).toEqual([
      'unpaid/m billing',
      'missing/m capability',
      'broken/m overload',
      'limited/m ok',
    ]);
  });
  afterAll(async () => {
    await gateway.close();
    await Promise.all([...providers.values()].map((provider) => provider.close()));
    await rm(folder, { recursive: true, force: true });
  });

  const asked = { unpaid: 1, missing: 1, broken: 1, limited: 1 };
  const expectStillKnown = async (again: RunningGateway): Promise<void> => {
    providerOf(providers, { name: 'sound' }).always(goodReply('anthropic-messages', false));
    const record = await answered(again);
    expect(record.attempts).toEqual([{ target: 'sound/m', account: 'sound', ms: expect.any(Number), startMs: expect.any(Number) }]);
    expect(record.skipped.map(({ target, reason }) => `${target} ${reason}`)).toEqual([
      'unpaid/m billing',
      'missing/m model',
      'broken/m breaker',
      'limited/m budget',
    ]);
    expect(countsOf(providers)).toMatchObject(asked);
  };

  it('knows it after a kill: what is on the disk while it runs is enough', async () => {
    // As a killed process leaves it: nobody told the gateway to save.
    await vi.waitFor(async () => expect(await readFile(join(folder, 'state.json'), 'utf8')).toMatch(/billing[\s\S]*"limited/), 5000);
    const copy = await mkdtemp(join(tmpdir(), 'omniroute-test-'));
    await cp(folder, copy, { recursive: true });
    const again = await start(copy);
    try {
      await expectStillKnown(again);
    } finally {
      await again.close();
      await rm(copy, { recursive: true, force: true });
    }
  });

  it('knows it after a stop', async () => {
    await gateway.close();
    gateway = await start(folder);
    await expectStillKnown(gateway);
  });

  it('and once more, from what the second life has saved', async () => {
    await gateway.close();
    gateway = await start(folder);
    await expectStillKnown(gateway);
  });

  it('keeps no credential on the disk', async () => {
    expect(await readFile(join(folder, 'state.json'), 'utf8')).not.toContain(PROVIDER_KEY);
  });
});

function config(providers: Providers): Record<string, unknown> {
  const accounts = MEMBERS.map((member) => accountOf(member, providerOf(providers, member).url));
  return {
    ...configFor(accounts, { health: { breakerFailures: 1, breakerOpenMs: 120_000 } }),
    combos: [{ name: 'work', targets: MEMBERS.map(({ name }) => `${name}/m`), affinity: false }],
    budgets: [{ account: 'limited', period: 'month', requests: 1 }],
  };
}

function script(providers: Providers): void {
  const failing = { unpaid: 'billing', missing: 'capability', broken: 'overload' } as const;
  for (const { name, dialect } of MEMBERS) {
    const kind = Object.entries(failing).find(([which]) => which === name)?.[1];
    if (!kind) continue;
    const found = failuresOf(kind).find((each) => each.dialect === dialect);
    if (!found) throw new Error(`nothing of class ${kind} for ${dialect}`);
    providerOf(providers, { name }).script(found.reply(false));
  }
  providerOf(providers, { name: 'limited' }).script(goodReply('openai-responses', false));
}

function start(dataDir: string): Promise<RunningGateway> {
  return startGateway({ dataDir, port: 0, env: { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY } });
}

async function answered(gateway: RunningGateway): Promise<RequestRecord> {
  const response = await rawAsk('openai-chat', { target: gateway, model: 'work', stream: false });
  expect(response.status, await response.text()).toBe(200);
  const record = gateway.records().at(-1);
  if (!record) throw new Error('no record');
  return record;
}
