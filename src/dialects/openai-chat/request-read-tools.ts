import { asArray, asObject, asString, type JsonObject, unknownFields } from '../../conversation/json.ts';
import type { CustomTool, FunctionTool, ServerTool, ServerToolKind, Tool, ToolChoice } from '../../conversation/request.ts';
import { DIALECT, keep } from './extensions.ts';
import { readCache } from './request-read-parts.ts';
import type { WireRequest, WireTool } from './schema.ts';

/** `tools`, the older `functions`, and `web_search_options`, which is a server tool in all but its place. */
export function readTools(wire: WireRequest): Tool[] {
  const tools: Tool[] = (wire.tools ?? []).map(readTool);
  for (const definition of wire.functions ?? []) tools.push(readFunction(definition as JsonObject, undefined, { legacy: true }));
  if (wire.web_search_options) {
    const raw = { web_search_options: wire.web_search_options as JsonObject };
    tools.push({ type: 'server', kind: 'web-search', dialect: DIALECT, raw });
  }
  return tools;
}

function readTool(wire: WireTool): Tool {
  const type = wire.type ?? 'function';
  const rest = unknownFields(wire as JsonObject, new Set(['type', 'function', 'custom', 'cache_control']));
  if (type === 'function' && wire.function) return readFunction(wire.function as JsonObject, wire as JsonObject, undefined, rest);
  if (type === 'custom' && wire.custom) return readCustom(wire.custom as JsonObject, rest);
  return { type: 'server', kind: serverKind(type), dialect: DIALECT, raw: wire as JsonObject } satisfies ServerTool;
}

function readFunction(definition: JsonObject, outer?: JsonObject, form?: JsonObject, rest?: JsonObject): FunctionTool {
  const inner = unknownFields(definition, new Set(['name', 'description', 'parameters', 'strict']));
  const cache = readCache(outer?.cache_control);
  const extensions = keep(inner || rest ? { ...rest, ...(inner ? { function: inner } : {}) } : undefined, form);
  const parameters = asObject(definition.parameters);
  return {
    type: 'function',
    name: asString(definition.name) ?? '',
    ...(typeof definition.description === 'string' ? { description: definition.description } : {}),
    ...(parameters ? { parameters } : {}),
    ...(typeof definition.strict === 'boolean' ? { strict: definition.strict } : {}),
    ...(cache ? { cache } : {}),
    ...(extensions ? { extensions } : {}),
  };
}

function readCustom(custom: JsonObject, rest: JsonObject | undefined): CustomTool {
  const format = readFormat(asObject(custom.format));
  const extensions = keep(rest);
  return {
    type: 'custom',
    name: asString(custom.name) ?? '',
    ...(typeof custom.description === 'string' ? { description: custom.description } : {}),
    ...(format ? { format } : {}),
    ...(extensions ? { extensions } : {}),
  };
}

/** Chat nests the grammar (`{type, grammar:{syntax, definition}}`), Responses does not; ours is the flat form. */
function readFormat(format: JsonObject | undefined): JsonObject | undefined {
  const grammar = asObject(format?.grammar);
  return grammar ? { type: 'grammar', ...grammar } : format;
}

function serverKind(type: string): ServerToolKind {
  if (/web[_-]?search/.test(type)) return 'web-search';
  if (/web[_-]?fetch/.test(type)) return 'web-fetch';
  return /code[_-]?(?:execution|interpreter)/.test(type) ? 'code-execution' : 'other';
}

/** The choice of tool; one in a vendor's own form (Mistral's `any`) is also kept as it came. */
export function readToolChoice(wire: WireRequest): { choice?: ToolChoice; kept?: JsonObject } {
  if (wire.tool_choice !== undefined) {
    const raw = wire.tool_choice as string | JsonObject;
    if (raw === 'any') return { choice: { type: 'required' }, kept: { tool_choice: raw } };
    const choice = typeof raw === 'string' ? choiceOfWord(raw) : choiceOfObject(raw);
    return choice ? { choice } : { kept: { tool_choice: raw } };
  }
  if (wire.function_call === undefined) return {};
  const choice =
    typeof wire.function_call === 'string' ? choiceOfWord(wire.function_call) : { type: 'tool' as const, name: wire.function_call.name };
  return choice ? { choice } : {};
}

function choiceOfWord(word: string): ToolChoice | undefined {
  return word === 'auto' || word === 'none' || word === 'required' ? { type: word } : undefined;
}

function choiceOfObject(raw: JsonObject): ToolChoice | undefined {
  const named = asString(asObject(raw.function)?.name);
  if (raw.type === 'function' && named !== undefined) return { type: 'tool', name: named };
  const custom = asString(asObject(raw.custom)?.name);
  if (raw.type === 'custom' && custom !== undefined) return { type: 'tool', name: custom, kind: 'custom' };
  const allowed = asObject(raw.allowed_tools);
  if (raw.type !== 'allowed_tools' || !allowed) return undefined;
  const names = asArray(allowed.tools).flatMap((tool) => allowedName(asObject(tool)) ?? []);
  return { type: 'allowed', names, mode: allowed.mode === 'required' ? 'required' : 'auto' };
}

function allowedName(tool: JsonObject | undefined): string | undefined {
  return asString(asObject(tool?.function)?.name) ?? asString(asObject(tool?.custom)?.name) ?? asString(tool?.name);
}
