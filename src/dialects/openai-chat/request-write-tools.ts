import { asObject, type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { CustomTool, FunctionTool, ServerTool, ToolChoice } from '../../conversation/request.ts';
import { customAsFunction, customToolNames } from '../shared/custom-tools.ts';
import { DIALECT, keptFields, keptForm } from './extensions.ts';
import { takesCacheMarks } from './model-facts.ts';
import type { Writing } from './request-write.ts';

/** `tools`, `functions` where the client used those, `web_search_options`, and `parallel_tool_calls`. */
export function writeTools(writing: Writing): JsonObject {
  const { request, own } = writing;
  const tools: JsonObject[] = [];
  const functions: JsonObject[] = [];
  const body: JsonObject = {};
  for (const tool of request.tools ?? []) {
    if (tool.type === 'function') {
      if (own && keptForm(tool.extensions).legacy === true) functions.push(definition(tool, writing));
      else tools.push(writeFunction(tool, writing));
    } else if (tool.type === 'custom') tools.push(own ? writeCustom(tool, writing) : writeFunction(customAsFunction(tool), writing));
    else writeServerTool(tool, writing, tools, body);
  }
  if (tools.length > 0) body.tools = tools;
  if (functions.length > 0) body.functions = functions;
  const parallel = request.parallelToolCalls;
  // `true` is everyone's default, and only OpenAI's family is sure to know the field: said only when it changes something.
  if (parallel !== undefined && (own || (parallel === false && tools.length > 0))) body.parallel_tool_calls = parallel;
  return body;
}

function definition(tool: FunctionTool, { names, own }: Writing): JsonObject {
  return withoutNulls({
    ...asObject(keptFields(tool.extensions).function),
    name: names.toVendor(tool.name),
    description: tool.description,
    // Absent means none to OpenAI, but several hosts insist on a schema.
    parameters: tool.parameters ?? (own ? undefined : { type: 'object', properties: {} }),
    strict: tool.strict,
  });
}

function writeFunction(tool: FunctionTool, writing: Writing): JsonObject {
  const { function: _inner, ...outer } = keptFields(tool.extensions);
  const marked = tool.cache && (writing.own || takesCacheMarks(writing.context.model));
  return {
    ...outer,
    type: 'function',
    function: definition(tool, writing),
    ...(marked ? { cache_control: withoutNulls({ type: 'ephemeral', ttl: tool.cache?.ttl }) } : {}),
  };
}

function writeCustom(tool: CustomTool, { names }: Writing): JsonObject {
  const custom = withoutNulls({ name: names.toVendor(tool.name), description: tool.description, format: writeFormat(tool.format) });
  return { ...keptFields(tool.extensions), type: 'custom', custom };
}

function writeFormat(format: JsonObject | undefined): JsonObject | undefined {
  if (format?.type !== 'grammar') return format;
  return { type: 'grammar', grammar: withoutNulls({ syntax: format.syntax, definition: format.definition }) };
}

function writeServerTool(tool: ServerTool, { context }: Writing, tools: JsonObject[], body: JsonObject): void {
  if (tool.dialect !== DIALECT) {
    const name = tool.kind === 'other' ? String(tool.raw.type ?? tool.raw.name ?? 'server') : tool.kind;
    context.warn(`The server tool ${name} was left out: this provider's API has none.`);
    return;
  }
  if (tool.raw.web_search_options !== undefined) body.web_search_options = tool.raw.web_search_options;
  else tools.push(tool.raw);
}

/** A choice without tools to choose from is a 400 at OpenAI: left out when no tool could be written. */
export function writeToolChoice(writing: Writing): JsonObject {
  const { request, own } = writing;
  const kept = keptFields(request.extensions);
  if (!request.toolChoice || kept.tool_choice !== undefined) return {};
  if (!own && !(request.tools ?? []).some((tool) => tool.type !== 'server' || tool.dialect === DIALECT)) return {};
  const choice = formOfChoice(request.toolChoice, writing);
  if (own && keptForm(request.extensions).legacyChoice === true) return { function_call: legacyChoice(request.toolChoice) };
  return { tool_choice: choice };
}

function legacyChoice(choice: ToolChoice): JsonObject | string {
  return choice.type === 'tool' ? { name: choice.name } : choice.type;
}

function formOfChoice(choice: ToolChoice, writing: Writing): JsonObject | string {
  switch (choice.type) {
    case 'auto':
    case 'none':
    case 'required':
      return choice.type;
    case 'tool':
      return named(choice.name, choice.kind === 'custom', writing);
    case 'allowed':
      return allowed(choice, writing);
  }
}

function named(name: string, custom: boolean, { names, own }: Writing): JsonObject {
  const vendor = { name: names.toVendor(name) };
  return custom && own ? { type: 'custom', custom: vendor } : { type: 'function', function: vendor };
}

/** `allowed_tools` is OpenAI's alone: from another dialect only its mode is said, or the one tool it allows. */
function allowed(choice: Extract<ToolChoice, { type: 'allowed' }>, writing: Writing): JsonObject | string {
  if (writing.own) {
    const custom = customToolNames(writing.request);
    const tools = choice.names.map((name) => named(name, custom.has(name), writing));
    return { type: 'allowed_tools', allowed_tools: { mode: choice.mode, tools } };
  }
  const [only, ...others] = choice.names;
  if (only !== undefined && others.length === 0 && choice.mode === 'required') return named(only, false, writing);
  writing.context.warn('The list of allowed tools was left out: all tools are offered.');
  return choice.mode;
}
