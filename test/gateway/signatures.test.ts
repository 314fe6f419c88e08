import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { asArray, asObject, type Json, type JsonObject } from '../../src/conversation/json.ts';
import { accountFor, configFor, gatewayWith, prefixOf, type RunningGateway } from '../sdk/house.ts';
import { jsonReply, type Reply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

/** A tool's turn in each dialect: the model thinks, signs and calls; the client answers the call. */
interface Speech {
  /** What the provider answers, signed. */
  answer(signature: string): Json;
  /** The client's next request. */
  replay(signature: string): JsonObject;
  /** The signatures a provider received. */
  signatures(body: JsonObject): unknown[];
  /** The request as it must arrive without them, beside the model's name. */
  bare: JsonObject;
  path(model: string): string;
  done: Json;
}

const tool = { name: 'look', description: 'looks', parameters: { type: 'object', properties: {} } };

const anthropicBody = (assistant: Json[], extra: JsonObject = {}): JsonObject => ({
  max_tokens: 4096,
  metadata: { user_id: 'x' },
  ...extra,
  messages: [
    { role: 'user', content: 'look at it' },
    { role: 'assistant', content: assistant },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'seen', cache_control: { type: 'ephemeral' } }] },
  ],
});
const toolUse = { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} };

const chatBody = (assistant: JsonObject): JsonObject => ({
  messages: [
    { role: 'user', content: 'look at it' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }],
      ...assistant,
    },
    { role: 'tool', tool_call_id: 'call_1', content: 'seen' },
  ],
  unheard_of: 7,
});
const details = (signature: string): Json[] => [{ type: 'reasoning.text', text: 'hm', signature, format: 'anthropic-claude-v1', index: 0 }];

const call = { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}', status: 'completed' };
const responsesBody = (...made: Json[]): JsonObject => ({
  input: [{ role: 'user', content: 'look at it' }, ...made, { type: 'function_call_output', call_id: 'call_1', output: 'seen' }],
  store: false,
  include: ['reasoning.encrypted_content'],
});
const reasoningItem = (signature: string): JsonObject => ({ id: 'rs_1', type: 'reasoning', summary: [], encrypted_content: signature });

const geminiBody = (...parts: Json[]): JsonObject => ({
  contents: [
    { role: 'user', parts: [{ text: 'look at it' }] },
    { role: 'model', parts },
    { role: 'user', parts: [{ functionResponse: { id: 'c1', name: 'look', response: { output: 'seen' } } }] },
  ],
});
const functionCall = { id: 'c1', name: 'look', args: {} };

const SPEECH: Record<ClientDialectId, Speech> = {
  'anthropic-messages': {
    path: () => '/v1/messages',
    answer: (signature) => ({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'thinking', thinking: 'hm', signature }, toolUse],
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    }),
    replay: (signature) => anthropicBody([{ type: 'thinking', thinking: 'hm', signature }, toolUse], { thinking: { type: 'adaptive' } }),
    signatures: (body) =>
      asArray(body.messages).flatMap((message) => asArray(asObject(message)?.content).flatMap((block) => asObject(block)?.signature ?? [])),
    bare: anthropicBody([toolUse], { thinking: { type: 'adaptive' } }),
    done: {
      id: 'msg_2',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: 'done' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  'openai-chat': {
    path: () => '/v1/chat/completions',
    answer: (signature) => ({
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [
        {
          index: 0,
          finish_reason: 'tool_calls',
          message: {
            role: 'assistant',
            content: null,
            reasoning: 'hm',
            reasoning_details: details(signature),
            tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }],
          },
        },
      ],
    }),
    replay: (signature) => chatBody({ reasoning_details: details(signature) }),
    signatures: (body) =>
      asArray(body.messages).flatMap((message) =>
        asArray(asObject(message)?.reasoning_details).flatMap((entry) => asObject(entry)?.signature ?? []),
      ),
    bare: chatBody({}),
    done: {
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'done' } }],
    },
  },
  'openai-responses': {
    path: () => '/v1/responses',
    answer: (signature) => ({
      id: 'resp_1',
      object: 'response',
      created_at: 1,
      model: 'm',
      status: 'completed',
      output: [reasoningItem(signature), { id: 'fc_1', ...call }],
    }),
    replay: (signature) => responsesBody(reasoningItem(signature), { id: 'fc_1', ...call }),
    signatures: (body) => asArray(body.input).flatMap((item) => asObject(item)?.encrypted_content ?? []),
    bare: responsesBody(call),
    done: {
      id: 'resp_2',
      object: 'response',
      created_at: 1,
      model: 'm',
      status: 'completed',
      output: [
        {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'done', annotations: [] }],
        },
      ],
    },
  },
  gemini: {
    path: (model) => `/v1beta/models/${model}:generateContent`,
    answer: (thoughtSignature) => ({
      candidates: [{ content: { role: 'model', parts: [{ functionCall, thoughtSignature }] }, finishReason: 'STOP', index: 0 }],
      modelVersion: 'm',
    }),
    replay: (thoughtSignature) => geminiBody({ functionCall, thoughtSignature }),
    signatures: (body) =>
      asArray(body.contents).flatMap((content) =>
        asArray(asObject(content)?.parts).flatMap((part) => asObject(part)?.thoughtSignature ?? []),
      ),
    bare: geminiBody({ functionCall }),
    done: { candidates: [{ content: { role: 'model', parts: [{ text: 'done' }] }, finishReason: 'STOP', index: 0 }] },
  },
};
const DIALECTS = Object.keys(SPEECH) as ClientDialectId[];

