import type { Message } from '../../conversation/content.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asString, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, OutputFormat, ReasoningEffort, ReasoningSettings, Sampling } from '../../conversation/request.ts';
import type { RequestRoute } from '../dialect.ts';
import { readAddedTools } from './added-tools.ts';
import { keep, leftovers } from './extension.ts';
import { readInput } from './input-read.ts';
import { badField, check, type Envelope, envelope, json, jsonSchemaFormat } from './schema.ts';
import { readToolChoice, readTools } from './tools.ts';

/** Fields with a canonical place. Every other one, and each of these sent as null, is kept for this dialect. */
const KNOWN = [
  'model',
  'input',
  'instructions',
  'stream',
  'tools',
  'parallel_tool_calls',
  'temperature',
  'top_p',
  'top_logprobs',
  'max_output_tokens',
  'previous_response_id',
  'store',
];

/**
 * Reads the body of `POST /responses` (OpenAI's API reference, "Create a model response"; npm `openai` 6 `ResponseCreateParams`).
 * Never throws: a bad field is an error of class `request` whose `param` is its path.
 */
export function readRequest(body: unknown, route: RequestRoute): Parsed<ChatRequest> {
  try {
    return { ok: true, value: read(check(envelope, body, ''), route) };
  } catch (error) {
    if (error instanceof GatewayError) return { ok: false, error };
    throw error;
  }
}

function read(body: Envelope, route: RequestRoute): ChatRequest {
  const raw = json(body);
  const added = readAddedTools(body.input, readTools);
  const tools = [...readTools(body.tools?.map(json) ?? []), ...added.tools];
  return {
    dialect: 'openai-responses',
    model: modelOf(body, route),
    messages: messagesOf(body),
    ...(body.tools || added.kept ? { tools } : {}),
    ...given('toolChoice', readToolChoice(typeof body.tool_choice === 'string' ? body.tool_choice : (raw.tool_choice as JsonObject))),
    ...given('parallelToolCalls', body.parallel_tool_calls),
    sampling: samplingOf(body),
    ...given('reasoning', reasoningOf(body)),
    ...given('output', outputOf(body)),
    stream: body.stream ?? route.stream ?? false,
    ...given('user', body.safety_identifier ?? body.user),
    ...given('previousResponseId', body.previous_response_id),
    ...given('store', body.store),
    ...keep({ request: leftovers(raw, KNOWN), string: typeof body.input === 'string' || undefined, added: added.kept }),
  };
}

function given<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  return value === null || value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** A stored prompt (`prompt`) may bring its own model and input. */
function modelOf(body: Envelope, route: RequestRoute): string {
  const model = body.model || route.model;
  if (!model && body.prompt == null) throw badField('model', 'is required');
  return model ?? '';
}

function messagesOf(body: Envelope): Message[] {
  const messages: Message[] = [];
  if (typeof body.instructions === 'string')
    messages.push({ role: 'system', content: [{ type: 'text', text: body.instructions }], ...keep({ instructions: true }) });
  if (typeof body.input === 'string') messages.push({ role: 'user', content: [{ type: 'text', text: body.input }] });
  else if (body.input) messages.push(...readInput(body.input));
  else if (body.prompt == null && body.previous_response_id == null && body.conversation == null) throw badField('input', 'is required');
  return messages;
}

function samplingOf(body: Envelope): Sampling {
  return {
    ...given('temperature', body.temperature),
    ...given('topP', body.top_p),
    ...given('maxTokens', body.max_output_tokens),
    ...given('topLogprobs', body.top_logprobs),
    ...(body.include?.includes('message.output_text.logprobs') ? { logprobs: true } : {}),
  };
}

const EFFORTS: ReadonlySet<string> = new Set<ReasoningEffort>(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);

function reasoningOf(body: Envelope): ReasoningSettings | undefined {
  if (!body.reasoning) return undefined;
  const { effort, summary, generate_summary: older } = body.reasoning;
  return {
    ...(effort && EFFORTS.has(effort) ? { effort: effort as ReasoningEffort } : {}),
    ...given('summary', summary ?? asString(older)),
  };
}

function outputOf(body: Envelope): OutputFormat | undefined {
  const format = body.text?.format;
  switch (format?.type) {
    case 'text':
      return { type: 'text' };
    case 'json_object':
      return { type: 'json' };
    case 'json_schema': {
      const { name, schema, description, strict } = check(jsonSchemaFormat, format, 'text.format');
      return { type: 'json-schema', name, schema: json(schema), ...given('description', description), ...given('strict', strict) };
    }
    default:
      return undefined;
  }
}
