import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AdminError, type GatewayEvent } from '../../../src/editor/admin/api.ts';
import { AdminClient } from '../../../src/editor/admin/client.ts';
import { ask } from '../../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, PROVIDER_KEY, type RunningGateway } from '../../sdk/house.ts';
import { PROMPTS } from '../../sdk/prompts.ts';
import { answer, refused } from '../../upstream/chat-replies.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';
import { HttpLink } from '../http-link.ts';

const failureOf = (thrown: Promise<unknown>): Promise<unknown> =>
  thrown.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('AdminClient, against a gateway', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  let admin: AdminClient;
  const link = new HttpLink();
  const openAi = (): { provider: string; baseUrl: string } => ({ provider: 'openai-compatible', baseUrl: `${provider.url}/v1` });
  const asked = (model: string): Promise<unknown> =>
    ask('openai-chat', { target: gateway, model, stream: false, body: PROMPTS['openai-chat'] });

  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith({
      ...configFor([accountFor('openai-chat', provider.url, 0), accountFor('openai-chat', provider.url, 1)]),
      combos: [{ name: 'best', targets: ['chat/a', 'chat-1/b'], budgets: [{ tier: 'api-key', period: 'day', usd: 5 }] }],
      aliases: { 'some/name': 'best' },
      budgets: [{ account: 'chat-1', period: 'day', requests: 100, mode: 'soft' }],
      prices: { 'chat/a': { input: 1, output: 2 } },
    });
    link.to(gateway);
    admin = new AdminClient(link);
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(async () => {
    await gateway.resetHealth();
    provider.reset();
  });

  it("makes, limits, renews and removes the gateway's keys, and lists them without themselves", async () => {
    const { key, entry } = await admin.addKey('some-tool', { models: ['best'] });
    expect(key.slice(-4)).toBe(entry.hint);
    await admin.editKey(entry.id, { models: null, rpm: 7 });
    const renewed = await admin.rotateKey(entry.id);
    expect(renewed.key).not.toBe(key);
    const rows = await admin.keys();
    expect(rows.find(({ name }) => name === 'some-tool')).toMatchObject({ id: entry.id, rpm: 7, hint: renewed.key.slice(-4) });
    expect(JSON.stringify(rows)).not.toContain(renewed.key);
    expect(await admin.removeKey(entry.id)).toBe(0);
    expect((await admin.keys()).some(({ id }) => id === entry.id)).toBe(false);
  });

  it('reads status, settings and what is configured', async () => {
    expect(await admin.status()).toEqual({ version: expect.any(String), pid: process.pid });
    const [first] = await admin.accounts();
    expect(first).toMatchObject({ id: 'account-chat', name: 'chat', credential: { kind: 'env' }, enabled: true, proxy: null, health: [] });
    expect(await admin.combos()).toMatchObject([{ name: 'best', strategy: 'fill-first', budgets: [{ usd: 5 }] }]);
    expect(await admin.budgets()).toMatchObject([{ period: 'day', mode: 'soft', state: 'ok', amounts: [{ limit: 100 }] }, {}]);
    expect(await admin.settings()).toHaveProperty('routing');
    expect(await admin.editSettings({ routing: { retries: 1 } })).toMatchObject({ routing: { retries: 1 } });
    expect(await admin.editSettings({ routing: { retries: 0 } })).toMatchObject({ routing: { retries: 0 } });
  });

  it('adds, tests, edits, and removes an account', async () => {
    provider.always(answer);
    const added = await admin.addAccount({ ...openAi(), name: 'a/b', prefix: 'ab', key: PROVIDER_KEY, model: 'm' });
    expect(added).toMatchObject({ account: { name: 'a/b', prefix: 'ab', credential: { kind: 'vault' } }, test: { ok: true } });
    expect(await admin.testAccount('a/b', 'm')).toMatchObject({ ok: true, ms: expect.any(Number) });
    expect(await admin.editAccount('a/b', { headroom: 7 })).toMatchObject({ headroom: 7 });
    expect((await admin.editAccount('a/b', { headroom: null })).headroom).toBeUndefined();
    provider.always(refused);
    provider.lists(refused);
    expect(await failureOf(admin.setKey('a/b', { key: 'sk-other' }))).toMatchObject({ status: 422, code: 'credential_refused' });
    expect(await admin.setKey('a/b', { key: 'sk-other' }, true)).toMatchObject({ account: { name: 'a/b' } });
    expect(await admin.testAccount('a/b', 'm')).toMatchObject({ ok: false, refused: true, error: { message: expect.any(String) } });
    await admin.removeAccount('a/b');
    expect((await admin.accounts()).map(({ name }) => name)).toEqual(['chat', 'chat-1']);
  });

  it('saves, renames and removes a combo', async () => {
    expect(await admin.saveCombo('new one?'.replace(' ', '-'), { targets: ['chat/a'] })).toMatchObject({
      name: 'new-one?',
      affinity: true,
    });
    expect(await admin.renameCombo('new-one?', 'newer')).toMatchObject({ name: 'newer', targets: ['chat/a'] });
    await admin.removeCombo('newer');
    expect((await admin.combos()).map(({ name }) => name)).toEqual(['best']);
  });

  it('lists what can be asked for', async () => {
    const models = new Map((await admin.models()).map((model) => [model.name, model]));
    expect(models.get('best')).toMatchObject({ kind: 'combo', accounts: ['account-chat', 'account-chat-1'], price: null });
    expect(models.get('some/name')).toMatchObject({ kind: 'alias', targets: ['best'] });
    expect(models.get('auto')).toMatchObject({ kind: 'auto' });
    expect(models.get('demo/echo')).toMatchObject({ kind: 'model', tools: false, price: { input: 0, output: 0 } });
  });

  it('tells what was used, and of whom', async () => {
    provider.script(answer);
    await asked('chat/a');
    expect(await admin.usage({ by: 'account', since: '1d' })).toMatchObject([
      { by: ['chat'], requests: 1, inputTokens: 7, outputTokens: 2 },
    ]);
    expect(await admin.requests({ limit: '1' })).toMatchObject([
      { requested: 'chat/a', target: 'chat/a', usage: { input: 7, output: 2 }, cost: { usd: 0.000011, source: 'user' }, attempts: [{}] },
    ]);
    expect(await admin.quota()).toEqual(expect.arrayContaining([expect.objectContaining({ account: 'account-chat' })]));
    expect(await admin.refreshQuota('chat')).toMatchObject([{ account: 'account-chat' }]);
    expect(await admin.explain({ model: 'best', tools: '1' })).toMatchObject({
      resolved: 'best',
      combo: { name: 'best' },
      steps: [{ position: 1 }, {}],
    });
  });

  it('tells what is not well, and forgets it', async () => {
    provider.script(refused, answer);
    await asked('best');
    expect(await admin.health()).toMatchObject([{ scope: 'account', id: 'account-chat', block: { reason: 'auth' } }]);
    expect((await admin.accounts())[0]?.health).toHaveLength(1);
    expect(await admin.resetHealth({ account: 'chat' })).toBe(1);
    expect(await admin.health()).toEqual([]);
  });

  it('tells events until it is told to stop', async () => {
    const stop = new AbortController();
    const events: GatewayEvent[] = [];
    provider.script(answer);
    const began = (): void => void asked('chat/a');
    for await (const event of admin.events(stop.signal, began)) {
      events.push(event);
      if (event.type === 'request-finished') stop.abort();
    }
    const seen = events.filter((event) => 'id' in event);
    expect(seen.map(({ type }) => type)).toEqual(['request-started', 'first-token', 'request-finished']);
    expect(seen.at(-1)).toMatchObject({ status: 200, record: { requested: 'chat/a', usage: { input: 7 } } });
  });

  it('gives what the gateway refuses as it says it', async () => {
    const failure = await failureOf(admin.saveCombo('worse', { targets: ['best', 'chep'] }));
    expect(failure).toBeInstanceOf(AdminError);
    expect(failure).toMatchObject({ status: 400, code: 'invalid', param: 'targets[1]', message: expect.stringContaining('chep') });
    expect(await failureOf(admin.editAccount('nobody', {}))).toMatchObject({ status: 404, code: 'not_found' });
    expect(await failureOf(admin.editAccount('chat', { limits: { rpm: -1 } }))).toMatchObject({ status: 400, param: 'limits.rpm' });
  });

  it('ends with the reason of the signal', async () => {
    const reason = new Error('the user left');
    expect(await failureOf(admin.accounts(AbortSignal.abort(reason)))).toBe(reason);
  });
});

