import { asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import { frame } from '../../../src/dialects/shared/sse-frame.ts';
import { chatProblems } from './openai-chat-rules.ts';
import {
  halves,
  inputText,
  type MadeCall,
  newId,
  type Offered,
  objects,
  openaiError,
  type Reply,
  TOKENS,
  type Told,
  textOf,
  type Wire,
} from './wire.ts';

/** OpenAI Chat Completions, framed as in recordings/openai-chat/openai-multiple-agents-1-stream. */
export const openaiChatWire: Wire = {
  id: 'openai-chat',
  asked: (path, body) =>
    path === '/v1/chat/completions' ? { kind: 'chat', model: asString(body.model) ?? '', stream: body.stream === true } : undefined,
  offered: (body) => objects(body.tools).flatMap(offeredTool),
  calls: (body) => objects(body.messages).flatMap((message) => objects(message.tool_calls).map(toldCall)),
  results: (body) =>
    objects(body.messages)
      .filter((message) => message.role === 'tool')
      .map((message) => ({ id: asString(message.tool_call_id), text: textOf(message.content) })),
  whole: (reply, model) => ({
    id: newId('chatcmpl-'),
    object: 'chat.completion',
    created: 1754686072,
    model,
    choices: [{ index: 0, message: wholeMessage(reply), logprobs: null, finish_reason: finish(reply) }],
    usage: usage(),
    service_tier: 'default',
    system_fingerprint: null,
  }),
  stream: streamed,
  problems: chatProblems,
  givesIds: () => true,
  error: openaiError,
};

const CHUNK: JsonObject = {
  object: 'chat.completion.chunk',
  created: 1754686072,
  service_tier: 'default',
  system_fingerprint: null,
  obfuscation: 'bEcAVepxT2N',
};

const finish = (reply: Reply): string => (reply.calls.length > 0 ? 'tool_calls' : 'stop');

function streamed(reply: Reply, model: string): string[] {
  const base = { ...CHUNK, id: newId('chatcmpl-'), model };
  const chunk = (choices: JsonObject[], total: JsonObject | null): string => frame({ ...base, choices, usage: total });
  return [
    ...deltas(reply).map((delta) => chunk([{ index: 0, delta, logprobs: null, finish_reason: null }], null)),
    chunk([{ index: 0, delta: {}, logprobs: null, finish_reason: finish(reply) }], null),
    chunk([], usage()),
    frame('[DONE]'),
  ];
}

function offeredTool(tool: JsonObject): Offered[] {
  const kind = tool.type === 'custom' ? 'custom' : 'function';
  const name = asString(asObject(tool[kind])?.name);
  return name === undefined ? [] : [{ name, kind }];
}

function toldCall(call: JsonObject): Told {
  const body = asObject(call.function) ?? asObject(call.custom);
  return { id: asString(call.id), name: asString(body?.name), text: asString(body?.arguments) ?? asString(body?.input) ?? '' };
}

function usage(): JsonObject {
  return {
    prompt_tokens: TOKENS.input,
    completion_tokens: TOKENS.output,
    total_tokens: TOKENS.input + TOKENS.output,
    prompt_tokens_details: { cached_tokens: TOKENS.cacheRead, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
}

function callObject(call: MadeCall): JsonObject {
  const { id, name, kind } = call;
  const text = inputText(call);
  return { id, type: kind, [kind]: kind === 'custom' ? { name, input: text } : { name, arguments: text } };
}

function wholeMessage(reply: Reply): JsonObject {
  const calls = reply.calls.map(callObject);
  return { role: 'assistant', content: reply.text, refusal: null, annotations: [], ...(calls.length > 0 ? { tool_calls: calls } : {}) };
}

function deltas(reply: Reply): JsonObject[] {
  const text = halves(reply.text).map((content) => ({ content }));
  return [{ role: 'assistant', content: '', refusal: null }, ...text, ...reply.calls.flatMap(callDeltas)];
}

function callDeltas(call: MadeCall, index: number): JsonObject[] {
  const { id, name } = call;
  return [
    { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
    ...halves(inputText(call)).map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ];
}
