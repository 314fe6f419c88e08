import { effortOf } from '../../conversation/effort.ts';
import { asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { BlockWriter } from '../anthropic-messages/blocks-write.ts';
import { finishTurns, writeMessages } from '../anthropic-messages/messages-write.ts';
import { traitsOf } from '../anthropic-messages/model-traits.ts';
import { outputSchema } from '../anthropic-messages/output-schema.ts';
import { warnUnsupported, writeSampling } from '../anthropic-messages/sampling-write.ts';
import { type WrittenThinking, writeThinking } from '../anthropic-messages/thinking-write.ts';
import { calledTools, writeToolChoice, writeTools } from '../anthropic-messages/tools-write.ts';
import type { Turn } from '../anthropic-messages/turns.ts';
import type { WriteContext } from '../dialect.ts';
import { ToolNames, toolNamesOf } from '../shared/tool-names.ts';
import { ConverseBlocks } from './blocks.ts';

/** Tool names as Bedrock takes them: `[a-zA-Z0-9_-]+`, at most 64 (ToolSpecification). */
export const toolNamesFor = (request: ChatRequest): ToolNames => new ToolNames(toolNamesOf(request), /^[a-zA-Z0-9_-]{1,64}$/, 64);

/**
 * The body of `POST /model/{modelId}/converse` and `…/converse-stream`. Turns, pairing of results and Claude's limits are those of
 * the Messages API, so its writers are used and their blocks renamed. Source: AWS API reference, Converse.
 */
export function writeRequest(request: ChatRequest, context: WriteContext): JsonObject {
  const traits = traitsOf(context.model);
  const { warn } = context;
  const writer: BlockWriter = { model: context.model, traits, names: toolNamesFor(request), signer: 'bedrock-converse', warn };
  const blocks = new ConverseBlocks(traits.claude || /nova/i.test(context.model), warn);
  const written = writeMessages(request, writer);
  const thinking: WrittenThinking = traits.claude
    ? writeThinking(request, context, traits, written.turns)
    : { maxTokens: request.sampling.maxTokens ?? 0, on: false };
  const turns = finishTurns(written.turns, traits.prefill && !thinking.on, warn);
  const system = written.system.flatMap((block) => blocks.withCache(block, { text: block.text }));
  const sampling = writeSampling(request, traits, thinking.on, warn);
  const forced = traits.forcedToolChoice && !(thinking.on && traits.claude);
  const toolConfig = writeToolConfig(request, forced, turns, blocks, writer);
  const more = {
    ...thinkingFields(thinking),
    ...(traits.claude ? {} : otherReasoning(request, context)),
    ...topK(sampling, context.model),
  };
  warnUnsupported(request, warn);
  return {
    messages: turns.map(({ role, content }) => ({ role, content: blocks.content(content) })).filter((turn) => turn.content.length > 0),
    ...(system.length > 0 ? { system } : {}),
    ...inferenceConfig(thinking.maxTokens, sampling),
    ...(toolConfig ? { toolConfig } : {}),
    ...(Object.keys(more).length > 0 ? { additionalModelRequestFields: more } : {}),
    ...outputConfig(request, context),
  };
}

function inferenceConfig(maxTokens: number, sampling: JsonObject): JsonObject {
  const config = {
    ...(maxTokens > 0 ? { maxTokens } : {}),
    ...(sampling.temperature === undefined ? {} : { temperature: sampling.temperature }),
    ...(sampling.top_p === undefined ? {} : { topP: sampling.top_p }),
    ...(sampling.stop_sequences === undefined ? {} : { stopSequences: sampling.stop_sequences }),
  };
  return Object.keys(config).length > 0 ? { inferenceConfig: config } : {};
}

/** What Converse has no field for goes in the model's own words. */
function thinkingFields({ thinking, effort }: WrittenThinking): JsonObject {
  return { ...(thinking ? { thinking } : {}), ...(effort === undefined ? {} : { output_config: { effort } }) };
}

function topK(sampling: JsonObject, model: string): JsonObject {
  if (sampling.top_k === undefined) return {};
  return /nova/i.test(model) ? { inferenceConfig: { topK: sampling.top_k } } : { top_k: sampling.top_k };
}

/** Reasoning of models other than Claude, where AWS names a switch: Nova 2 and gpt-oss. */
function otherReasoning(request: ChatRequest, { model, thinks, warn }: WriteContext): JsonObject {
  const effort = effortOf(request.reasoning);
  if (effort === undefined || thinks === false) return {};
  const level = effort === 'none' || effort === 'minimal' ? 'low' : effort === 'xhigh' || effort === 'max' ? 'high' : effort;
  if (/gpt-oss/i.test(model)) return { reasoning_effort: level };
  if (/nova-(?:premier-)?2/i.test(model)) {
    return { reasoningConfig: effort === 'none' ? { type: 'disabled' } : { type: 'enabled', maxReasoningEffort: level } };
  }
  if (effort !== 'none') warn('The reasoning effort was left out: this model has no such setting on Bedrock.');
  return {};
}

function writeToolConfig(
  request: ChatRequest,
  forced: boolean,
  turns: readonly Turn[],
  blocks: ConverseBlocks,
  writer: BlockWriter,
): JsonObject | undefined {
  const offered = (writeTools(request, writer) ?? []).filter((tool) => offerable(tool, writer.warn));
  // A conversation that holds calls must define tools, offered or not ("The toolConfig field must be defined").
  const tools = offered.length > 0 ? offered : calledTools(turns);
  if (tools.length === 0) return undefined;
  const { parallelToolCalls: _parallel, ...rest } = request;
  const choice = writeToolChoice(rest, forced, writer);
  if (choice?.type === 'none') writer.warn('The model may still call tools: Bedrock cannot forbid it while they are offered.');
  return {
    tools: tools.flatMap((tool) => blocks.withCache(tool, { toolSpec: toolSpec(tool) })),
    ...toolChoice(choice),
  };
}

function offerable(tool: JsonObject, warn: (message: string) => void): boolean {
  if (isObject(tool.input_schema)) return true;
  warn(`The tool ${String(tool.name ?? tool.type)} was left out: it has no schema that Bedrock could be given.`);
  return false;
}

function toolSpec(tool: JsonObject): JsonObject {
  const description = asString(tool.description);
  return { name: tool.name, ...(description ? { description } : {}), inputSchema: { json: tool.input_schema } };
}

function toolChoice(choice: JsonObject | undefined): JsonObject {
  switch (choice?.type) {
    case 'auto':
      return { toolChoice: { auto: {} } };
    case 'any':
      return { toolChoice: { any: {} } };
    case 'tool':
      return { toolChoice: { tool: { name: choice.name } } };
    default:
      return {};
  }
}

/** Structured output: the schema as JSON text (AWS API reference, OutputFormat and JsonSchemaDefinition). */
function outputConfig({ output }: ChatRequest, { warn }: WriteContext): JsonObject {
  if (!output || output.type === 'text') return {};
  if (output.type === 'json') {
    warn('JSON output without a schema was not asked for: Bedrock has no such setting.');
    return {};
  }
  const { name, description, schema } = output;
  const jsonSchema = { schema: JSON.stringify(outputSchema(schema)), ...(name ? { name } : {}), ...(description ? { description } : {}) };
  return { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } };
}
