import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const chatAnswer = (content: string) =>
  jsonReply({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  });

const responsesAnswer = (id: string, text: string) =>
  jsonReply({
    id,
    object: 'response',
    created_at: 1,
    model: 'm',
    status: 'completed',
    output: [
      { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text, annotations: [] }] },
    ],
    usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 },
  });

describe('previous_response_id', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  let client: OpenAI;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith(configFor([accountFor('openai-chat', provider.url), accountFor('openai-responses', provider.url)]));
    client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: gateway.key, maxRetries: 0 });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(() => provider.reset());

  const messagesSeen = async (): Promise<unknown[]> => {
    const seen = await provider.next();
    return (JSON.parse(seen.body) as { messages: { role: string; content: unknown }[] }).messages.map(
      ({ role, content }) => `${role}: ${JSON.stringify(content)}`,
    );
  };

  it.each([false, true])('chains over a chat provider, streamed: %s', async (stream) => {
    provider.script(chatAnswer('one'), chatAnswer('two'));
    const ask = async (input: string, previous?: string): Promise<string> => {
      const body = { model: 'chat/m', instructions: `be ${input}`, input, ...(previous ? { previous_response_id: previous } : {}) };
      return stream ? (await client.responses.stream(body).finalResponse()).id : (await client.responses.create(body)).id;
    };
    const first = await ask('first');
    await ask('second', first);
    await messagesSeen();
    // Instructions belong to one request only (OpenAI's documentation of `instructions`).
    const text = (await messagesSeen()).join('\n');
    expect(text).toMatch(/system: .*be second/);
    expect(text).toMatch(/user: .*first.*\nassistant: .*one.*\nuser: .*second/);
    expect(text).not.toContain('be first');
  });

  it('remembers an answer that passed through under the id its provider gave', async () => {
    provider.script(responsesAnswer('resp_theirs', 'one'), responsesAnswer('resp_theirs_2', 'two'));
    expect((await client.responses.create({ model: 'resp/m', input: 'first' })).id).toBe('resp_theirs');
    await client.responses.create({ model: 'resp/m', input: 'second', previous_response_id: 'resp_theirs' });
    await provider.next();
    const second = JSON.parse((await provider.next()).body) as { input: unknown; previous_response_id?: string };
    expect(JSON.stringify(second.input)).toMatch(/first.*one.*second/);
    expect(second.previous_response_id).toBeUndefined();
  });

  it('leaves an id it does not know to a provider that may know it', async () => {
    provider.script(responsesAnswer('resp_x', 'ok'));
    await client.responses.create({ model: 'resp/m', input: 'second', previous_response_id: 'resp_elsewhere' });
    expect(JSON.parse((await provider.next()).body)).toMatchObject({ previous_response_id: 'resp_elsewhere' });
  });

  it('says that an unknown id is not found where no provider could know it', async () => {
    const asked = client.responses.create({ model: 'chat/m', input: 'x', previous_response_id: 'resp_gone' });
    await expect(asked).rejects.toMatchObject({ status: 400, code: 'previous_response_not_found' });
  });

  it('forgets what was not to be stored, and what was deleted', async () => {
    provider.script(chatAnswer('one'), chatAnswer('two'));
    const unstored = await client.responses.create({ model: 'chat/m', input: 'x', store: false });
    await expect(client.responses.create({ model: 'chat/m', input: 'y', previous_response_id: unstored.id })).rejects.toMatchObject({
      status: 400,
    });
    const stored = await client.responses.create({ model: 'chat/m', input: 'x' });
    await client.responses.delete(stored.id);
    await expect(client.responses.create({ model: 'chat/m', input: 'y', previous_response_id: stored.id })).rejects.toMatchObject({
      status: 400,
    });
  });

  it('refuses what only a provider of the same dialect can give, naming the field', async () => {
    await expect(client.responses.create({ model: 'chat/m', input: 'x', background: true })).rejects.toMatchObject({
      status: 400,
      param: 'background',
    });
    await expect(client.responses.create({ model: 'chat/m', input: 'x', conversation: 'conv_1' })).rejects.toMatchObject({
      status: 400,
      param: 'conversation',
    });
    provider.script(responsesAnswer('resp_y', 'ok'));
    await client.responses.create({ model: 'resp/m', input: 'x', conversation: 'conv_1' });
  });

  it('runs a background response where it can, and asks the account that runs it', async () => {
    const queued = { id: 'resp_bg', object: 'response', created_at: 1, model: 'm', status: 'queued', background: true, output: [] };
    provider.script(
      jsonReply(queued),
      responsesAnswer('resp_bg', 'done'),
      jsonReply({ ...queued, status: 'cancelled' }),
      jsonReply({ error: { message: 'gone', code: 'not_found' } }, 404),
    );
    expect((await client.responses.create({ model: 'resp/m', input: 'x', background: true })).status).toBe('queued');
    expect((await client.responses.retrieve('resp_bg')).output_text).toBe('done');
    expect((await client.responses.cancel('resp_bg')).status).toBe('cancelled');
    await expect(client.responses.retrieve('resp_bg')).rejects.toMatchObject({ status: 404, message: expect.stringContaining('gone') });
    const [, retrieved, cancelled] = provider.seen;
    expect([retrieved?.method, retrieved?.path, cancelled?.method, cancelled?.path]).toEqual([
      'GET',
      '/v1/responses/resp_bg',
      'POST',
      '/v1/responses/resp_bg/cancel',
    ]);
    await expect(client.responses.retrieve('resp_unknown')).rejects.toMatchObject({ status: 404 });
  });
});