describe('AdminClient, of a gateway of another version', () => {
  const answering = (body: string, status = 200): AdminClient =>
    new AdminClient({ request: () => Promise.resolve(new Response(body, { status })) });

  it('leaves out what it does not know, entry by entry', async () => {
    const accounts = [{ id: 'a', provider: 'p', name: 'n', colour: 'red', tier: 'golden' }, { nonsense: 1 }, 5];
    const read = await answering(JSON.stringify({ accounts, more: 1 })).accounts();
    expect(read).toEqual([{ id: 'a', provider: 'p', name: 'n', tier: undefined, priority: 0, enabled: true, proxy: null, health: [] }]);
  });

  it('keeps of a combo what it does not know, so that saving it loses nothing', async () => {
    const combo = { name: 'c', targets: ['a/b'], strategy: 'by-the-moon', moon: { phase: 3 } };
    expect(await answering(JSON.stringify({ combos: [combo] })).combos()).toEqual([{ ...combo, enabled: true, affinity: true }]);
  });

  it('takes a failure it has no name for as one', async () => {
    const record = { id: 'r', at: 1, attempts: [{ target: 'a/b', account: 'a', ms: 3, class: 'eclipse' }], error: { class: 'eclipse' } };
    const [read] = await answering(JSON.stringify({ requests: [record] })).requests({});
    expect(read).toMatchObject({ attempts: [{ class: 'internal' }], error: { class: 'internal' } });
  });

  it('passes over events it does not know, and damaged ones', async () => {
    const lines = ['{"type":"moon-rose","at":1}', '{"type":', '{"type":"quota-changed","at":2,"account":"a","phase":3}'];
    const admin = answering(lines.map((line) => `data: ${line}\n\n`).join(''));
    const events: GatewayEvent[] = [];
    for await (const event of admin.events(new AbortController().signal)) events.push(event);
    expect(events).toEqual([{ type: 'quota-changed', at: 2, account: 'a' }]);
  });

  it('says so when an answer is none, or a refusal says nothing', async () => {
    expect(await failureOf(answering('<html>').accounts())).toMatchObject({
      name: 'AdminError',
      message: expect.stringContaining('/admin/accounts'),
    });
    expect(await failureOf(answering('oh', 502).accounts())).toMatchObject({
      status: 502,
      message: 'The gateway answered with status 502.',
    });
    const asked: Promise<void>[] = [];
    const read = async (): Promise<void> => {
      for await (const _ of answering('{"error":{"message":"no","code":"c"}}', 403).events(new AbortController().signal));
    };
    asked.push(read());
    expect(await failureOf(Promise.all(asked))).toMatchObject({ status: 403, message: 'no', code: 'c' });
  });
});
