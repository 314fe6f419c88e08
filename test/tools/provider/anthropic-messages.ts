import { asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import { frame } from '../../../src/dialects/shared/sse-frame.ts';
import { messagesProblems, THOUGHT_SIGNATURE } from './anthropic-messages-rules.ts';
import { halves, inputText, type MadeCall, newId, objects, type Reply, TOKENS, textOf, type Wire } from './wire.ts';

/** Anthropic Messages, framed as in recordings/anthropic-messages/anthropic-tools-stream and …/anthropic-image-prompt-stream. */
export const anthropicMessagesWire: Wire = {
  id: 'anthropic-messages',
  asked: (path, body) => {
    const model = asString(body.model) ?? '';
    if (path === '/v1/messages') return { kind: 'chat', model, stream: body.stream === true };
    return path === '/v1/messages/count_tokens' ? { kind: 'count-tokens', model, stream: false } : undefined;
  },
  offered: (body) =>
    objects(body.tools).flatMap(({ name, type }) => {
      return typeof name === 'string' && (type === undefined || type === 'custom') ? [{ name, kind: 'function' as const }] : [];
    }),
  calls: (body) =>
    blocks(body, 'tool_use').map((block) => ({
      id: asString(block.id),
      name: asString(block.name),
      text: JSON.stringify(block.input ?? null),
    })),
  results: (body) => blocks(body, 'tool_result').map((block) => ({ id: asString(block.tool_use_id), text: textOf(block.content) })),
  whole: (reply, model) => ({ ...opening(model, finalUsage()), content: wholeContent(reply), stop_reason: stopReason(reply) }),
  stream: (reply, model) => [
    event({ type: 'message_start', message: opening(model, startUsage()) }),
    event({ type: 'ping' }),
    ...blocksOf(reply),
    event({
      type: 'message_delta',
      delta: { stop_reason: stopReason(reply), stop_sequence: null, stop_details: null },
      usage: finalUsage(),
    }),
    event({ type: 'message_stop' }),
  ],
  problems: messagesProblems,
  givesIds: () => true,
  thinks: (body) => ['enabled', 'adaptive'].includes(asString(asObject(body.thinking)?.type) ?? ''),
  error: (message) => ({ type: 'error', error: { type: 'invalid_request_error', message }, request_id: 'req_011CeCGox9bjj5vyL7Yf1rf8' }),
};

const event = (data: JsonObject): string => frame(data, asString(data.type));
const stopReason = (reply: Reply): string => (reply.calls.length > 0 ? 'tool_use' : 'end_turn');

function blocks(body: JsonObject, type: string): JsonObject[] {
  return objects(body.messages)
    .flatMap((message) => objects(message.content))
    .filter((block) => block.type === type);
}

/** Anthropic counts cached tokens beside `input_tokens`, not inside. */
function startUsage(): JsonObject {
  return {
    input_tokens: TOKENS.input - TOKENS.cacheRead,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: TOKENS.cacheRead,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: 1,
    service_tier: 'standard',
    inference_geo: 'not_available',
  };
}

function finalUsage(): JsonObject {
  return {
    input_tokens: TOKENS.input - TOKENS.cacheRead,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: TOKENS.cacheRead,
    output_tokens: TOKENS.output,
  };
}

function opening(model: string, usage: JsonObject): JsonObject {
  return {
    model,
    id: newId('msg_01'),
    type: 'message',
    role: 'assistant',
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    usage,
  };
}

function wholeContent(reply: Reply): JsonObject[] {
  const calls = reply.calls.map(({ id, name, input }) => ({ type: 'tool_use', id, name, input, caller: { type: 'direct' } }));
  const thoughts = reply.thoughts === undefined ? [] : [{ type: 'thinking', thinking: reply.thoughts, signature: THOUGHT_SIGNATURE }];
  return [...thoughts, { type: 'text', text: reply.text }, ...calls];
}

/** The frames of all blocks, numbered. */
function blocksOf(reply: Reply): string[] {
  const thoughts = reply.thoughts === undefined ? [] : [thoughtBlock(reply.thoughts)];
  return [...thoughts, textBlock(reply.text), ...reply.calls.map(callBlock)].flatMap(({ start, deltas }, index) => [
    event({ type: 'content_block_start', index, content_block: start }),
    ...deltas.map((delta) => event({ type: 'content_block_delta', index, delta })),
    event({ type: 'content_block_stop', index }),
  ]);
}

interface Block {
  start: JsonObject;
  deltas: JsonObject[];
}

function thoughtBlock(thoughts: string): Block {
  const deltas = halves(thoughts).map((thinking): JsonObject => ({ type: 'thinking_delta', thinking }));
  return {
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [...deltas, { type: 'signature_delta', signature: THOUGHT_SIGNATURE }],
  };
}

function textBlock(whole: string): Block {
  return { start: { type: 'text', text: '' }, deltas: halves(whole).map((text) => ({ type: 'text_delta', text })) };
}

function callBlock(call: MadeCall): Block {
  const { id, name } = call;
  return {
    start: { type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } },
    deltas: ['', ...halves(inputText(call))].map((partial_json) => ({ type: 'input_json_delta', partial_json })),
  };
}
