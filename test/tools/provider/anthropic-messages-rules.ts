import { asArray, asNumber, asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import { Problems, unpaired, words } from './rules.ts';
import { objects } from './wire.ts';

/** Fields as in the official SDK's `MessageCreateParams`: the API refuses any other ("Extra inputs are not permitted"). */
const TOP = words(`max_tokens messages model cache_control container inference_geo metadata output_config service_tier stop_sequences stream
  system thinking tool_choice tools temperature top_k top_p`);

const BLOCKS: Record<string, string[]> = {
  text: words('type text cache_control citations'),
  image: words('type source cache_control'),
  document: words('type source cache_control citations context title'),
  thinking: words('type thinking signature'),
  redacted_thinking: words('type data'),
  tool_use: words('type id name input cache_control caller'),
  tool_result: words('type tool_use_id content is_error cache_control'),
};

const TOOL = words(
  'type name description input_schema cache_control strict defer_loading allowed_callers eager_input_streaming input_examples',
);

/** The proof the scripted model hangs on its thoughts: it must come back unchanged while the tools run. */
export const THOUGHT_SIGNATURE = 'EqQBCkYIBxgCKkDm8vYkd3yPq0mP1l5c8rXbZ9nWfYw7s0KXy4tT6jZ2uQh3m5v1ePzOaS9dLkGiRcNxHbVwUfDq';

/** What api.anthropic.com would refuse without any beta. */
export function messagesProblems(body: JsonObject): string[] {
  const problems = new Problems();
  problems.only(body, 'body', TOP);
  problems.unless((asNumber(body.max_tokens) ?? 0) > 0, 'max_tokens', 'required');
  const messages = objects(body.messages);
  problems.unless(messages[0]?.role === 'user', 'messages[0]', 'the first message is not from the user');
  for (const [index, message] of messages.entries()) messageProblems(problems, message, `messages[${index}]`);
  for (const [index, block] of objects(body.system).entries()) blockProblems(problems, block, `system[${index}]`);
  for (const [index, tool] of objects(body.tools).entries()) toolProblems(problems, tool, `tools[${index}]`);
  modelProblems(problems, body);
  orderProblems(problems, messages);
  thinkingProblems(problems, body, messages);
  const marks = JSON.stringify(body).split('"cache_control":{').length - 1;
  problems.unless(marks <= 4, 'cache_control', `${marks} of at most 4`);
  return problems.found;
}

/** What single models refuse: both samplings at once since Opus 4.1; from Opus 4.7 on any sampling, and a thinking budget. */
function modelProblems(problems: Problems, body: JsonObject): void {
  const model = asString(body.model) ?? '';
  const sampling = ['temperature', 'top_p', 'top_k'].filter((field) => body[field] !== undefined);
  if (/claude-sonnet-4-5/.test(model)) {
    problems.unless(
      !(sampling.includes('temperature') && sampling.includes('top_p')),
      model,
      'temperature and top_p cannot both be specified',
    );
    problems.unless(asObject(body.output_config)?.effort === undefined, model, 'does not support the effort parameter');
    problems.unless(asObject(body.thinking)?.type !== 'adaptive', model, 'adaptive thinking is not supported');
  }
  if (/claude-opus-4-8/.test(model)) {
    problems.unless(sampling.length === 0, model, `${sampling.join(', ')} is not supported`);
    problems.unless(asObject(body.thinking)?.type !== 'enabled', model, '"thinking.type.enabled" is not supported');
  }
}

function messageProblems(problems: Problems, message: JsonObject, path: string): void {
  problems.unless(message.role === 'user' || message.role === 'assistant', path, `role ${message.role}`);
  problems.only(message, path, ['role', 'content']);
  if (typeof message.content === 'string') {
    problems.unless(message.content.trim() !== '', path, 'empty text');
    return;
  }
  problems.unless(objects(message.content).length > 0, path, 'no content');
  for (const [index, block] of objects(message.content).entries()) blockProblems(problems, block, `${path}.content[${index}]`);
}

function blockProblems(problems: Problems, block: JsonObject, path: string): void {
  const type = asString(block.type) ?? '';
  problems.unless(type in BLOCKS, path, `block ${type}`);
  problems.only(block, path, BLOCKS[type] ?? []);
  if (type === 'text') problems.unless((asString(block.text) ?? '').trim() !== '', path, 'text holds nothing but white space');
  if (type === 'tool_use') {
    problems.unless(/^[a-zA-Z0-9_-]+$/.test(asString(block.id) ?? ''), path, `id ${block.id}`);
    problems.unless(asObject(block.input) !== undefined, path, 'input is not an object');
  }
  if (type === 'tool_result') {
    for (const inner of objects(block.content)) {
      problems.unless(['text', 'image', 'document'].includes(asString(inner.type) ?? ''), path, `holds ${inner.type}`);
      blockProblems(problems, inner, `${path}.content`);
    }
  }
}

function toolProblems(problems: Problems, tool: JsonObject, path: string): void {
  // Anthropic's own tools (web search, …) are dated types with fields of their own.
  if (/_\d{8}$/.test(asString(tool.type) ?? '')) return;
  problems.only(tool, path, TOOL);
  problems.unless(/^[a-zA-Z0-9_-]{1,128}$/.test(asString(tool.name) ?? ''), path, `name ${tool.name}`);
  problems.unless(asObject(tool.input_schema)?.type === 'object', path, 'input_schema is not of type object');
}

/** Every `tool_use` has its `tool_result` at the start of the next message. */
function orderProblems(problems: Problems, messages: JsonObject[]): void {
  for (const [index, message] of messages.entries()) {
    const calls = ids(message, 'tool_use', 'id');
    const next = messages[index + 1];
    if (calls.length > 0) unpaired(problems, calls, next?.role === 'user' ? ids(next, 'tool_result', 'tool_use_id') : []);
    const types = objects(message.content).map((block) => block.type);
    const results = types.filter((type) => type === 'tool_result').length;
    const leading = types.slice(0, results).every((type) => type === 'tool_result');
    problems.unless(leading, `messages[${index}]`, 'tool results do not come first');
    const before = messages[index - 1];
    if (results > 0)
      problems.unless(before !== undefined && ids(before, 'tool_use', 'id').length > 0, `messages[${index}]`, 'results without calls');
  }
}

const ids = (message: JsonObject, type: string, field: string): string[] =>
  objects(message.content)
    .filter((block) => block.type === type)
    .map((block) => asString(block[field]) ?? '');

/** With a thinking budget, an answer that called tools starts with its thoughts, unchanged; adaptive thinking does not ask for them (docs: adaptive thinking). */
function thinkingProblems(problems: Problems, body: JsonObject, messages: JsonObject[]): void {
  const thinking = asObject(body.thinking);
  if (thinking?.type !== 'enabled' && thinking?.type !== 'adaptive') return;
  const budget = asNumber(thinking.budget_tokens);
  if (budget !== undefined) {
    problems.unless(
      budget >= 1024 && budget < (asNumber(body.max_tokens) ?? 0),
      'thinking',
      `budget ${budget} is not between 1024 and max_tokens`,
    );
  }
  problems.unless(body.temperature === undefined || body.temperature === 1, 'temperature', 'must be 1 with thinking');
  problems.unless(body.top_k === undefined, 'top_k', 'not with thinking');
  const forced = ['any', 'tool'].includes(asString(asObject(body.tool_choice)?.type) ?? '');
  problems.unless(!forced, 'tool_choice', 'no forced tool with thinking');
  const last = messages.findLast((message) => message.role === 'assistant');
  if (!last || ids(last, 'tool_use', 'id').length === 0) return;
  const [first] = asArray(last.content);
  const { type, signature } = asObject(first) ?? {};
  const thought = type === 'thinking' || type === 'redacted_thinking';
  problems.unless(thought || thinking.type === 'adaptive', 'messages', `Expected thinking, but found ${type}`);
  if (type === 'thinking') problems.unless(signature === THOUGHT_SIGNATURE, 'messages', 'Invalid signature in thinking block');
}
