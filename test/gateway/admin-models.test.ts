import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ModelView } from '../../src/routing/model-view.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const LISTED = 6000;

describe('GET /admin/models', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  const models = async (): Promise<Map<string, ModelView>> => {
    const response = await fetch(`${gateway.url}/admin/models`, { headers: { 'x-api-key': gateway.key } });
    const body = (await response.json()) as { models: ModelView[] };
    return new Map(body.models.map((model) => [model.name, model]));
  };

  beforeAll(async () => {
    provider = await scriptedProvider();
    provider.lists(
      jsonReply({ object: 'list', data: Array.from({ length: LISTED }, (_, i) => ({ id: `vendor/model-${i}`, object: 'model' })) }),
    );
    const custom = [
      { id: 'small', contextWindow: 8000, maxOutput: 1000, tools: true, vision: false },
      { id: 'large', contextWindow: 200_000, maxOutput: 64_000, tools: true, vision: true },
      { id: 'unsaid' },
    ];
    const first = { ...accountFor('openai-chat', provider.url, 0), models: { custom } };
    const second = { ...accountFor('openai-chat', provider.url, 1), prefix: 'chat' };
    const anthropic = { ...accountFor('openai-chat', provider.url, 2), provider: 'groq', prefix: 'groq', models: { allow: ['openai/*'] } };
    const off = { ...accountFor('openai-chat', provider.url, 3), enabled: false };
    gateway = await gatewayWith({
      ...configFor([first, second, anthropic, off]),
      combos: [
        { name: 'best', targets: ['chat/large', 'chat/small'] },
        { name: 'open', targets: ['chat/large', 'chat/unsaid'] },
        { name: 'off', targets: ['chat/large'], enabled: false },
        { name: 'nowhere', targets: ['nobody/knows'] },
      ],
      aliases: { big: 'chat/large' },
      prices: { 'chat/la*': { input: 3, output: 15 } },
    });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  it('tells what is known of a model, and all accounts that have it', async () => {
    const all = await models();
    expect(all.get('chat/large')).toEqual({
      name: 'chat/large',
      title: 'large',
      kind: 'model',
      providers: [{ id: 'openai-compatible', name: expect.any(String) }],
      accounts: ['account-chat'],
      tier: 'api-key',
      contextWindow: 200_000,
      maxOutput: 64_000,
      tools: true,
      vision: true,
      reasoning: null,
      price: { input: 3, output: 15 },
    });
    expect(all.get('chat/vendor/model-7')).toMatchObject({
      accounts: ['account-chat', 'account-chat-1'],
      contextWindow: null,
      price: null,
    });
    expect([...all.keys()].some((name) => name.startsWith('chat-3/'))).toBe(false);
  });

  it('promises of a combo what each of its targets can, and nothing where one is not known', async () => {
    const all = await models();
    expect(all.get('best')).toMatchObject({ kind: 'combo', contextWindow: 8000, maxOutput: 1000, tools: true, vision: false, price: null });
    expect(all.get('best')?.targets).toEqual(['chat/large', 'chat/small']);
    expect(all.get('open')).toMatchObject({ tools: null, vision: null, contextWindow: 200_000 });
    expect(all.has('off')).toBe(false);
    expect(all.has('nowhere')).toBe(false);
  });

  it('lists automatic routing, and aliases with what they stand for', async () => {
    const all = await models();
    expect(all.get('auto')).toMatchObject({ kind: 'auto', price: null });
    expect(all.get('big')).toMatchObject({
      kind: 'alias',
      targets: ['chat/large'],
      contextWindow: 200_000,
      price: { input: 3, output: 15 },
    });
  });

  it('holds to what a key may name', async () => {
    const headers = { 'x-api-key': gateway.key, 'content-type': 'application/json' };
    const body = JSON.stringify({ name: 'narrow', models: ['best', 'chat/s*'], admin: true });
    const made = await fetch(`${gateway.url}/admin/keys`, { method: 'POST', headers, body });
    const { key } = (await made.json()) as { key: string };
    const response = await fetch(`${gateway.url}/admin/models`, { headers: { 'x-api-key': key } });
    const listed = ((await response.json()) as { models: ModelView[] }).models;
    expect(listed.map(({ name }) => name)).toEqual(['best', 'chat/small']);
    // Its targets are none the less known.
    expect(listed[0]).toMatchObject({ contextWindow: 8000, accounts: ['account-chat', 'account-chat-1'] });
  });

  it('takes its time once, and then answers for thousands at once', async () => {
    await models();
    const took: number[] = [];
    for (let i = 0; i < 5; i++) {
      const began = performance.now();
      expect((await models()).size).toBeGreaterThan(LISTED);
      took.push(performance.now() - began);
    }
    // Far more than it takes: what is looked for is work that is done again each time.
    expect(Math.min(...took)).toBeLessThan(500);
  });
});
