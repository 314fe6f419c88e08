import { asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, CustomTool, FunctionTool } from '../../conversation/request.ts';
import { ToolNames, toolNamesOf } from '../shared/tool-names.ts';
import { ID, kept } from './extension.ts';

/**
 * A `namespace` tool holds tools that are called by name and `namespace` (Codex offers its MCP servers so). No other dialect
 * has them: each nested tool becomes a tool of its own, and its place is kept on it, so that a call finds its way back.
 */
export interface NamespaceEntry {
  /** The namespace's own fields but for `tools`. */
  namespace: JsonObject;
  /** The nested tool's own name. */
  name: string;
}

/** The name under which other dialects see a nested tool. */
export function flatName(namespace: string | null | undefined, name: string): string {
  if (!namespace) return name;
  return namespace.endsWith('__') ? namespace + name : `${namespace}__${name}`;
}

/** Where a tool was nested, or `undefined` for one of the top level. */
export function namespaceOf(tool: FunctionTool | CustomTool): NamespaceEntry | undefined {
  const nested = asObject(kept(tool).nested);
  const namespace = asObject(nested?.namespace);
  const name = asString(nested?.name);
  return namespace && name !== undefined ? { namespace, name } : undefined;
}

export interface WireName {
  name: string;
  namespace?: string;
}

/**
 * The wire names, by canonical name, of the tools whose two names differ: the nested ones of a client of this dialect, and those of
 * another dialect that the API would refuse.
 */
export function wireNames(request: ChatRequest): Map<string, WireName> {
  const names = new Map<string, WireName>();
  if (request.dialect !== ID) {
    const fitting = fittingNames(request);
    for (const name of toolNamesOf(request)) if (fitting.toVendor(name) !== name) names.set(name, { name: fitting.toVendor(name) });
    return names;
  }
  for (const tool of request.tools ?? []) {
    if (tool.type === 'server') continue;
    const entry = namespaceOf(tool);
    if (entry) names.set(tool.name, { name: entry.name, namespace: asString(entry.namespace.name) ?? '' });
  }
  return names;
}

/** "The name of the function … must be a-z, A-Z, 0-9, or contain underscores and dashes, with a maximum length of 64" (OpenAI's API reference). */
function fittingNames(request: ChatRequest): ToolNames {
  return new ToolNames(toolNamesOf(request), /^[a-zA-Z0-9_-]+$/, 64);
}

/**
 * The client's name for a tool that an answer calls. A client of another dialect offered no namespaces: the one that tool search
 * puts around its tools (recording openai-native-tool-search) is not part of the name it knows.
 */
export function clientNames(request: ChatRequest): ClientName {
  if (request.dialect === ID) return (name, namespace) => flatName(namespace, name);
  const fitting = fittingNames(request);
  return (name) => fitting.toClient(name);
}

export type ClientName = (name: string, namespace: string | undefined) => string;
