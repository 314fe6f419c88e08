import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { addKey } from '../../src/accounts/gateway-keys.ts';
import type { Config } from '../../src/config/schema.ts';
import { type RunningGateway, startGateway } from '../../src/gateway/start.ts';
import { pricesReady } from '../../src/ledger/prices.ts';
import { configFor, PROVIDER_KEY } from '../sdk/house.ts';
import { deferred } from '../upstream/deferred.ts';
import { jsonReply, type Reply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { type AskOptions, answer, askAt, codeOf, type Got, until } from './limits-house.ts';

/** Three tiers, dearest first: $2.50 and $10.00 a million tokens, less, and nothing. */
const MODELS = { openai: 'gpt-4o', deepseek: 'deepseek-chat', groq: 'llama-3.3-70b-versatile' };
type ProviderId = keyof typeof MODELS;
const IDS = Object.keys(MODELS) as ProviderId[];
const DEAR: Reply = answer('dear', { input: 1000, output: 1000 });
/** By noon nothing that takes a minute crosses midnight, whatever the zone. */
const NOON = new Date(2026, 10, 22, 12).getTime();

const keys = { keys: [] } as unknown as Config;
const OTHER = addKey(keys, 'other', {}, new Date(NOON)).key;

let folder: string;
let gateway: RunningGateway;
let providers: Record<ProviderId, ScriptedProvider>;

beforeAll(() => pricesReady());
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON });
  folder = await mkdtemp(join(tmpdir(), 'omniroute-test-'));
  const [openai, deepseek, groq] = await Promise.all([scriptedProvider(), scriptedProvider(), scriptedProvider()]);
  providers = { openai, deepseek, groq };
});
afterEach(async () => {
  vi.useRealTimers();
  await gateway.close();
  await Promise.all(IDS.map((id) => providers[id].close()));
  await rm(folder, { recursive: true, force: true });
});

function account(provider: ProviderId, at = 0): Record<string, unknown> {
  const id = at === 0 ? provider : `${provider}-${at}`;
  const baseUrl = `${providers[provider].url}/v1`;
  return { id, name: `my ${id}`, provider, prefix: provider, priority: at + 1, baseUrl, credential: { env: 'SCRIPTED_PROVIDER_KEY' } };
}

const target = (id: ProviderId): string => `${id}/${MODELS[id]}`;

interface Special {
  combo?: Record<string, unknown>;
  /** Of the first account at OpenAI. */
  limits?: Record<string, unknown>;
  queue?: Record<string, unknown>;
}

async function start(budgets: Record<string, unknown>[], { combo, limits, queue }: Special = {}): Promise<void> {
  const [openai, spare] = [account('openai'), account('openai', 1)];
  const config = {
    ...configFor(
      [limits ? { ...openai, limits } : openai, account('deepseek'), account('groq'), ...(limits ? [] : [spare])],
      queue ? { queue } : {},
    ),
    combos: [{ name: 'all', targets: IDS.map(target), ...combo }],
    keys: keys.keys,
    budgets,
  };
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  await run();
}

async function run(): Promise<void> {
  gateway = await startGateway({ dataDir: folder, port: 0, log: () => {}, env: { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY } });
}

const ask = (options: AskOptions = {}): Promise<Got> => askAt(gateway, { model: target('openai'), ...options });
const script = (id: ProviderId, ...replies: Reply[]): void => providers[id].script(...replies);

async function isWaiting(): Promise<boolean> {
  const response = await fetch(`${gateway.url}/admin/health`, { headers: { 'x-api-key': gateway.key } });
  return /"waiting":1/.test(await response.text());
}

