import { asArray, asNumber, asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import { isJson, Problems, unpaired, words } from './rules.ts';
import { objects } from './wire.ts';

/** Fields as in openai-node's `ResponseCreateParams`: the API refuses any other ("Unknown parameter"). */
const TOP =
  words(`background context_management conversation include input instructions max_output_tokens max_tool_calls metadata model moderation
  parallel_tool_calls previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention reasoning safety_identifier
  service_tier store stream stream_options temperature text tool_choice tools top_logprobs top_p truncation user client_metadata`);

interface ItemRule {
  fields: string[];
  /** What an item id must begin with. */
  id?: string;
}

const ITEMS: Record<string, ItemRule> = {
  message: { fields: words('type id role content status phase'), id: 'msg' },
  function_call: { fields: words('type id call_id name namespace arguments status caller'), id: 'fc' },
  function_call_output: { fields: words('type id call_id output status caller') },
  custom_tool_call: { fields: words('type id call_id name namespace input status caller'), id: 'ctc' },
  custom_tool_call_output: { fields: words('type id call_id output status caller') },
  reasoning: { fields: words('type id summary content encrypted_content status'), id: 'rs' },
};

const TOOLS: Record<string, string[]> = {
  function: words('type name description parameters strict allowed_callers defer_loading output_schema'),
  custom: words('type name description format allowed_callers defer_loading'),
  namespace: words('type name description tools'),
};

/** What api.openai.com would refuse. Items and tools this list does not know are left alone. */
export function responsesProblems(body: JsonObject): string[] {
  const problems = new Problems();
  problems.only(body, 'body', TOP);
  const most = asNumber(body.max_output_tokens);
  problems.unless(most === undefined || most >= 16, 'max_output_tokens', 'at least 16');
  const items = objects(body.input);
  problems.unless(typeof body.input === 'string' || items.length > 0, 'input', 'empty');
  for (const [index, item] of items.entries()) itemProblems(problems, item, `input[${index}]`);
  for (const [index, tool] of objects(body.tools).entries()) toolProblems(problems, tool, `tools[${index}]`);
  for (const name of ['temperature', 'top_p']) problems.unsupported(body, name, /^(gpt-[5-9]|o\d)/);
  unpaired(problems, callIds(items, 'call'), callIds(items, 'call_output'));
  return problems.found;
}

const callIds = (items: JsonObject[], ending: 'call' | 'call_output'): string[] =>
  items
    .filter((item) => item.type === (ending === 'call' ? 'function_call' : 'function_call_output') || item.type === `custom_tool_${ending}`)
    .map((item) => asString(item.call_id) ?? '');

function itemProblems(problems: Problems, item: JsonObject, path: string): void {
  const type = asString(item.type) ?? (item.role === undefined ? '' : 'message');
  const rule = ITEMS[type];
  if (!rule) return;
  problems.only(item, path, rule.fields);
  const id = asString(item.id);
  if (rule.id !== undefined && id !== undefined) problems.unless(id.startsWith(`${rule.id}_`), path, `id ${id} of a ${type}`);
  if (type === 'message') messageProblems(problems, item, path);
  const call = asString(item.call_id);
  if (call !== undefined) problems.unless(call.length > 0 && call.length <= 64, path, 'call_id has 1 to 64 characters');
  if (type === 'function_call') problems.unless(isJson(item.arguments), path, 'arguments are not JSON');
  if (type === 'reasoning') problems.unless(Array.isArray(item.summary), path, 'no summary');
}

function messageProblems(problems: Problems, item: JsonObject, path: string): void {
  const role = asString(item.role) ?? '';
  problems.unless(['system', 'developer', 'user', 'assistant'].includes(role), path, `role ${role}`);
  const fit = role === 'assistant' ? ['output_text', 'refusal'] : ['input_text', 'input_image', 'input_file'];
  for (const part of objects(item.content)) problems.unless(fit.includes(asString(part.type) ?? ''), path, `${part.type} from ${role}`);
}

function toolProblems(problems: Problems, tool: JsonObject, path: string): void {
  const fields = TOOLS[asString(tool.type) ?? ''];
  if (!fields) return;
  problems.only(tool, path, fields);
  problems.unless(/^[a-zA-Z0-9_-]{1,128}$/.test(asString(tool.name) ?? ''), path, `name ${tool.name}`);
  for (const inner of objects(tool.tools)) toolProblems(problems, inner, `${path}.${tool.name}`);
  const parameters = asObject(tool.parameters);
  if (tool.type === 'function' && parameters) problems.unless(parameters.type === 'object', path, 'parameters are not of type object');
  if (tool.strict === true && parameters) strictProblems(problems, parameters, path);
}

/** Strict schemas close every object and require every property. */
function strictProblems(problems: Problems, schema: JsonObject, path: string): void {
  const properties = asObject(schema.properties);
  if (properties) {
    problems.unless(schema.additionalProperties === false, path, 'a strict object is not closed');
    const required = asArray(schema.required);
    for (const name of Object.keys(properties)) problems.unless(required.includes(name), path, `strict, but ${name} is not required`);
    for (const [name, inner] of Object.entries(properties)) strictProblems(problems, asObject(inner) ?? {}, `${path}.${name}`);
  }
  const items = asObject(schema.items);
  if (items) strictProblems(problems, items, `${path}[]`);
}
