import type { Message } from '../../conversation/content.ts';
import { effortOf } from '../../conversation/effort.ts';
import { asObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, OutputFormat } from '../../conversation/request.ts';
import type { WriteContext } from '../dialect.ts';
import { ownTools, withAddedTools } from './added-tools.ts';
import { ID, kept } from './extension.ts';
import { writeInput } from './input-write.ts';
import { writeToolChoice, writeTools } from './tools.ts';

/**
 * The body of `POST /responses`. A request read from this dialect is written as it was; one of another dialect is stateless:
 * `store: false`, and encrypted reasoning asked for so that the client can replay it.
 */
export function writeRequest(request: ChatRequest, context: WriteContext): JsonObject {
  const own = request.dialect === ID;
  const raw = asObject(kept(request).request) ?? {};
  const { instructions, rest } = splitInstructions(request.messages, own);
  const choice = raw.tool_choice ?? (request.toolChoice && writeToolChoice(request.toolChoice, request));
  return defined({
    ...raw,
    model: context.model || undefined,
    instructions: instructions ?? raw.instructions,
    input: inputOf(rest, request, context),
    ...toolsOf(request, context),
    tool_choice: request.tools || own ? choice : undefined,
    parallel_tool_calls: request.parallelToolCalls ?? raw.parallel_tool_calls,
    temperature: request.sampling.temperature ?? raw.temperature,
    top_p: request.sampling.topP ?? raw.top_p,
    top_logprobs: request.sampling.topLogprobs ?? raw.top_logprobs,
    max_output_tokens: maxTokensOf(request, context) ?? raw.max_output_tokens,
    reasoning: reasoningOf(request, raw, context),
    text: textOf(request, raw),
    previous_response_id: (own ? request.previousResponseId : undefined) ?? raw.previous_response_id,
    store: request.store ?? (own ? raw.store : false),
    stream: request.stream,
    ...(own ? {} : foreignFields(request, context)),
  });
}

/** A request whose tools all stand in its input has no `tools`. */
function toolsOf(request: ChatRequest, context: WriteContext): JsonObject {
  const none = request.tools === undefined || (kept(request).added !== undefined && ownTools(request).length === 0);
  return none ? {} : { tools: writeTools(request, context.warn) };
}

function defined(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/**
 * `instructions` take what the client wrote as such or, from another dialect, the leading system and developer messages when they
 * are text alone; any other stays in the input under its role, which this API allows anywhere.
 */
function splitInstructions(messages: Message[], own: boolean): { instructions?: string; rest: Message[] } {
  const leading = messages.findIndex((message) => !isSystemText(message));
  const count = leading < 0 ? messages.length : leading;
  // Not by place: a stored conversation may stand before the request's own instructions.
  const lifted = (message: Message, index: number): boolean => (own ? kept(message).instructions === true : index < count);
  const texts = messages.filter(lifted).flatMap((message) => message.content.map((part) => (part.type === 'text' ? part.text : '')));
  if (texts.length === 0) return { rest: messages };
  return { instructions: texts.join('\n\n'), rest: messages.filter((message, index) => !lifted(message, index)) };
}

function isSystemText(message: Message): boolean {
  return (message.role === 'system' || message.role === 'developer') && message.content.every((part) => part.type === 'text');
}

function inputOf(messages: Message[], request: ChatRequest, context: WriteContext): Json | undefined {
  const only = messages[0]?.content[0];
  if (kept(request).string && messages.length === 1 && only?.type === 'text') return only.text;
  const fromStore = request.dialect === ID && messages.length === 0 && kept(request).request !== undefined;
  return fromStore && !request.previousResponseId ? undefined : withAddedTools(writeInput(messages, request, context), request);
}

/** The API's own minimum ("Expected a value >= 16"); a client of this dialect gets the API's own answer. */
const LEAST_OUTPUT = 16;

function maxTokensOf(request: ChatRequest, context: WriteContext): number | undefined {
  const { maxTokens } = request.sampling;
  if (maxTokens === undefined || maxTokens >= LEAST_OUTPUT || request.dialect === ID) return maxTokens;
  context.warn(`The limit of ${maxTokens} output tokens was raised to ${LEAST_OUTPUT}, the least that the OpenAI Responses API takes.`);
  return LEAST_OUTPUT;
}

function reasoningOf(request: ChatRequest, raw: JsonObject, context: WriteContext): Json | undefined {
  if (context.thinks === false) return undefined;
  if (!request.reasoning) return raw.reasoning;
  const effort = effortOf(request.reasoning);
  const { summary } = request.reasoning;
  const written = {
    ...asObject(raw.reasoning),
    ...(effort === undefined ? {} : { effort }),
    ...(summary && !asObject(raw.reasoning)?.generate_summary ? { summary: summary === true ? 'auto' : summary } : {}),
  };
  return Object.keys(written).length > 0 || raw.reasoning ? written : undefined;
}

function textOf(request: ChatRequest, raw: JsonObject): Json | undefined {
  if (raw.text !== undefined || !request.output) return raw.text;
  return request.output.type === 'text' ? undefined : { format: formatOf(request.output) };
}

function formatOf(output: OutputFormat): JsonObject {
  switch (output.type) {
    case 'text':
      return { type: 'text' };
    case 'json':
      return { type: 'json_object' };
    case 'json-schema':
      return {
        type: 'json_schema',
        name: (output.name ?? 'answer').replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'answer',
        schema: output.schema,
        ...(output.description === undefined ? {} : { description: output.description }),
        strict: output.strict ?? false,
      };
  }
}

/** Models known to think by their name, where the caller cannot say: o-series, gpt-5 and later (not their `-chat` twins), codex. */
const THINKING_NAME = /(?:^|[/._-])(?:o[1-9]\b|gpt-[5-9](?!.*-chat)|codex)/i;

function foreignFields(request: ChatRequest, context: WriteContext): JsonObject {
  warnOfLost(request, context);
  // A model that does not think refuses to be asked ("Encrypted content is not supported with this model").
  const thinks = context.thinks ?? (request.reasoning !== undefined || THINKING_NAME.test(context.model));
  const include = [
    ...(thinks ? ['reasoning.encrypted_content'] : []),
    ...(request.sampling.logprobs ? ['message.output_text.logprobs'] : []),
  ];
  return {
    ...(include.length > 0 ? { include } : {}),
    ...(request.user === undefined ? {} : { user: request.user }),
  };
}

function warnOfLost(request: ChatRequest, context: WriteContext): void {
  const { topK, frequencyPenalty, presencePenalty, seed, stop, n } = request.sampling;
  const lost: Record<string, boolean> = {
    top_k: topK !== undefined,
    frequency_penalty: Boolean(frequencyPenalty),
    presence_penalty: Boolean(presencePenalty),
    seed: seed !== undefined,
    stop: (stop?.length ?? 0) > 0,
    n: (n ?? 1) > 1,
    modalities: request.modalities?.some((modality) => modality !== 'text') ?? false,
  };
  const names = Object.keys(lost).filter((name) => lost[name]);
  if (names.length > 0) context.warn(`The OpenAI Responses API does not know ${names.join(', ')}: left out.`);
}
