import { effortOf } from '../../conversation/effort.ts';
import { asObject, isObject, type Json, type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { ChatRequest, FunctionTool } from '../../conversation/request.ts';
import type { WriteContext } from '../dialect.ts';
import { functionTools, mustCall } from '../shared/function-tools.ts';
import { ToolNames, toolNamesOf } from '../shared/tool-names.ts';
import { writeMessages } from './messages.ts';

/** The server takes any name; models' templates are written for names as OpenAI takes them. */
export const toolNamesFor = (request: ChatRequest): ToolNames => new ToolNames(toolNamesOf(request), /^[a-zA-Z_][a-zA-Z0-9_.-]*$/, 64);

/** The body of `POST /api/chat` (ChatRequest in github.com/ollama/ollama api/types.go). `stream` is said always: absent means true. */
export function writeRequest(request: ChatRequest, context: WriteContext): JsonObject {
  const names = toolNamesFor(request);
  const tools = functionTools(request, context.warn);
  const options = optionsOf(request);
  warnUnsupported(request, tools.length > 0, context);
  return withoutNulls({
    model: context.model,
    messages: writeMessages(request.messages, { names, warn: context.warn }),
    stream: request.stream,
    ...(tools.length > 0 ? { tools: tools.map((tool) => writeTool(tool, names)) } : {}),
    format: formatOf(request),
    think: thinkOf(request, context),
    ...(request.sampling.logprobs === true ? { logprobs: true, top_logprobs: request.sampling.topLogprobs } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  });
}

function formatOf({ output }: ChatRequest): Json | undefined {
  if (output?.type === 'json') return 'json';
  return output?.type === 'json-schema' ? output.schema : undefined;
}

/**
 * A model that can think does so unless told not to, and one that cannot answers a 400 to `true` but not to `false`
 * ("does not support thinking"): so thinking is only ever turned off, but for gpt-oss, which has levels and no switch.
 */
function thinkOf({ reasoning }: ChatRequest, { model, thinks }: WriteContext): boolean | string | undefined {
  const effort = effortOf(reasoning);
  if (effort === undefined || thinks === false) return undefined;
  if (/gpt-oss/i.test(model)) return levelOf(effort);
  if (effort === 'none') return false;
  return thinks === true ? true : undefined;
}

function levelOf(effort: NonNullable<ReturnType<typeof effortOf>>): string {
  if (effort === 'none' || effort === 'minimal') return 'low';
  return effort === 'xhigh' || effort === 'max' ? 'high' : effort;
}

/** Runtime options (api/types.go, Options). The context's length is the server's affair: a change would load the model anew. */
function optionsOf({ sampling }: ChatRequest): JsonObject {
  const { temperature, topP, topK, seed, stop, maxTokens, frequencyPenalty, presencePenalty } = sampling;
  return withoutNulls({
    temperature,
    top_p: topP,
    top_k: topK,
    seed,
    stop: stop && stop.length > 0 ? stop : undefined,
    num_predict: maxTokens,
    frequency_penalty: frequencyPenalty,
    presence_penalty: presencePenalty,
  });
}

function writeTool(tool: FunctionTool, names: ToolNames): JsonObject {
  const { description, parameters } = tool;
  return {
    type: 'function',
    function: withoutNulls({ name: names.toVendor(tool.name), description, parameters: schemaOf(parameters ?? {}) }),
  };
}

/** The server reads parameters into a struct (ToolFunctionParameters): the type must be one word and every property an object. */
function schemaOf(schema: JsonObject): JsonObject {
  const properties = Object.entries(asObject(schema.properties) ?? {}).map(([name, value]) => [name, isObject(value) ? value : {}]);
  return { ...schema, type: 'object', properties: Object.fromEntries(properties) };
}

function warnUnsupported(request: ChatRequest, offered: boolean, { warn }: WriteContext): void {
  const { n } = request.sampling;
  if (n !== undefined && n > 1) warn('Only one answer was asked for: Ollama gives no more.');
  if (offered && mustCall(request)) warn('The model may answer without a call: Ollama cannot be told to insist on one.');
  if (offered && request.parallelToolCalls === false) warn('The model may call several tools at once: Ollama cannot be told otherwise.');
  if (request.modalities?.some((modality) => modality.toLowerCase() !== 'text'))
    warn('Only text was asked for: Ollama answers in nothing else.');
}
