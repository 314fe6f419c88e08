import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { type JsonObject, unknownFields } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { RequestRoute } from '../dialect.ts';
import { DIALECT, keep } from './extensions.ts';
import { readMessages } from './request-read-messages.ts';
import { readOutput, readReasoning, readSampling } from './request-read-sampling.ts';
import { readToolChoice, readTools } from './request-read-tools.ts';
import { firstProblem, requestSchema, type WireRequest } from './schema.ts';

/** Fields that `writeRequest` writes again from the canonical form; all others are kept as they came. */
const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'tools',
  'functions',
  'tool_choice',
  'function_call',
  'parallel_tool_calls',
  'temperature',
  'top_p',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'stop',
  'max_tokens',
  'max_completion_tokens',
  'n',
  'logprobs',
  'top_logprobs',
  'response_format',
  'modalities',
  'stream',
  'stream_options',
  'user',
  'web_search_options',
]);

/**
 * Reads a Chat Completions request (https://platform.openai.com/docs/api-reference/chat/create) and what vendors add to it.
 * A bad field is a `request` error whose `param` is its path, e.g. `messages[0].content[1].type`.
 */
export function readRequest(body: unknown, route: RequestRoute): Parsed<ChatRequest> {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const { path, message } = firstProblem(parsed.error);
    return badRequest(path, path === undefined ? message : `Invalid '${path}': ${message}`);
  }
  const model = parsed.data.model ?? route.model;
  if (model === undefined) return badRequest('model', "Invalid 'model': Required");
  return { ok: true, value: convert(parsed.data, model) };
}

function badRequest(param: string | undefined, message: string): Parsed<ChatRequest> {
  return { ok: false, error: new GatewayError({ class: 'request', code: 'invalid_request', message, ...(param ? { param } : {}) }) };
}

function convert(wire: WireRequest, model: string): ChatRequest {
  const { choice, kept: keptChoice } = readToolChoice(wire);
  const { output, kept: keptOutput } = readOutput(wire);
  const tools = readTools(wire);
  const reasoning = readReasoning(wire as JsonObject);
  const streamOptions = unknownFields((wire.stream_options ?? {}) as JsonObject, new Set(['include_usage']));
  const fields = {
    ...unknownFields(wire as JsonObject, KNOWN),
    ...keptChoice,
    ...keptOutput,
    ...(streamOptions ? { stream_options: streamOptions } : {}),
  };
  const form = {
    ...(wire.max_completion_tokens !== undefined ? { limit: 'max_completion_tokens' } : {}),
    ...(wire.max_completion_tokens === undefined && wire.max_tokens !== undefined ? { limit: 'max_tokens' } : {}),
    ...(wire.function_call !== undefined ? { legacyChoice: true } : {}),
  };
  const extensions = keep(Object.keys(fields).length > 0 ? fields : undefined, Object.keys(form).length > 0 ? form : undefined);
  const user = wire.user ?? safetyIdentifier(wire as JsonObject);
  return {
    dialect: DIALECT,
    model,
    messages: readMessages(wire.messages),
    ...(tools.length > 0 ? { tools } : {}),
    ...(choice ? { toolChoice: choice } : {}),
    ...(wire.parallel_tool_calls !== undefined ? { parallelToolCalls: wire.parallel_tool_calls } : {}),
    sampling: readSampling(wire),
    ...(reasoning ? { reasoning } : {}),
    ...(output ? { output } : {}),
    ...(wire.modalities ? { modalities: wire.modalities } : {}),
    stream: wire.stream ?? false,
    ...(wire.stream_options?.include_usage !== undefined ? { includeUsage: wire.stream_options.include_usage } : {}),
    ...(user !== undefined ? { user } : {}),
    ...(typeof wire.store === 'boolean' ? { store: wire.store } : {}),
    ...(extensions ? { extensions } : {}),
  };
}

function safetyIdentifier(wire: JsonObject): string | undefined {
  return typeof wire.safety_identifier === 'string' ? wire.safety_identifier : undefined;
}
