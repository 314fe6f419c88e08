import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/conversation/json.ts';
import { ask } from '../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const message = (headers: Record<string, string> = {}) =>
  jsonReply(
    {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: 'here' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 5, output_tokens: 2 },
    },
    200,
    headers,
  );

/** As subscriptions at Anthropic tell it (facts/providers.md 3.2): a share from 0 to 1, reset in seconds since the epoch. */
const used = (share: number) =>
  message({
    'anthropic-ratelimit-unified-status': 'allowed',
    'anthropic-ratelimit-unified-5h-utilization': String(share),
    'anthropic-ratelimit-unified-5h-reset': String(Math.floor(Date.now() / 1000) + 3600),
  });

describe('what is left of an account', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  const quota = async (): Promise<JsonObject> => {
    const response = await fetch(`${gateway.url}/admin/quota`, { headers: { 'x-api-key': gateway.key } });
    return (await response.json()) as JsonObject;
  };
  const chat = () => ask('anthropic-messages', { target: gateway, model: 'best', stream: false, body: PROMPTS['anthropic-messages'] });

  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith({
      ...configFor([
        { ...accountFor('anthropic-messages', provider.url, 0), headroom: 20 },
        accountFor('anthropic-messages', provider.url, 1),
      ]),
      combos: [{ name: 'best', targets: ['anth/a', 'anth-1/a'] }],
    });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  it('is unknown, not nothing, before anybody has told', async () => {
    expect(await quota()).toEqual({
      accounts: [
        { account: 'account-anth', plan: null, windows: [], at: null, ageMs: null, error: null },
        { account: 'account-anth-1', plan: null, windows: [], at: null, ageMs: null, error: null },
      ],
    });
  });

  it('is shown as the headers tell it; the user’s reserve goes to the next account', async () => {
    provider.script(used(0.5));
    await chat();
    expect(await quota()).toMatchObject({
      accounts: [{ windows: [{ usedPercent: 50, source: 'headers', unit: 'percent' }] }, { windows: [] }],
    });
    provider.script(used(0.85));
    await chat();
    expect(gateway.lastRecord()).toMatchObject({ account: 'anth' });
    provider.script(message());
    await chat();
    expect(gateway.lastRecord()).toMatchObject({ account: 'anth-1', skipped: [{ account: 'anth', reason: 'headroom' }] });
  });
});
