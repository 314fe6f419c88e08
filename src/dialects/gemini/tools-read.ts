import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { FunctionTool, ServerToolKind, Tool, ToolChoice } from '../../conversation/request.ts';
import { kept } from './part-read.ts';
import { jsonSchemaOf } from './schema-read.ts';

const KIND_OF_TOOL: Record<string, ServerToolKind> = {
  googleSearch: 'web-search',
  googleSearchRetrieval: 'web-search',
  enterpriseWebSearch: 'web-search',
  urlContext: 'web-fetch',
  codeExecution: 'code-execution',
};

/** One `Tool` message may hold declarations and vendor tools side by side: each becomes a tool of its own. */
export function readTools(tools: Json[]): Tool[] {
  return tools.flatMap((tool) => (isObject(tool) ? readTool(tool) : []));
}

function readTool(tool: JsonObject): Tool[] {
  return Object.entries(tool).flatMap(([field, value]): Tool[] => {
    if (value === undefined || value === null) return [];
    if (field === 'functionDeclarations') return asArray(value).flatMap((item) => (isObject(item) ? [readDeclaration(item)] : []));
    return [{ type: 'server', kind: KIND_OF_TOOL[field] ?? 'other', dialect: 'gemini', raw: { [field]: value } }];
  });
}

function readDeclaration(declaration: JsonObject): FunctionTool {
  const { name, description, parameters, parametersJsonSchema, ...rest } = declaration;
  const schema = asObject(parametersJsonSchema) ?? (isObject(parameters) ? jsonSchemaOf(parameters) : undefined);
  const text = asString(description);
  return {
    type: 'function',
    name: asString(name) ?? '',
    ...(text === undefined ? {} : { description: text }),
    ...(schema ? { parameters: schema } : {}),
    // The schema as written goes back unchanged to the same dialect.
    ...kept({
      ...rest,
      ...(isObject(parameters) ? { parameters } : {}),
      ...(isObject(parametersJsonSchema) ? { parametersJsonSchema } : {}),
    }),
  };
}

/** Mode by number, as Vertex takes it with integer enums. */
const MODES = ['MODE_UNSPECIFIED', 'AUTO', 'ANY', 'NONE', 'VALIDATED'];

/** The tool choice, and what of `toolConfig` it does not say. */
export function readToolConfig(config: JsonObject | undefined): { choice?: ToolChoice; rest: JsonObject } {
  if (!config) return { rest: {} };
  const { functionCallingConfig, ...rest } = config;
  const { mode, allowedFunctionNames, ...callingRest } = asObject(functionCallingConfig) ?? {};
  const names = asArray(allowedFunctionNames).filter((name) => typeof name === 'string');
  const word = typeof mode === 'number' ? MODES[mode] : asString(mode)?.toUpperCase();
  const choice = choiceOf(word, names);
  const calling = { ...callingRest, ...(word === 'VALIDATED' ? { mode: word } : {}) };
  return { ...(choice ? { choice } : {}), rest: Object.keys(calling).length > 0 ? { ...rest, functionCallingConfig: calling } : rest };
}

function choiceOf(mode: string | undefined, names: string[]): ToolChoice | undefined {
  switch (mode) {
    case 'AUTO':
      return { type: 'auto' };
    case 'NONE':
      return { type: 'none' };
    case 'VALIDATED':
      return names.length > 0 ? { type: 'allowed', names, mode: 'auto' } : { type: 'auto' };
    case 'ANY': {
      const [only, ...others] = names;
      if (only === undefined) return { type: 'required' };
      return others.length === 0 ? { type: 'tool', name: only } : { type: 'allowed', names, mode: 'required' };
    }
    default:
      return undefined;
  }
}