describe('a hard budget', () => {
  it.each<[string, Record<string, unknown>, AskOptions | undefined]>([
    ['of a key stops that key', { key: 'default' }, { key: OTHER }],
    ['of an account stops it, by its id: the next account answers', { account: 'openai' }, {}],
    ['of an account stops it, by its name: the next account answers', { account: 'my openai' }, {}],
    ['of a provider stops all its accounts', { provider: 'openai' }, { model: target('groq') }],
    ['of a tier stops all in it', { tier: 'api-key' }, { model: target('deepseek') }],
    ['of everything stops everything', {}, undefined],
  ])('%s', async (_name, of, goesOn) => {
    await start([{ ...of, period: 'day', requests: 2 }]);
    script('openai', DEAR, DEAR);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    if (!('account' in of)) {
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect(codeOf(refused)).toBe('budget_reached');
      expect(refused.text).toMatch(/budget \\"[^"]*day\\" reached: 2 of 2 requests/);
      expect(Number(refused.headers.get('retry-after'))).toBe(12 * 3600);
    }
    for (const id of IDS) providers[id].always(answer('goes on'));
    if (goesOn) expect((await ask(goesOn)).text).toContain('goes on');
    else for (const id of IDS) expect((await ask({ model: target(id) })).status).toBe(429);
  });

  it('of requests lets through exactly as many as it says, however many come at once', async () => {
    await start([{ key: 'default', period: 'day', requests: 10 }]);
    const gate = deferred();
    providers.openai.always({ ...answer(), before: gate.promise });
    const asked = Array.from({ length: 50 }, (_, at) => ask({ text: `question ${at}` }));
    for (let at = 0; at < 10; at += 1) await providers.openai.next();
    gate.resolve();
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(200), ...Array(40).fill(429)]);
    expect(providers.openai.seen).toHaveLength(10);
  });

  it('holds for who waited for his turn meanwhile', async () => {
    await start([{ provider: 'openai', period: 'day', tokens: 2000 }], { limits: { maxConcurrent: 1 } });
    const gate = deferred();
    script('openai', { ...DEAR, before: gate.promise });
    const first = ask();
    await providers.openai.next();
    const second = ask();
    await until(isWaiting);
    gate.resolve();
    expect([(await first).status, (await second).status]).toEqual([200, 429]);
    expect(codeOf(await second)).toBe('budget_reached');
  });

  it('that is reached while a conversation waits for its home sends it to the next tier', async () => {
    await start([{ tier: 'api-key', period: 'day', tokens: 4000 }], { limits: { maxConcurrent: 1 }, queue: { spillMs: 5000 } });
    const session = { model: 'all', headers: { 'x-session-id': 'one' } };
    const gate = deferred();
    script('openai', DEAR, { ...DEAR, before: gate.promise });
    expect((await ask(session)).text).toContain('dear');
    const other = ask();
    for (const _ of [1, 2]) await providers.openai.next();
    const waiting = ask(session);
    await until(isWaiting);
    script('deepseek', answer('cheap'));
    gate.resolve();
    expect((await other).text).toContain('dear');
    expect((await waiting).text).toContain('cheap');
  });

  it('of tokens counts what answers say they took', async () => {
    await start([{ provider: 'openai', period: 'day', tokens: 4000 }]);
    script('openai', DEAR, DEAR);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.text).toContain('4,000 of 4,000 tokens');
    expect(refused.status).toBe(429);
  });

  it('of money counts list prices, and what costs nothing goes on', async () => {
    // 1,000 tokens in and out cost $0.0025 and $0.01.
    await start([{ period: 'day', usd: 0.025 }]);
    script('openai', DEAR, DEAR);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.text).toMatch(/\$0\.03 of \$0\.03/);
    expect((await ask({ model: target('deepseek') })).status).toBe(429);
    script('groq', answer('costs nothing'));
    expect((await ask({ model: target('groq') })).text).toContain('costs nothing');
  });

  it('of a tier lets a combo fall through to the next one, and the record says why', async () => {
    await start([
      { tier: 'api-key', period: 'day', requests: 1 },
      { tier: 'cheap', period: 'day', requests: 1 },
    ]);
    script('openai', DEAR);
    script('deepseek', answer('cheap'));
    script('groq', answer('free'));
    for (const content of ['dear', 'cheap', 'free']) expect((await ask({ model: 'all' })).text).toContain(content);
    expect(
      gateway
        .records()
        .at(-1)
        ?.skipped.map(({ target: name, reason }) => [name, reason]),
    ).toEqual([
      [target('openai'), 'budget'],
      [target('openai'), 'budget'],
      [target('deepseek'), 'budget'],
    ]);
  });

  it('of a combo counts and stops what goes through that combo', async () => {
    await start([], { combo: { budgets: [{ tier: 'api-key', period: 'day', requests: 1 }] } });
    script('openai', DEAR, DEAR, DEAR);
    script('deepseek', answer('cheap'));
    await ask();
    for (const content of ['dear', 'cheap']) expect((await ask({ model: 'all' })).text).toContain(content);
    expect((await ask()).text).toContain('dear');
  });

  it('of a day is over at midnight, one of a month is not', async () => {
    await start([
      { provider: 'openai', period: 'day', requests: 1 },
      { provider: 'openai', period: 'month', requests: 2 },
    ]);
    script('openai', DEAR, DEAR);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
    vi.setSystemTime(NOON + 12 * 3_600_000);
    expect((await ask()).status).toBe(200);
    vi.setSystemTime(NOON + 36 * 3_600_000);
    const refused = await ask();
    expect(refused.text).toContain('month');
    expect(Number(refused.headers.get('retry-after'))).toBe(7 * 86_400);
    script('openai', DEAR);
    vi.setSystemTime(new Date(2026, 11, 1, 0, 0, 1));
    expect((await ask()).status).toBe(200);
  });

  it('knows after a restart what was spent before', async () => {
    await start([{ provider: 'openai', period: 'day', usd: 0.025 }]);
    script('openai', DEAR, DEAR);
    await ask();
    await gateway.close();
    await run();
    expect((await ask()).status).toBe(200);
    await gateway.close();
    await run();
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(codeOf(refused)).toBe('budget_reached');
  });

  it('counts an answer that several requests shared once', async () => {
    await start([{ period: 'day', requests: 2 }]);
    script('openai', DEAR, DEAR);
    const shared = { headers: { 'idempotency-key': 'one' } };
    const got = await Promise.all([ask(shared), ask(shared), ask(shared)]);
    expect(got.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429]);
  });

  it('counts a request that failed at one account and was answered by another as two', async () => {
    await start([{ provider: 'openai', period: 'day', requests: 3, tokens: 1_000_000 }]);
    script('openai', jsonReply({ error: { message: 'boom' } }, 500), DEAR, DEAR);
    expect([(await ask()).status, (await ask()).status, (await ask()).status]).toEqual([200, 200, 429]);
    const response = await fetch(`${gateway.url}/admin/budgets/state`, { headers: { 'x-api-key': gateway.key } });
    expect(await response.json()).toMatchObject({
      budgets: [
        {
          state: 'reached',
          amounts: [
            { unit: 'tokens', used: 4000 },
            { unit: 'requests', used: 3 },
          ],
        },
      ],
    });
  });
});