const MODEL = 'model-3';

let here: ScriptedProvider;
let there: ScriptedProvider;
let gateway: RunningGateway;

/** Per dialect three accounts: the first and the second at one provider, the third at another. */
const accounts = () =>
  DIALECTS.flatMap((dialect) => [accountFor(dialect, here.url, 0), accountFor(dialect, here.url, 1), accountFor(dialect, there.url, 2)]);

beforeAll(async () => {
  here = await scriptedProvider();
  there = await scriptedProvider();
  gateway = await gatewayWith(configFor(accounts()));
});
afterAll(async () => {
  await gateway.close();
  await here.close();
  await there.close();
});
afterEach(() => {
  here.reset();
  there.reset();
});

async function post(dialect: ClientDialectId, model: string, body: JsonObject, at: RunningGateway = gateway): Promise<Response> {
  const response = await fetch(`${at.url}${SPEECH[dialect].path(model)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': at.key, 'anthropic-version': '2023-06-01' },
    body: JSON.stringify(dialect === 'gemini' ? body : { model, ...body }),
  });
  return response;
}

/** Lets the first account sign something. */
async function signedBy(dialect: ClientDialectId, signature: string): Promise<void> {
  here.script(jsonReply(SPEECH[dialect].answer(signature)));
  const first = await post(dialect, `${prefixOf(dialect)}/${MODEL}`, SPEECH[dialect].bare);
  expect(first.status).toBe(200);
  expect(JSON.stringify(await first.json())).toContain(signature);
  here.reset();
}

async function arrives(dialect: ClientDialectId, at: number, model: string, signature: string): Promise<JsonObject> {
  const provider = at === 2 ? there : here;
  provider.script(jsonReply(SPEECH[dialect].done));
  const response = await post(dialect, `${prefixOf(dialect, at)}/${model}`, SPEECH[dialect].replay(signature));
  expect(response.status, await response.clone().text()).toBe(200);
  return (await provider.next()).json() as JsonObject;
}

const withoutModel = ({ model: _model, ...body }: JsonObject): JsonObject => body;

describe.each(DIALECTS)('a signature in %s', (dialect) => {
  const { signatures, bare, replay } = SPEECH[dialect];

  it('goes back to the model that gave it, with every byte', async () => {
    await signedBy(dialect, `${dialect}-back`);
    expect(withoutModel(await arrives(dialect, 0, MODEL, `${dialect}-back`))).toEqual(replay(`${dialect}-back`));
  });

  it('reaches no other model', async () => {
    await signedBy(dialect, `${dialect}-model`);
    expect(signatures(await arrives(dialect, 0, 'other-model', `${dialect}-model`))).toEqual([]);
  });

  it('reaches no other provider, and nothing else is lost', async () => {
    await signedBy(dialect, `${dialect}-host`);
    expect(withoutModel(await arrives(dialect, 2, MODEL, `${dialect}-host`))).toEqual(bare);
  });

  it(`${dialect === 'openai-responses' ? 'is bound to its account' : 'serves other accounts of the provider'}`, async () => {
    await signedBy(dialect, `${dialect}-account`);
    const seen = signatures(await arrives(dialect, 1, MODEL, `${dialect}-account`));
    expect(seen).toEqual(dialect === 'openai-responses' ? [] : [`${dialect}-account`]);
  });

  it('that nobody here gave is sent as it is', async () => {
    expect(signatures(await arrives(dialect, 2, MODEL, `${dialect}-elsewhere`))).toEqual([`${dialect}-elsewhere`]);
  });
});

it('is noted when it comes in a stream, too', async () => {
  const events = [
    {
      type: 'message_start',
      message: { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [], usage: { input_tokens: 1, output_tokens: 1 } },
    },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'streamed' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'hidden' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'content_block_start', index: 2, content_block: { ...toolUse } },
    { type: 'content_block_stop', index: 2 },
    { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 2 } },
    { type: 'message_stop' },
  ];
  const bytes = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
  here.script({
    label: 'thinking',
    head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
    steps: [{ do: 'send', bytes }, { do: 'end' }],
  });
  const first = await post('anthropic-messages', `anth/${MODEL}`, {
    max_tokens: 9,
    stream: true,
    messages: [{ role: 'user', content: 'x' }],
  });
  expect(await first.text()).toContain('hidden');
  there.script(jsonReply(SPEECH['anthropic-messages'].done));
  const thoughts = [
    { type: 'thinking', thinking: 'hm', signature: 'streamed' },
    { type: 'redacted_thinking', data: 'hidden' },
  ];
  await post('anthropic-messages', `anth-2/${MODEL}`, anthropicBody([...thoughts, toolUse]));
  expect(withoutModel((await there.next()).json() as JsonObject)).toEqual(anthropicBody([toolUse]));
});

describe('a sealed signature of another dialect', () => {
  const ask = async (model: string, at: RunningGateway, provider: ScriptedProvider, reply: Json, messages: Json[]): Promise<JsonObject> => {
    provider.script(jsonReply(reply));
    const tools = [{ name: 'look', input_schema: { type: 'object' } }];
    const response = await post('anthropic-messages', model, { max_tokens: 4096, tools, messages }, at);
    expect(response.status).toBe(200);
    return (await response.json()) as JsonObject;
  };

  it('finds its way back to its provider and model alone, even after a restart', async () => {
    const question = { role: 'user', content: 'look at it' };
    const answer = await ask('gem/gemini-3-pro', gateway, here, SPEECH.gemini.answer('U2VhbGVk'), [question]);
    here.reset();
    const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: 'seen' }] };
    const conversation = [question, { role: 'assistant', content: answer.content }, result];
    const restarted = await gatewayWith(configFor(accounts()));
    try {
      const arrived = async (model: string, provider: ScriptedProvider): Promise<unknown[]> => {
        await ask(model, restarted, provider, SPEECH.gemini.done, conversation);
        return SPEECH.gemini.signatures((await provider.next()).json() as JsonObject);
      };
      expect(await arrived('gem/gemini-3-pro', here)).toEqual(['U2VhbGVk']);
      expect(await arrived('gem-1/gemini-3-pro', here)).toEqual(['U2VhbGVk']);
      // Gemini 3 refuses a call without a signature: Google's own stand-in goes instead.
      expect(await arrived('gem-2/gemini-3-pro', there)).toEqual(['skip_thought_signature_validator']);
      expect(await arrived('gem/gemini-3-flash', here)).toEqual(['skip_thought_signature_validator']);
    } finally {
      await restarted.close();
    }
  });
});

const anthropicError = (message: string): Reply => jsonReply({ type: 'error', error: { type: 'invalid_request_error', message } }, 400);
const openaiError = (message: string, code: string | null = null): Reply =>
  jsonReply({ error: { message, type: 'invalid_request_error', param: null, code } }, 400);
const geminiError = (message: string): Reply => jsonReply({ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }, 400);

/** The vendors' own words, as users reported them (see src/routing/signatures/refusal.ts). */
const REFUSALS: [ClientDialectId, string, Reply][] = [
  ['anthropic-messages', 'signature', anthropicError('messages.1.content.0: Invalid `signature` in `thinking` block')],
  [
    'anthropic-messages',
    'modified',
    anthropicError(
      'messages.1.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.',
    ),
  ],
  ['anthropic-messages', 'data', anthropicError('messages.1.content.1: Invalid `data` in `redacted_thinking` block')],
  [
    'openai-responses',
    'verified',
    openaiError(
      'The encrypted content gAAA...DQ== could not be verified. Reason: Encrypted content organization_id did not match the target organization.',
      'invalid_encrypted_content',
    ),
  ],
  [
    'openai-responses',
    'decrypted',
    jsonReply(
      {
        code: 'invalid-argument',
        error:
          'Could not decrypt the provided encrypted_content. Ensure the value is the unmodified encrypted_content from a previous response.',
      },
      400,
    ),
  ],
  ['openai-chat', 'relayed', openaiError('messages.1.content.0: Invalid `signature` in `thinking` block')],
  ['gemini', 'corrupted', geminiError('Corrupted thought signature.')],
  ['gemini', 'not valid', geminiError('Unable to submit request because Thought signature is not valid.')],
];

describe.each(REFUSALS)('%s: after a refusal for reasoning (%s)', (dialect, name, refusal) => {
  const { replay, done, bare, signatures } = SPEECH[dialect];
  const model = `${prefixOf(dialect, 2)}/${MODEL}`;

  it('the same target is asked once more without it, and the client is told', async () => {
    there.script(refusal, jsonReply(done));
    const response = await post(dialect, model, replay(`old-${name}`));
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).toContain('done');
    expect(response.headers.get('x-omniroute-warning')).toContain('reasoning of earlier turns');
    const [first, second] = there.seen.map((seen) => seen.json() as JsonObject);
    expect(signatures(first ?? {})).toEqual([`old-${name}`]);
    expect(withoutModel(second ?? {})).toEqual(bare);
  });

  it('the next turn is sent without it at once', async () => {
    there.script(jsonReply(done));
    const response = await post(dialect, model, replay(`old-${name}`));
    expect(response.status).toBe(200);
    expect(there.seen.map((seen) => withoutModel(seen.json() as JsonObject))).toEqual([bare]);
  });

  it('the second refusal is the client’s', async () => {
    there.script(refusal, refusal);
    const response = await post(dialect, model, replay(`older-${name}`));
    expect(response.status).toBe(400);
    expect(there.seen).toHaveLength(2);
  });
});

it.each(DIALECTS)('a request of %s that is refused for something else is not sent again', async (dialect) => {
  const model = `${prefixOf(dialect, 2)}/${MODEL}`;
  there.script(openaiError('thinking.budget_tokens: Input should be greater than or equal to 1024'));
  expect((await post(dialect, model, SPEECH[dialect].replay('other'))).status).toBe(400);
  expect(there.seen).toHaveLength(1);
});

it('a translated request is asked once more without reasoning', async () => {
  // A Chat client's earlier turn, signed by a Gemini that the gateway no longer remembers: sealed before minters were named in seals.
  const tag = Buffer.from(JSON.stringify(['gemini', 'gemini-3-pro'])).toString('base64url');
  const assistant = {
    tool_calls: [
      {
        id: 'call_1',
        type: 'function',
        function: { name: 'look', arguments: '{}' },
        extra_content: { google: { thought_signature: `omr1.${tag}.T2xk` } },
      },
    ],
  };
  const { messages } = chatBody(assistant);
  there.script(geminiError('Corrupted thought signature.'), jsonReply(SPEECH.gemini.done));
  const response = await post('openai-chat', 'gem-2/gemini-3-pro', {
    messages: messages ?? [],
    tools: [{ type: 'function', function: tool }],
  });
  expect(response.status, await response.clone().text()).toBe(200);
  expect(there.seen.map((seen) => SPEECH.gemini.signatures(seen.json() as JsonObject))).toEqual([
    ['T2xk'],
    ['skip_thought_signature_validator'],
  ]);
});
