import { asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { FunctionTool, ServerToolKind, Tool, ToolChoice } from '../../conversation/request.ts';
import { clientToolSchema } from './client-tools.ts';
import { DIALECT, extensionOf, readCache } from './vocabulary.ts';

const CUSTOM = new Set(['name', 'description', 'input_schema', 'strict', 'cache_control']);
const NAMED = new Set(['name', 'cache_control']);

export function readTools(tools: Json[]): Tool[] {
  return tools.filter(isObject).map(readTool);
}

/**
 * A tool with a schema is a function. A tool that Anthropic defines and the client runs (`bash_*`, `text_editor_*`, `memory_*`)
 * becomes a function with the schema its models were taught, so that other vendors can call it; its own type is kept beside.
 * Everything else runs on Anthropic's servers, or is known to Anthropic alone.
 */
function readTool(tool: JsonObject): Tool {
  const type = asString(tool.type);
  if (type === undefined || type === 'custom' || isObject(tool.input_schema)) return readCustom(tool);
  const known = clientToolSchema(type);
  const name = asString(tool.name);
  if (known && name !== undefined) {
    return { type: 'function', name, ...known, ...readCache(tool.cache_control), ...extensionOf(tool, NAMED) };
  }
  return { type: 'server', kind: kindOf(type), dialect: DIALECT, raw: tool };
}

function readCustom(tool: JsonObject): FunctionTool {
  const description = asString(tool.description);
  const parameters = asObject(tool.input_schema);
  return {
    type: 'function',
    name: asString(tool.name) ?? '',
    ...(description === undefined ? {} : { description }),
    ...(parameters ? { parameters } : {}),
    ...(typeof tool.strict === 'boolean' ? { strict: tool.strict } : {}),
    ...readCache(tool.cache_control),
    ...extensionOf(tool, CUSTOM),
  };
}

function kindOf(type: string): ServerToolKind {
  if (type.startsWith('web_search_')) return 'web-search';
  if (type.startsWith('web_fetch_')) return 'web-fetch';
  return type.startsWith('code_execution_') ? 'code-execution' : 'other';
}

export function readToolChoice(choice: JsonObject): ToolChoice | undefined {
  switch (choice.type) {
    case 'auto':
      return { type: 'auto' };
    case 'any':
      return { type: 'required' };
    case 'none':
      return { type: 'none' };
    case 'tool':
      return { type: 'tool', name: asString(choice.name) ?? '' };
    default:
      return undefined;
  }
}