describe('a soft budget', () => {
  it('warns from its mark on and when it is reached, and stops nothing', async () => {
    await start([{ key: 'default', period: 'day', usd: 0.025, mode: 'soft', warnAt: 50 }]);
    providers.openai.always(DEAR);
    const warnings: (string | null)[] = [];
    for (const _ of [1, 2, 3]) {
      const { status, headers } = await ask();
      expect(status).toBe(200);
      warnings.push(headers.get('x-omniroute-warning'));
    }
    expect(warnings).toEqual([
      null,
      'Budget "key default, day" is at 50 %: $0.01 of $0.03.',
      'Budget "key default, day" is reached: $0.03 of $0.03.',
    ]);
    expect((await ask({ key: OTHER })).headers.get('x-omniroute-warning')).toBeNull();
  });
});

describe('a key that is rotated', () => {
  it('goes on with its budget, and the old one works until its grace is over', async () => {
    await start([{ key: 'other', period: 'day', requests: 3 }]);
    script('openai', DEAR, DEAR, DEAR);
    expect((await ask({ key: OTHER })).status).toBe(200);
    const response = await fetch(`${gateway.url}/admin/keys/other/rotate`, {
      method: 'POST',
      headers: { 'x-api-key': gateway.key, 'content-type': 'application/json' },
      body: JSON.stringify({ graceSeconds: 60 }),
    });
    const { key } = (await response.json()) as { key: string };
    vi.setSystemTime(NOON + 59_000);
    expect([(await ask({ key: OTHER })).status, (await ask({ key })).status]).toEqual([200, 200]);
    vi.setSystemTime(NOON + 61_000);
    expect([(await ask({ key: OTHER })).status, (await ask({ key })).status]).toEqual([401, 429]);
  });
});
