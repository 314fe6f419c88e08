import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { refused } from '../upstream/chat-replies.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const answer = jsonReply({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'back' }, finish_reason: 'stop' }],
});

/** A provider whose own sign-in is down for a moment refuses good keys: the user must not have to mend that by hand. */
describe('an account whose key was refused', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  const chat = () => ask('openai-chat', { target: gateway, model: 'chat/scripted-model', stream: false, body: PROMPTS['openai-chat'] });
  const blocked = async (): Promise<unknown> => {
    const response = await fetch(`${gateway.url}/admin/health`, { headers: { 'x-api-key': gateway.key } });
    return ((await response.json()) as { health: unknown }).health;
  };
  const lists = () => provider.listsSeen.length;

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    provider = await scriptedProvider();
    provider.lists(jsonReply({ object: 'list', data: [{ id: 'scripted-model', object: 'model' }] }));
    gateway = await gatewayWith(configFor([accountFor('openai-chat', provider.url)]));
    await vi.waitFor(() => expect(lists()).toBe(1));
  });
  afterEach(async () => {
    await gateway.close();
    await provider.close();
    vi.useRealTimers();
  });

  it('is asked again as soon as its model list shows that the key works', async () => {
    provider.script(refused);
    expect(await chat()).toMatchObject({ ok: false, failure: { status: 401 } });
    expect(await chat()).toMatchObject({ ok: false, failure: { status: 401 } });
    expect(provider.seen).toHaveLength(1);
    vi.setSystemTime(Date.now() + 121_000);
    // This one still finds it refused, and has the list read.
    await chat();
    await vi.waitFor(() => expect(lists()).toBe(2));
    await vi.waitFor(async () => expect(await blocked()).toEqual([]));
    provider.script(answer);
    expect(await chat()).toMatchObject({ ok: true });
  });

  it('stays refused while the list is refused too', async () => {
    provider.script(refused);
    await chat();
    provider.lists(refused);
    vi.setSystemTime(Date.now() + 121_000);
    await chat();
    await vi.waitFor(() => expect(lists()).toBe(2));
    await chat();
    expect(provider.seen).toHaveLength(1);
  });
});
