import { asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, CustomTool, FunctionTool } from '../../conversation/request.ts';
import { kept } from './extension.ts';

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

/** The wire names of every tool of the request, by canonical name. */
export function wireNames(request: ChatRequest): Map<string, WireName> {
  const names = new Map<string, WireName>();
  for (const tool of request.tools ?? []) {
    if (tool.type === 'server') continue;
    const entry = namespaceOf(tool);
    if (entry) names.set(tool.name, { name: entry.name, namespace: asString(entry.namespace.name) ?? '' });
  }
  return names;
}
