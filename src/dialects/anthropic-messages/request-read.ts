import type { ContentPart, Message } from '../../conversation/content.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import {
  asArray,
  asNumber,
  asObject,
  asString,
  isObject,
  type Json,
  type JsonObject,
  unknownFields,
  withoutNulls,
} from '../../conversation/json.ts';
import type { ChatRequest, OutputFormat, Sampling } from '../../conversation/request.ts';
import type { RequestRoute } from '../dialect.ts';
import { readContent } from './blocks-read.ts';
import { countTokensSchema, messagesSchema, problemOf } from './request-schema.ts';
import { readReasoning } from './thinking-read.ts';
import { readToolChoice, readTools } from './tools-read.ts';
import { DIALECT, extensionOf } from './vocabulary.ts';

/** Request fields with a canonical home. `thinking`, `output_config` and `metadata` are kept raw as well: they hold more than that. */
const KNOWN = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'metadata',
  'thinking',
  'output_config',
  'output_format',
  'tools',
  'tool_choice',
]);
const MESSAGE = new Set(['role', 'content']);

/** Reads a `POST /v1/messages` body. Errors name the field the way the API does: `messages.0.content.1.text: Field required`. */
export function readRequest(body: unknown, route: RequestRoute): Parsed<ChatRequest> {
  const checked = messagesSchema.safeParse(body);
  return checked.success ? fromBody(checked.data as JsonObject, route) : badRequest(problemOf(checked.error));
}

/** Reads a `POST /v1/messages/count_tokens` body: the same without `max_tokens`. */
export function readCountTokens(body: unknown): Parsed<ChatRequest> {
  const checked = countTokensSchema.safeParse(body);
  return checked.success ? fromBody(checked.data as JsonObject, {}) : badRequest(problemOf(checked.error));
}

function badRequest({ message, param }: { message: string; param: string }): Parsed<ChatRequest> {
  return { ok: false, error: new GatewayError({ class: 'request', code: 'invalid_request_error', message, param }) };
}

function fromBody(body: JsonObject, route: RequestRoute): Parsed<ChatRequest> {
  const model = route.model ?? asString(body.model);
  if (!model) return badRequest({ message: 'model: Field required', param: 'model' });
  const user = asString(asObject(body.metadata)?.user_id);
  const output = readOutput(body);
  const reasoning = readReasoning(body);
  const extra = extensionsOfBody(body);
  const choice = asObject(body.tool_choice);
  const toolChoice = choice && readToolChoice(choice);
  return {
    ok: true,
    value: {
      dialect: DIALECT,
      model,
      messages: readMessages(body),
      ...(Array.isArray(body.tools) ? { tools: readTools(body.tools) } : {}),
      ...(toolChoice ? { toolChoice } : {}),
      ...(typeof choice?.disable_parallel_tool_use === 'boolean' ? { parallelToolCalls: !choice.disable_parallel_tool_use } : {}),
      sampling: readSampling(body),
      ...(reasoning ? { reasoning } : {}),
      ...(output ? { output } : {}),
      stream: route.stream ?? body.stream === true,
      ...(user === undefined ? {} : { user }),
      ...(extra ? { extensions: { [DIALECT]: extra } } : {}),
    },
  };
}

function extensionsOfBody(body: JsonObject): JsonObject | undefined {
  const extra = unknownFields(body, KNOWN) ?? {};
  if (body.thinking) extra.thinking = body.thinking;
  if (body.output_config) extra.output_config = body.output_config;
  if (isObject(body.metadata) && Object.keys(body.metadata).some((key) => key !== 'user_id')) extra.metadata = body.metadata;
  return Object.keys(extra).length > 0 ? extra : undefined;
}

function readSampling(body: JsonObject): Sampling {
  const stop = asArray(body.stop_sequences).filter((item) => typeof item === 'string');
  return withoutNulls({
    maxTokens: asNumber(body.max_tokens),
    temperature: asNumber(body.temperature),
    topP: asNumber(body.top_p),
    topK: asNumber(body.top_k),
    stop: stop.length > 0 ? stop : undefined,
  }) as Sampling;
}

/** `output_config.format`, or the older `output_format` of the structured-outputs beta. */
function readOutput(body: JsonObject): OutputFormat | undefined {
  const format = asObject(asObject(body.output_config)?.format) ?? asObject(body.output_format);
  const schema = asObject(format?.schema);
  return format?.type === 'json_schema' && schema ? { type: 'json-schema', schema } : undefined;
}

function readMessages(body: JsonObject): Message[] {
  const messages: Message[] = [];
  const system = readContent(body.system ?? undefined);
  if (system.length > 0) messages.push({ role: 'system', content: system });
  const names = new Map<string, string>();
  for (const item of asArray(body.messages)) if (isObject(item)) messages.push(readMessage(item, names));
  return messages;
}

function readMessage(item: JsonObject, names: Map<string, string>): Message {
  const content = readContent(item.content as Json | undefined);
  for (const part of content) nameResult(part, names);
  return { role: roleOf(item.role), content, ...extensionOf(item, MESSAGE) };
}

/** Gemini keys results by name: here they have only the id of the call. */
function nameResult(part: ContentPart, names: Map<string, string>): void {
  if (part.type === 'tool-call') names.set(part.id, part.name);
  const name = part.type === 'tool-result' ? names.get(part.callId) : undefined;
  if (part.type === 'tool-result' && name !== undefined) part.name = name;
}

function roleOf(role: Json | undefined): Message['role'] {
  return role === 'assistant' || role === 'system' ? role : 'user';
}
