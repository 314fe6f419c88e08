import { asString, type JsonObject } from '../../../src/conversation/json.ts';
import { frame } from '../../../src/dialects/shared/sse-frame.ts';
import { responsesProblems } from './openai-responses-rules.ts';
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
  textOf,
  type Wire,
} from './wire.ts';

/** OpenAI Responses, framed as in recordings/openai-responses/openai-responses-streaming-usage and …/openai-run-stream. */
export const openaiResponsesWire: Wire = {
  id: 'openai-responses',
  asked: (path, body) =>
    path === '/v1/responses' ? { kind: 'chat', model: asString(body.model) ?? '', stream: body.stream === true } : undefined,
  offered: (body) => objects(body.tools).flatMap((tool) => offeredTools(tool)),
  calls: (body) =>
    items(body, 'call').map((item) => ({
      id: asString(item.call_id),
      name: asString(item.name),
      text: asString(item.arguments) ?? asString(item.input) ?? '',
    })),
  results: (body) => items(body, 'call_output').map((item) => ({ id: asString(item.call_id), text: textOf(item.output) })),
  whole: (reply, model) => {
    const ids = newIds();
    return response(ids, model, 'completed', output(ids, reply));
  },
  stream: (reply, model) => streamed(newIds(), reply, model),
  problems: responsesProblems,
  givesIds: () => true,
  error: openaiError,
};

/** Items of functions and custom tools alike: `call` or `call_output`. */
function items(body: JsonObject, what: 'call' | 'call_output'): JsonObject[] {
  const types = what === 'call' ? ['function_call', 'custom_tool_call'] : ['function_call_output', 'custom_tool_call_output'];
  return objects(body.input).filter((item) => types.includes(asString(item.type) ?? ''));
}

function offeredTools(tool: JsonObject, namespace?: string): Offered[] {
  const name = asString(tool.name);
  if (tool.type === 'namespace') return objects(tool.tools).flatMap((inner) => offeredTools(inner, name));
  if (name === undefined || (tool.type !== 'function' && tool.type !== 'custom')) return [];
  return [{ name, kind: tool.type, ...(namespace === undefined ? {} : { namespace }) }];
}

interface Ids {
  response: string;
  message: string;
}

const newIds = (): Ids => ({ response: newId('resp_'), message: newId('msg_') });

function message(ids: Ids, text: string, status: string): JsonObject {
  const content = status === 'completed' ? [{ type: 'output_text', annotations: [], logprobs: [], text }] : [];
  return { id: ids.message, type: 'message', status, content, role: 'assistant' };
}

function callItem(call: MadeCall, status: string): JsonObject {
  const input = status === 'completed' ? inputText(call) : '';
  const named = { call_id: call.id, name: call.name, ...(call.namespace === undefined ? {} : { namespace: call.namespace }) };
  if (call.kind === 'custom') return { id: `ctc_0050471a34b36ae6${call.id}`, type: 'custom_tool_call', status, input, ...named };
  return { id: `fc_0050471a34b36ae6${call.id}`, type: 'function_call', status, arguments: input, ...named };
}

function output(ids: Ids, reply: Reply): JsonObject[] {
  return [message(ids, reply.text, 'completed'), ...reply.calls.map((call) => callItem(call, 'completed'))];
}

function response(ids: Ids, model: string, status: string, items: JsonObject[]): JsonObject {
  const done = status === 'completed';
  return {
    id: ids.response,
    object: 'response',
    created_at: 1758034836,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model,
    output: items,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: false,
    temperature: 1,
    text: { format: { type: 'text' }, verbosity: 'medium' },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: done ? usage() : null,
    user: null,
    metadata: {},
  };
}

function usage(): JsonObject {
  return {
    input_tokens: TOKENS.input,
    input_tokens_details: { cached_tokens: TOKENS.cacheRead },
    output_tokens: TOKENS.output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: TOKENS.input + TOKENS.output,
  };
}

function streamed(ids: Ids, reply: Reply, model: string): string[] {
  const events: JsonObject[] = [
    { type: 'response.created', response: response(ids, model, 'in_progress', []) },
    { type: 'response.in_progress', response: response(ids, model, 'in_progress', []) },
    ...textEvents(ids, reply.text),
    ...reply.calls.flatMap(callEvents),
    { type: 'response.completed', response: response(ids, model, 'completed', output(ids, reply)) },
  ];
  return events.map((event, sequence_number) => frame({ ...event, sequence_number }, asString(event.type)));
}

function textEvents(ids: Ids, text: string): JsonObject[] {
  const at = { item_id: ids.message, output_index: 0, content_index: 0 };
  const part = (text: string) => ({ type: 'output_text', annotations: [], logprobs: [], text });
  return [
    { type: 'response.output_item.added', output_index: 0, item: message(ids, '', 'in_progress') },
    { type: 'response.content_part.added', ...at, part: part('') },
    ...halves(text).map((delta) => ({ type: 'response.output_text.delta', ...at, delta, logprobs: [], obfuscation: 'JIOMeuA' })),
    { type: 'response.output_text.done', ...at, text, logprobs: [] },
    { type: 'response.content_part.done', ...at, part: part(text) },
    { type: 'response.output_item.done', output_index: 0, item: message(ids, text, 'completed') },
  ];
}

function callEvents(call: MadeCall, position: number): JsonObject[] {
  const done = callItem(call, 'completed');
  const output_index = position + 1;
  const at = { item_id: done.id, output_index };
  const custom = call.kind === 'custom';
  const type = custom ? 'response.custom_tool_call_input' : 'response.function_call_arguments';
  return [
    { type: 'response.output_item.added', output_index, item: callItem(call, 'in_progress') },
    ...halves(inputText(call)).map((delta) => ({ type: `${type}.delta`, ...at, delta, obfuscation: 'tWyV55lwoZZb30' })),
    { type: `${type}.done`, ...at, [custom ? 'input' : 'arguments']: inputText(call) },
    { type: 'response.output_item.done', output_index, item: done },
  ];
}
