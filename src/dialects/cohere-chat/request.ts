import { budgetOf, effortOf } from '../../conversation/effort.ts';
import { type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { ChatRequest, FunctionTool, OutputFormat } from '../../conversation/request.ts';
import type { WriteContext } from '../dialect.ts';
import { functionTools, mustCall } from '../shared/function-tools.ts';
import { ToolNames, toolNamesOf } from '../shared/tool-names.ts';
import { writeMessages } from './messages.ts';

/** No rule for tool names is documented; what every function-calling API takes is kept, the rest is fitted. */
export const toolNamesFor = (request: ChatRequest): ToolNames => new ToolNames(toolNamesOf(request), /^[a-zA-Z_][a-zA-Z0-9_-]*$/, 64);

/** Families older than reasoning; every later one thinks unless told not to (docs.cohere.com/docs/reasoning, /docs/models). */
const NO_THINKING = /command-(?:r|light|nightly|a-0|a-vision|a-translate)|^command$|aya/i;

/** The body of `POST /v2/chat` (V2ChatRequest). */
export function writeRequest(request: ChatRequest, context: WriteContext): JsonObject {
  const names = toolNamesFor(request);
  const tools = functionTools(request, context.warn);
  const thinks = context.thinks ?? !NO_THINKING.test(context.model);
  const thinking = thinks ? thinkingOf(request) : undefined;
  const writing = { names, thinking: thinks && thinking?.type !== 'disabled', warn: context.warn };
  warnUnsupported(request, context);
  return withoutNulls({
    model: context.model,
    messages: writeMessages(request.messages, writing),
    stream: request.stream,
    ...(tools.length > 0 ? { tools: tools.map((tool) => writeTool(tool, names)) } : {}),
    tool_choice: toolChoice(request, tools.length > 0),
    ...(tools.length > 0 && tools.every(({ strict }) => strict === true) ? { strict_tools: true } : {}),
    response_format: responseFormat(request.output, tools.length > 0, context),
    thinking,
    ...sampling(request, context),
  });
}

function writeTool(tool: FunctionTool, names: ToolNames): JsonObject {
  const { description, parameters } = tool;
  return { type: 'function', function: withoutNulls({ name: names.toVendor(tool.name), description, parameters }) };
}

/** `REQUIRED` or nothing: to forbid calls, no tools are offered, which also the models that know no `tool_choice` understand. */
function toolChoice(request: ChatRequest, offered: boolean): string | undefined {
  return offered && mustCall(request) ? 'REQUIRED' : undefined;
}

function responseFormat(output: OutputFormat | undefined, tools: boolean, { warn }: WriteContext): JsonObject | undefined {
  if (!output || output.type === 'text') return undefined;
  if (tools) {
    warn('JSON output was not asked for: Cohere refuses it beside tools.');
    return undefined;
  }
  return { type: 'json_object', ...(output.type === 'json-schema' ? { json_schema: output.schema } : {}) };
}

/** Thinking is on by default and can be turned off or given a budget (Thinking); it has no efforts. */
function thinkingOf({ reasoning }: ChatRequest): JsonObject | undefined {
  if (effortOf(reasoning) === 'none') return { type: 'disabled' };
  const budget = budgetOf(reasoning);
  if (budget === undefined) return undefined;
  // An effort stands for a budget only roughly: the model's own measure is the better one but for the small ones.
  const limit = reasoning?.budget !== undefined || budget <= 1024 ? budget : -1;
  return { type: 'enabled', ...(limit > 0 ? { token_budget: limit } : {}) };
}

/** Ranges are those of V2ChatRequest; values beyond them are a 400. */
function sampling(request: ChatRequest, { warn }: WriteContext): JsonObject {
  const { temperature, topP, topK, seed, stop, maxTokens, logprobs } = request.sampling;
  if (stop && stop.length > 5) warn('Only the first five stop sequences were sent: Cohere takes no more.');
  return {
    temperature: temperature === undefined ? undefined : Math.max(0, temperature),
    p: topP === undefined ? undefined : between(0.01, topP, 0.99),
    k: topK === undefined ? undefined : between(0, topK, 500),
    seed: seed !== undefined && seed >= 0 ? seed : undefined,
    stop_sequences: stop && stop.length > 0 ? stop.slice(0, 5) : undefined,
    max_tokens: maxTokens,
    logprobs: logprobs === true ? true : undefined,
    ...penalties(request, warn),
  };
}

/** From 0 to 1 at Cohere; several models refuse both at once ("cannot specify both frequency_penalty and presence_penalty"). */
function penalties({ sampling: { frequencyPenalty, presencePenalty } }: ChatRequest, warn: (message: string) => void): JsonObject {
  const frequency = frequencyPenalty ? between(0, frequencyPenalty, 1) : 0;
  const presence = presencePenalty ? between(0, presencePenalty, 1) : 0;
  if ((frequencyPenalty ?? 0) < 0 || (presencePenalty ?? 0) < 0) warn('A negative penalty was left out: Cohere takes none below 0.');
  if (frequency > 0 && presence > 0) warn('presence_penalty was left out: Cohere takes one penalty at a time.');
  if (frequency > 0) return { frequency_penalty: frequency };
  return presence > 0 ? { presence_penalty: presence } : {};
}

const between = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value));

function warnUnsupported(
  { sampling: { n, topLogprobs }, modalities, parallelToolCalls, tools }: ChatRequest,
  { warn }: WriteContext,
): void {
  if (n !== undefined && n > 1) warn('Only one answer was asked for: Cohere gives no more.');
  if (topLogprobs) warn('top_logprobs was left out: Cohere tells only the chosen token.');
  if (modalities?.some((modality) => modality.toLowerCase() !== 'text')) warn('Only text was asked for: Cohere answers in nothing else.');
  if (parallelToolCalls === false && tools) warn('The model may call several tools at once: Cohere cannot be told otherwise.');
}
