import { asArray, asObject, asString, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, CustomTool, FunctionTool, ServerToolKind, Tool, ToolChoice } from '../../conversation/request.ts';
import { ownTools } from './added-tools.ts';
import { ID, keep, kept, leftovers } from './extension.ts';
import { flatName, namespaceOf, wireNames } from './namespaces.ts';
import { check, customTool, functionTool, json, namespaceTool } from './schema.ts';

const SERVER_KIND: Record<string, ServerToolKind> = {
  web_search: 'web-search',
  web_search_2025_08_26: 'web-search',
  web_search_preview: 'web-search',
  web_search_preview_2025_03_11: 'web-search',
  code_interpreter: 'code-execution',
};

/** The request's `tools`. Throws the `GatewayError` of a bad field. */
export function readTools(tools: JsonObject[], path = 'tools'): Tool[] {
  return tools.flatMap((tool, index) => readTool(tool, `${path}[${index}]`));
}

function readTool(raw: JsonObject, path: string): Tool[] {
  switch (raw.type) {
    case 'function':
      return [readFunction(raw, path)];
    case 'custom':
      return [readCustom(raw, path)];
    case 'namespace':
      return readNamespace(raw, path);
    default:
      return [{ type: 'server', kind: SERVER_KIND[String(raw.type)] ?? 'other', dialect: ID, raw }];
  }
}

function readFunction(raw: JsonObject, path: string): FunctionTool {
  const tool = check(functionTool, raw, path);
  return {
    type: 'function',
    name: tool.name,
    ...(tool.description == null ? {} : { description: tool.description }),
    ...(tool.parameters == null ? {} : { parameters: json(tool.parameters) }),
    ...(tool.strict == null ? {} : { strict: tool.strict }),
    ...keep({ tool: leftovers(raw, ['type', 'name', 'description', 'parameters', 'strict']) }),
  };
}

function readCustom(raw: JsonObject, path: string): CustomTool {
  const tool = check(customTool, raw, path);
  return {
    type: 'custom',
    name: tool.name,
    ...(tool.description == null ? {} : { description: tool.description }),
    ...(tool.format == null ? {} : { format: json(tool.format) }),
    ...keep({ tool: leftovers(raw, ['type', 'name', 'description', 'format']) }),
  };
}

/** A namespace that is empty, or holds what is neither function nor custom tool, stays whole and is known to this dialect alone. */
function readNamespace(raw: JsonObject, path: string): Tool[] {
  const { name, tools } = check(namespaceTool, raw, path);
  const readable = tools.length > 0 && tools.every((tool) => tool.type === 'function' || tool.type === 'custom');
  if (!readable) return [{ type: 'server', kind: 'other', dialect: ID, raw }];
  const { tools: _nested, ...namespace } = raw;
  return tools.map((nested, index) => {
    const where = `${path}.tools[${index}]`;
    const tool = nested.type === 'custom' ? readCustom(json(nested), where) : readFunction(json(nested), where);
    return { ...tool, name: flatName(name, tool.name), ...keep({ ...kept(tool), nested: { namespace, name: tool.name } }) };
  });
}

/** The `tools` for the vendor. Neighbours of one namespace go back into it. */
export function writeTools(request: ChatRequest, warn: (message: string) => void): JsonObject[] {
  const own = request.dialect === ID;
  const wire = wireNames(request);
  const written: JsonObject[] = [];
  let open: { namespace: JsonObject; tools: Json[] } | undefined;
  for (const tool of ownTools(request)) {
    const entry = tool.type === 'server' ? undefined : namespaceOf(tool);
    if (tool.type === 'server' || !entry) {
      open = undefined;
      const named = tool.type === 'server' ? tool : { ...tool, name: wire.get(tool.name)?.name ?? tool.name };
      const one = writeTool(named, own, warn);
      if (one) written.push(one);
      continue;
    }
    if (open?.namespace !== entry.namespace && JSON.stringify(open?.namespace) !== JSON.stringify(entry.namespace)) {
      open = { namespace: entry.namespace, tools: [] };
      written.push({ ...entry.namespace, tools: open.tools });
    }
    open?.tools.push(writeTool({ ...tool, name: entry.name }, own, warn));
  }
  return written;
}

function writeTool(tool: FunctionTool | CustomTool, own: boolean, warn: (message: string) => void): JsonObject;
function writeTool(tool: Tool, own: boolean, warn: (message: string) => void): JsonObject | undefined;
function writeTool(tool: Tool, own: boolean, warn: (message: string) => void): JsonObject | undefined {
  switch (tool.type) {
    case 'function':
      return writeFunction(tool, own);
    case 'custom':
      return {
        ...asObject(kept(tool).tool),
        type: 'custom',
        name: tool.name,
        ...(tool.description === undefined ? {} : { description: tool.description }),
        ...(tool.format === undefined ? {} : { format: tool.format }),
      };
    case 'server':
      return tool.dialect === ID ? tool.raw : foreignServerTool(tool.kind, warn);
  }
}

function writeFunction(tool: FunctionTool, own: boolean): JsonObject {
  // The API takes a missing `strict` as true, which refuses most schemas (optional properties): what the client did not ask for is false.
  const strict = tool.strict ?? (own ? undefined : false);
  const parameters = tool.parameters ?? (own ? undefined : { type: 'object', properties: {} });
  return {
    ...asObject(kept(tool).tool),
    type: 'function',
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(strict === undefined ? {} : { strict }),
  };
}

function foreignServerTool(kind: ServerToolKind, warn: (message: string) => void): JsonObject | undefined {
  switch (kind) {
    case 'web-search':
      return { type: 'web_search' };
    case 'code-execution':
      return { type: 'code_interpreter', container: { type: 'auto' } };
    case 'web-fetch':
    case 'other':
      warn('A server-side tool was left out: the OpenAI Responses API has no such tool.');
      return undefined;
  }
}

/** The canonical tool choice; `undefined` for forms only this dialect knows (a hosted tool by type), which are kept raw. */
export function readToolChoice(choice: string | JsonObject | null | undefined): ToolChoice | undefined {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice };
  const raw = asObject(choice);
  const name = asString(raw?.name);
  if (raw?.type === 'function' && name !== undefined) return { type: 'tool', name: flatName(asString(raw.namespace), name) };
  if (raw?.type === 'custom' && name !== undefined) return { type: 'tool', name: flatName(asString(raw.namespace), name), kind: 'custom' };
  if (raw?.type === 'allowed_tools') {
    const names = asArray(raw.tools).flatMap((tool) => {
      const allowed = asObject(tool);
      const one = asString(allowed?.name);
      return one === undefined ? [] : [flatName(asString(allowed?.namespace), one)];
    });
    return { type: 'allowed', names, mode: raw.mode === 'required' ? 'required' : 'auto' };
  }
  return undefined;
}

export function writeToolChoice(choice: ToolChoice, request: ChatRequest): Json {
  const wire = wireNames(request);
  const custom = new Set((request.tools ?? []).flatMap((tool) => (tool.type === 'custom' ? [tool.name] : [])));
  const named = (name: string): JsonObject => ({
    type: custom.has(name) ? 'custom' : 'function',
    ...(wire.get(name) ?? { name }),
  });
  switch (choice.type) {
    case 'auto':
    case 'none':
    case 'required':
      return choice.type;
    case 'tool':
      return named(choice.name);
    case 'allowed':
      return { type: 'allowed_tools', mode: choice.mode, tools: choice.names.map(named) };
  }
}
