import { asNumber, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, FunctionTool, ServerTool, Tool, ToolChoice } from '../../conversation/request.ts';
import { customAsFunction } from '../shared/custom-tools.ts';
import type { BlockWriter } from './blocks-write.ts';
import { objectRoot } from './input-schema.ts';
import type { Turn } from './turns.ts';
import { DIALECT, ownExtension, writeCache } from './vocabulary.ts';

/** The tools of a request, or `undefined` when it offers none that this API has. */
export function writeTools(request: ChatRequest, writer: BlockWriter): JsonObject[] | undefined {
  const tools = (request.tools ?? []).map((tool) => writeTool(tool, request, writer)).filter((tool) => tool !== undefined);
  return tools.length > 0 ? tools : undefined;
}

/** Definitions of the tools that a conversation calls, from their names alone. */
export function calledTools(turns: readonly Turn[]): JsonObject[] {
  const calls = turns.flatMap((turn) => turn.content.filter((block) => block.type === 'tool_use'));
  const names = new Set(calls.map((block) => String(block.name)));
  return [...names].map((name) => ({ name, input_schema: objectRoot(undefined) }));
}

function writeTool(tool: Tool, request: ChatRequest, writer: BlockWriter): JsonObject | undefined {
  switch (tool.type) {
    case 'function':
      return writeFunction(tool, request, writer);
    case 'custom':
      return writeFunction(customAsFunction(tool), request, writer);
    case 'server':
      return writeServerTool(tool, writer);
  }
}

function writeFunction(tool: FunctionTool, request: ChatRequest, { names }: BlockWriter): JsonObject {
  const own = ownExtension(tool);
  const name = names.toVendor(tool.name);
  // A tool that Anthropic defines: its models know the schema by the type.
  if (typeof own.type === 'string' && own.type !== 'custom') return { name, ...writeCache(tool.cache), ...own };
  return {
    name,
    ...(tool.description !== undefined ? { description: tool.description } : {}),
    input_schema: objectRoot(tool.parameters),
    // Elsewhere strictness is a default that costs nothing; here it compiles a grammar that refuses many schemas.
    ...(tool.strict !== undefined && request.dialect === DIALECT ? { strict: tool.strict } : {}),
    ...writeCache(tool.cache),
    ...own,
  };
}

function writeServerTool(tool: ServerTool, { warn }: BlockWriter): JsonObject | undefined {
  if (tool.dialect === DIALECT) return tool.raw;
  if (tool.kind === 'web-search') return webSearch(tool.raw);
  warn(`The tool ${String(tool.raw.type ?? tool.kind)} runs on another vendor's servers and was left out.`);
  return undefined;
}

/** Another vendor's web search as this one's, with the place and the domains that OpenAI's tool can name. */
function webSearch(raw: JsonObject): JsonObject {
  const place = isObject(raw.user_location) ? raw.user_location : undefined;
  const nested = isObject(place?.approximate) ? place.approximate : place;
  const location = nested && { user_location: { type: 'approximate', ...fields(nested, ['city', 'region', 'country', 'timezone']) } };
  const domains = isObject(raw.filters) && Array.isArray(raw.filters.allowed_domains) ? raw.filters.allowed_domains : [];
  const uses = asNumber(raw.max_uses);
  return {
    type: 'web_search_20250305',
    name: 'web_search',
    ...(uses === undefined ? {} : { max_uses: uses }),
    ...(domains.length > 0 ? { allowed_domains: domains } : {}),
    ...location,
  };
}

function fields(object: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => typeof object[name] === 'string').map((name) => [name, object[name]]));
}

/** `tool_choice`, with parallel calls switched off where asked. `forced`: whether the request may force a call at all. */
export function writeToolChoice(request: ChatRequest, forced: boolean, writer: BlockWriter): JsonObject | undefined {
  const single = request.parallelToolCalls === undefined ? {} : { disable_parallel_tool_use: !request.parallelToolCalls };
  const choice = request.toolChoice;
  if (!choice) return request.parallelToolCalls === false ? { type: 'auto', ...single } : undefined;
  const written = choiceOf(choice, writer);
  if (written.type === 'none') return written;
  if (forced || written.type === 'auto') return { ...written, ...single };
  writer.warn('The choice of a tool was left to the model: it cannot be forced with thinking on this model.');
  return { type: 'auto', ...single };
}

function choiceOf(choice: ToolChoice, { names }: BlockWriter): JsonObject {
  switch (choice.type) {
    case 'auto':
    case 'none':
      return { type: choice.type };
    case 'required':
      return { type: 'any' };
    case 'tool':
      return { type: 'tool', name: names.toVendor(choice.name) };
    case 'allowed':
      return { type: choice.mode === 'required' ? 'any' : 'auto' };
  }
}
