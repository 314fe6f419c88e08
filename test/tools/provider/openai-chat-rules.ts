import { asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import { isJson, Problems, unpaired, words } from './rules.ts';
import { objects } from './wire.ts';

/** Fields of the request as openai-node's `ChatCompletionCreateParams` lists them: the API refuses any other ("Unrecognized request argument"). */
const TOP =
  words(`messages model audio frequency_penalty function_call functions logit_bias logprobs max_completion_tokens max_tokens metadata
  modalities n parallel_tool_calls prediction presence_penalty prompt_cache_key prompt_cache_retention reasoning_effort response_format
  safety_identifier seed service_tier stop store stream stream_options temperature tool_choice tools top_logprobs top_p user verbosity web_search_options`);

const MESSAGE: Record<string, string[]> = {
  system: words('role content name'),
  developer: words('role content name'),
  user: words('role content name'),
  assistant: words('role content name refusal audio tool_calls function_call'),
  tool: words('role content tool_call_id'),
};

const PARTS: Record<string, string[]> = {
  system: ['text'],
  developer: ['text'],
  user: words('text image_url input_audio file'),
  assistant: words('text refusal'),
  tool: ['text'],
};

/** What api.openai.com would refuse. */
export function chatProblems(body: JsonObject): string[] {
  const problems = new Problems();
  problems.only(body, 'body', TOP);
  problems.unless(
    !('max_tokens' in body && 'max_completion_tokens' in body),
    'body',
    'max_tokens and max_completion_tokens exclude each other',
  );
  problems.unless(body.stream === true || !('stream_options' in body), 'stream_options', 'only with stream');
  problems.unless(objects(body.messages).length > 0, 'messages', 'empty');
  // Hosts that serve Claude in this dialect (OpenRouter, LiteLLM) take Anthropic's cache marks on content parts.
  const marks = /claude/.test(asString(body.model) ?? '') ? ['cache_control'] : [];
  for (const [index, message] of objects(body.messages).entries()) messageProblems(problems, message, `messages[${index}]`, marks);
  for (const [index, tool] of objects(body.tools).entries()) toolProblems(problems, tool, `tools[${index}]`);
  if ('tools' in body) problems.unless(objects(body.tools).length > 0, 'tools', 'empty');
  // OpenAI's reasoning models take max_completion_tokens instead of max_tokens, and no sampling but the default.
  for (const name of ['max_tokens', 'temperature', 'top_p']) problems.unsupported(body, name, /^(gpt-[5-9]|o\d)/);
  orderProblems(problems, objects(body.messages));
  return problems.found;
}

function messageProblems(problems: Problems, message: JsonObject, path: string, marks: string[]): void {
  const role = asString(message.role) ?? '';
  problems.unless(role in MESSAGE, path, `role ${role}`);
  problems.only(message, path, MESSAGE[role] ?? []);
  const { content } = message;
  if (Array.isArray(content)) {
    problems.unless(content.length > 0, path, 'content is an empty array');
    for (const part of objects(content)) {
      problems.unless(PARTS[role]?.includes(asString(part.type) ?? '') === true, path, `part ${part.type} in a ${role} message`);
      problems.only(part, path, ['type', asString(part.type) ?? '', ...marks]);
    }
  } else if (typeof content !== 'string') {
    problems.unless(role === 'assistant' && objects(message.tool_calls).length > 0, path, 'no content');
  }
  for (const call of objects(message.tool_calls)) callProblems(problems, call, path);
}

function callProblems(problems: Problems, call: JsonObject, path: string): void {
  problems.only(call, path, ['id', 'type', asString(call.type) ?? '']);
  problems.unless((asString(call.id) ?? '').length <= 40, path, 'a tool call id has at most 40 characters');
  const made = asObject(call.function);
  if (!made) return;
  problems.only(made, path, ['name', 'arguments']);
  problems.unless(isJson(made.arguments), path, 'arguments are not JSON');
}

function toolProblems(problems: Problems, tool: JsonObject, path: string): void {
  const type = asString(tool.type) ?? '';
  problems.unless(type === 'function' || type === 'custom', path, `type ${type}`);
  problems.only(tool, path, ['type', type]);
  const named = asObject(tool[type]) ?? {};
  problems.only(named, path, words(type === 'function' ? 'name description parameters strict' : 'name description format'));
  problems.unless(/^[a-zA-Z0-9_-]{1,64}$/.test(asString(named.name) ?? ''), path, `name ${named.name}`);
  const parameters = asObject(named.parameters);
  if (parameters) problems.unless(parameters.type === 'object', path, 'parameters are not of type object');
}

/** An answer with calls is followed at once by one tool message a call. */
function orderProblems(problems: Problems, messages: JsonObject[]): void {
  let open: string[] = [];
  for (const [index, message] of messages.entries()) {
    const path = `messages[${index}]`;
    if (message.role === 'tool') {
      const id = asString(message.tool_call_id) ?? '';
      problems.unless(open.includes(id), path, `answers no call of the message before it: ${id}`);
      open = open.filter((one) => one !== id);
      continue;
    }
    problems.unless(open.length === 0, path, `stands before the results of ${open.join(', ')}`);
    open = objects(message.tool_calls).map((call) => asString(call.id) ?? '');
  }
  unpaired(problems, open, []);
}
