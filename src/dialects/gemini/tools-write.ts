import { asObject, type JsonObject } from '../../conversation/json.ts';
import type { FunctionTool, ServerTool, ToolChoice } from '../../conversation/request.ts';
import { customAsFunction } from '../shared/custom-tools.ts';
import type { Writing } from './part-write.ts';
import { reduceSchema } from './schema.ts';
import { withEnumTypes } from './schema-types.ts';

/** `tools`: all functions in one declaration list, vendor tools after it. */
export function writeTools(writing: Writing): JsonObject[] {
  const functions: JsonObject[] = [];
  const vendor: JsonObject[] = [];
  for (const tool of writing.request.tools ?? []) {
    if (tool.type === 'server') vendor.push(...writeVendorTool(tool, writing));
    else if (isOffered(tool.name, writing)) functions.push(writeFunction(tool.type === 'custom' ? customAsFunction(tool) : tool, writing));
  }
  const declared = functions.length > 0 ? [{ functionDeclarations: functions }] : [];
  if (functions.length === 0 || vendor.length === 0 || combines(writing)) return [...declared, ...vendor];
  // 400 "Built-in tools and Function Calling cannot be combined in the same request" up to 2.5.
  writing.context.warn(
    `${vendor.flatMap((tool) => Object.keys(tool)).join(', ')} was left out: this model takes no built-in tool beside functions.`,
  );
  return declared;
}

function combines(writing: Writing): boolean {
  return writing.family.major === undefined || writing.family.major >= 3;
}

/** "Only these, if any" has no mode that every version knows: the others are not offered then. */
function isOffered(name: string, writing: Writing): boolean {
  const choice = writing.request.toolChoice;
  if (writing.own || choice?.type !== 'allowed' || choice.mode !== 'auto') return true;
  return choice.names.includes(name);
}

function writeFunction(tool: FunctionTool, writing: Writing): JsonObject {
  const named: JsonObject = { name: writing.names.toVendor(tool.name) };
  if (tool.description !== undefined) named.description = tool.description;
  const kept = writing.own ? tool.extensions?.gemini : undefined;
  if (kept?.parameters !== undefined || kept?.parametersJsonSchema !== undefined) return { ...kept, ...named };
  return { ...kept, ...named, ...parametersOf(tool) };
}

/** A function without parameters leaves the field out, as the API reference says; the root must be an object. */
function parametersOf(tool: FunctionTool): JsonObject {
  const reduced = tool.parameters ? reduceSchema(tool.parameters) : {};
  const properties = asObject(reduced.properties);
  if (!properties || Object.keys(properties).length === 0) return {};
  return { parameters: withEnumTypes({ ...reduced, type: 'object' }) };
}

const VENDOR_TOOLS = {
  'web-search': { googleSearch: {} },
  'web-fetch': { urlContext: {} },
  'code-execution': { codeExecution: {} },
  other: undefined,
} as const;

function writeVendorTool(tool: ServerTool, writing: Writing): JsonObject[] {
  if (tool.dialect === 'gemini') return [tool.raw];
  const own = VENDOR_TOOLS[tool.kind];
  if (own) return [own];
  const name = tool.raw.type ?? tool.raw.name;
  writing.context.warn(`The ${typeof name === 'string' ? name : 'vendor'} tool was left out: Gemini has none like it.`);
  return [];
}

/** `toolConfig` for the tools that are sent. */
export function writeToolConfig(writing: Writing, tools: JsonObject[]): JsonObject {
  const functions = tools.some((tool) => tool.functionDeclarations !== undefined);
  const config: JsonObject = {};
  const choice = writing.request.toolChoice;
  // Without functions the API refuses a function calling config.
  if (choice && (functions || writing.own)) config.functionCallingConfig = callingConfig(choice, writing);
  // Gemini 3 takes both kinds together only with this flag (recording google-auto-mode-with-function-and-builtin-tools).
  if (!writing.own && functions && tools.length > 1) config.includeServerSideToolInvocations = true;
  return config;
}

function callingConfig(choice: ToolChoice, writing: Writing): JsonObject {
  const vendor = (names: string[]) => names.map((name) => writing.names.toVendor(name));
  switch (choice.type) {
    case 'auto':
      return { mode: isValidated(writing) ? 'VALIDATED' : 'AUTO' };
    case 'none':
      return { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: vendor([choice.name]) };
    case 'allowed':
      if (choice.mode === 'required') return { mode: 'ANY', allowedFunctionNames: vendor(choice.names) };
      return writing.own ? { mode: 'VALIDATED', allowedFunctionNames: vendor(choice.names) } : { mode: 'AUTO' };
  }
}

/** VALIDATED without names is AUTO whose calls keep to the schemas (https://ai.google.dev/api/caching#FunctionCallingConfig): Gemini's own word. */
function isValidated({ request, own }: Writing): boolean {
  const kept = own ? asObject(request.extensions?.gemini?.toolConfig) : undefined;
  return asObject(kept?.functionCallingConfig)?.mode === 'VALIDATED';
}
