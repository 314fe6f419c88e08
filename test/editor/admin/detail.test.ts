import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminError, type LogLine } from '../../../src/editor/admin/api.ts';
import { AdminClient } from '../../../src/editor/admin/client.ts';
import { ask } from '../../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../../sdk/house.ts';
import { PROMPTS } from '../../sdk/prompts.ts';
import { answer, down } from '../../upstream/chat-replies.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';
import { HttpLink } from '../http-link.ts';

describe('AdminClient, for the dashboard', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  let admin: AdminClient;
  const asked = (model: string): Promise<unknown> =>
    ask('openai-chat', { target: gateway, model, stream: false, body: PROMPTS['openai-chat'] });

  beforeAll(async () => {
    provider = await scriptedProvider();
    const accounts = [accountFor('openai-chat', provider.url, 0), accountFor('openai-chat', provider.url, 1)];
    gateway = await gatewayWith({
      ...configFor(accounts, { ledger: { capture: { last: 5 } } }),
      combos: [{ name: 'best', targets: ['chat/a', 'chat-1/b'], budgets: [{ tier: 'api-key', period: 'day', usd: 5 }] }],
      budgets: [{ account: 'chat-1', period: 'day', requests: 100, mode: 'soft' }],
    });
    const link = new HttpLink();
    link.to(gateway);
    admin = new AdminClient(link);
    provider.script(down, answer, answer);
    await asked('best');
    await asked('chat-1/c');
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  it('gives requests by outcome, text and distance, with their number, and one by its id', async () => {
    const { requests, count } = await admin.requestPage({ limit: '1', offset: '1' });
    expect([requests.map(({ requested }) => requested), count]).toEqual([['best'], 2]);
    expect((await admin.requestPage({ outcome: 'fallback' })).count).toBe(1);
    expect(await admin.requests({ search: 'CHAT-1/c' })).toHaveLength(1);
    expect(await admin.usage({ outcome: 'fallback' })).toMatchObject([{ requests: 1 }]);
    expect(await admin.request(requests[0]?.id ?? '')).toEqual(requests[0]);
    expect(await admin.request('req_nobody')).toBeUndefined();
    expect(await admin.ledger()).toMatchObject({ records: 2, notices: [], oldest: expect.any(Number) });
  });

  it('gives whole exchanges, and forgets them', async () => {
    const { settings, captures } = await admin.captures();
    expect(settings).toEqual({ last: 5, disk: false, keepHours: expect.any(Number) });
    expect(captures.map(({ requested, sent }) => [requested, sent])).toEqual([
      ['chat-1/c', 1],
      ['best', 2],
    ]);
    const id = captures[1]?.id ?? '';
    expect(await admin.capture(id)).toMatchObject({ id, sent: [{ target: 'chat/a' }, { target: 'chat-1/b' }], answer: { status: 200 } });
    await admin.clearCaptures();
    expect((await admin.captures()).captures).toEqual([]);
    expect(await admin.capture(id)).toBeUndefined();
  });

  it('tells how the gateway fares, and what is limited', async () => {
    const { health, limits, process: own } = await admin.healthDetail();
    expect(health).toEqual(await admin.health());
    expect(limits.map(({ account }) => account)).toEqual(expect.arrayContaining(['account-chat-1']));
    expect(own).toMatchObject({ requestsRunning: 0, memory: { rss: expect.any(Number) }, startedAt: expect.any(Number) });
  });

  it('gives the logs a page at a time, and follows them', async () => {
    const { entries, more } = await admin.logs({ kind: 'proxy', limit: 1 });
    expect([entries.map(({ attempt }) => attempt?.target), more]).toEqual([['chat-1/c'], true]);
    const older = await admin.logs({ kind: 'proxy', before: entries[0]?.id });
    expect(older.entries.map(({ attempt }) => attempt?.failure?.class)).toEqual(['overload', undefined]);
    const stop = new AbortController();
    const lines: LogLine[] = [];
    for await (const line of admin.followLogs('audit', stop.signal, () => void admin.saveCombo('new', { targets: ['chat/a'] }))) {
      lines.push(line);
      stop.abort();
    }
    expect(lines).toMatchObject([{ audit: { who: 'default', what: 'combo.saved', subject: 'new' } }]);
  });

  it('says of each budget what it concerns, and saves the list of them', async () => {
    expect((await admin.budgets()).map(({ about }) => about)).toEqual([{ account: 'chat-1' }, { combo: 'best', tier: 'api-key' }]);
    const list = await admin.budgetList();
    expect(list).toMatchObject([{ account: 'chat-1', requests: 100, warnAt: 80 }]);
    expect(await admin.saveBudgets([...list, { period: 'month', usd: 9, mode: 'hard', warnAt: 50 }])).toHaveLength(2);
    expect((await admin.budgets())[1]?.about).toEqual({});
  });

  it('saves names, routes and prices in their order', async () => {
    await admin.saveAlias('vendor/name', 'best');
    expect(await admin.aliases()).toEqual({ 'vendor/name': 'best' });
    await admin.removeAlias('vendor/name');
    expect(await admin.aliases()).toEqual({});
    const routes = [
      { match: 'z-*', to: 'best' },
      { match: 'a-*', to: 'chat/a' },
    ];
    expect(await admin.saveRoutes(routes)).toEqual(routes);
    expect(await admin.routes()).toEqual(routes);
    const saved = await admin.savePrices({ 'z/*': { input: 1, output: 2 }, 'a/*': { input: 3, output: 4, cacheRead: 1 } });
    expect(Object.keys(saved)).toEqual(['z/*', 'a/*']);
    expect(Object.entries(await admin.prices())).toEqual(Object.entries(saved));
    await expect(admin.savePrices({ 'z/*': { input: -1, output: 2 } })).rejects.toBeInstanceOf(AdminError);
  });

  it('says which settings wait for the next start', async () => {
    expect(await admin.settingsWith()).toMatchObject({ restartNeeded: [], settings: { routing: { retries: 0 } } });
    const edited = await admin.editSettingsWith({ timeouts: { connectMs: 4321 } });
    expect(edited).toMatchObject({ restartNeeded: ['timeouts.connectMs'], settings: { timeouts: { connectMs: 4321 } } });
    expect((await admin.settingsWith()).restartNeeded).toEqual(['timeouts.connectMs']);
  });
});

describe('AdminClient, of a gateway that is older', () => {
  it('has no facts of a gateway that tells none, and no levels it does not know', async () => {
    const answering = (body: unknown) => new AdminClient({ request: () => Promise.resolve(Response.json(body)) });
    expect(await answering({ health: [] }).healthDetail()).toEqual({ health: [], limits: [], process: undefined });
    const line = { id: 'a-1', time: '2026-11-22T10:00:00Z', level: 'trace', message: 'm', colour: 1 };
    expect((await answering({ entries: [line, 5] }).logs({ kind: 'console' })).entries).toMatchObject([{ id: 'a-1', level: 'info' }]);
  });
});
