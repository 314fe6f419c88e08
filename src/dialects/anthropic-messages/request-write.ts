import { asObject, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { WriteContext } from '../dialect.ts';
import type { BlockWriter } from './blocks-write.ts';
import { finishTurns, writeMessages, writeTurn } from './messages-write.ts';
import { type ModelTraits, traitsOf } from './model-traits.ts';
import { outputSchema } from './output-schema.ts';
import { withPromptCache } from './prompt-cache.ts';
import { warnUnsupported, writeSampling } from './sampling-write.ts';
import { writeThinking } from './thinking-write.ts';
import { calledTools, writeToolChoice, writeTools } from './tools-write.ts';
import type { Turn } from './turns.ts';
import { DIALECT, ownExtension, toolNamesFor } from './vocabulary.ts';

/** The body of `POST /v1/messages` for this model. Source: the Messages API reference; per-model limits in `model-traits.ts`. */
export function writeRequest(request: ChatRequest, context: WriteContext): JsonObject {
  return writeBody(request, context, false);
}

function writeBody(request: ChatRequest, context: WriteContext, counting: boolean): JsonObject {
  const traits = traitsOf(context.model);
  const writer: BlockWriter = { model: context.model, traits, names: toolNamesFor(request), signer: DIALECT, warn: once(context.warn) };
  const written = writeMessages(request, writer);
  const thinking = writeThinking(request, { ...context, warn: writer.warn }, traits, written.turns);
  const turns = finishTurns(written.turns, traits.prefill && !thinking.on, writer.warn);
  const output = writeOutput(request, traits, writer.warn);
  // Thinking forbids a forced call on Anthropic's own models; of others nothing is known. Counting takes it
  // (recording anthropic-count-tokens-with-adaptive-thinking-and-output-tools).
  const forced = counting || (traits.forcedToolChoice && !(thinking.on && traits.claude));
  const { tools, choice } = writeToolFields(request, written.turns, forced, writer);
  const config = { ...extraConfig(request), ...(thinking.effort ? { effort: thinking.effort } : {}), ...output.config };
  warnUnsupported(request, writer.warn);
  const body = {
    model: context.model,
    max_tokens: thinking.maxTokens,
    ...systemField([...written.system, ...output.instructions]),
    messages: turns.map(writeTurn),
    ...(tools ? { tools } : {}),
    ...(choice ? { tool_choice: choice } : {}),
    ...writeSampling(request, traits, thinking.on, writer.warn),
    ...(thinking.thinking ? { thinking: thinking.thinking } : {}),
    ...(Object.keys(config).length > 0 ? { output_config: config } : {}),
    ...(request.user === undefined ? {} : { metadata: { user_id: request.user } }),
    ...(request.stream ? { stream: true } : {}),
    ...ownFields(request),
  };
  // Compatible hosts with models of their own are not known to take the marks.
  return traits.claude ? withPromptCache(body, request) : body;
}

interface ToolFields {
  tools?: JsonObject[];
  choice?: JsonObject | undefined;
}

/** Fields of the count endpoint; the rest of a request is refused there ("Extra inputs are not permitted"). */
const NOT_COUNTED = [
  'max_tokens',
  'stream',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'metadata',
  'service_tier',
  'container',
  'inference_geo',
  'diagnostics',
];

/** The body of `POST /v1/messages/count_tokens`. */
export function writeCountTokens(request: ChatRequest, context: WriteContext): JsonObject {
  return Object.fromEntries(Object.entries(writeBody(request, context, true)).filter(([key]) => !NOT_COUNTED.includes(key)));
}

/** A conversation with calls must define tools (400: "Requests which include `tool_use` or `tool_result` blocks must define tools"). */
function writeToolFields(request: ChatRequest, turns: readonly Turn[], forced: boolean, writer: BlockWriter): ToolFields {
  const tools = writeTools(request, writer);
  if (tools) return { tools, choice: writeToolChoice(request, forced, writer) };
  const called = request.dialect === DIALECT ? [] : calledTools(turns);
  return called.length > 0 ? { tools: called, choice: { type: 'none' } } : {};
}

function once(warn: (message: string) => void): (message: string) => void {
  const said = new Set<string>();
  return (message) => {
    if (said.has(message)) return;
    said.add(message);
    warn(message);
  };
}

function systemField(blocks: JsonObject[]): JsonObject {
  const [only] = blocks;
  if (!only) return {};
  const plain = blocks.length === 1 && only.type === 'text' && Object.keys(only).length === 2;
  return { system: plain ? only.text : blocks };
}

/** What the client put beside effort and format into `output_config`. */
function extraConfig(request: ChatRequest): JsonObject {
  const { effort: _effort, format: _format, ...rest } = asObject(ownExtension(request).output_config) ?? {};
  return rest;
}

/** Fields that only this dialect has, as the client sent them. */
function ownFields(request: ChatRequest): JsonObject {
  const { thinking: _thinking, output_config: _config, ...rest } = ownExtension(request);
  return rest;
}

interface WrittenOutput {
  config: JsonObject;
  instructions: JsonObject[];
}

/** JSON output as `output_config.format` where the model has it, else as a request in the system prompt. */
function writeOutput(request: ChatRequest, traits: ModelTraits, warn: (message: string) => void): WrittenOutput {
  const { output } = request;
  if (!output || output.type === 'text') return { config: {}, instructions: [] };
  if (output.type === 'json') return { config: {}, instructions: [instruction('Answer with one valid JSON object and nothing else.')] };
  const own = request.dialect === DIALECT;
  if (own || traits.structuredOutput) {
    return { config: { format: { type: 'json_schema', schema: own ? output.schema : outputSchema(output.schema) } }, instructions: [] };
  }
  warn('This model has no structured output; the schema was put into the system prompt.');
  const text = `Answer with one JSON object that follows this JSON Schema, and nothing else:\n${JSON.stringify(output.schema)}`;
  return { config: {}, instructions: [instruction(text)] };
}

const instruction = (text: string): JsonObject => ({ type: 'text', text });
