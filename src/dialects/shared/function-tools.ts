import type { ChatRequest, FunctionTool, Tool } from '../../conversation/request.ts';
import { customAsFunction } from './custom-tools.ts';

/** No properties: several templates and APIs insist on a schema. */
const NO_PARAMETERS = { type: 'object', properties: {} };

/**
 * The request's tools for targets that know functions alone and cannot be told which of them to call: only the tools that the choice
 * allows are offered (none for `none`). Tools of another vendor's servers are left out with a warning.
 */
export function functionTools(request: ChatRequest, warn: (message: string) => void): FunctionTool[] {
  const allowed = allowedNames(request);
  const tools = (request.tools ?? []).flatMap((tool) => asFunction(tool, warn));
  return allowed ? tools.filter(({ name }) => allowed.has(name)) : tools;
}

/** True when the model has to call one of the tools it is offered. */
export function mustCall({ toolChoice: choice }: ChatRequest): boolean {
  return choice?.type === 'required' || choice?.type === 'tool' || (choice?.type === 'allowed' && choice.mode === 'required');
}

function allowedNames({ toolChoice: choice }: ChatRequest): Set<string> | undefined {
  if (choice?.type === 'tool') return new Set([choice.name]);
  if (choice?.type === 'allowed') return new Set(choice.names);
  return choice?.type === 'none' ? new Set() : undefined;
}

function asFunction(tool: Tool, warn: (message: string) => void): FunctionTool[] {
  switch (tool.type) {
    case 'function':
      return [{ ...tool, parameters: tool.parameters ?? NO_PARAMETERS }];
    case 'custom':
      return [customAsFunction(tool)];
    case 'server':
      warn(`The server tool ${tool.kind === 'other' ? String(tool.raw.type ?? 'of another vendor') : tool.kind} was left out.`);
      return [];
  }
}
