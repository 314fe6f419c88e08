import { isObject, type Json, type JsonObject } from '../conversation/json.ts';

/** Without these there is no request: a complaint about one is the client's to read. */
const ESSENTIAL = new Set(['model', 'messages', 'input', 'contents', 'system', 'systeminstruction', 'instructions', 'prompt', 'stream']);

/** A parameter as vendors write it: `temperature`, `thinking.budget_tokens`, `tools.0.custom.strict`, `tools[0].function.strict`. */
const NAME = String.raw`([A-Za-z_][\w-]*(?:\.[\w-]+|\[\d+\])*)`;
const QUOTED = `["'\x60“‘]?${NAME}["'\x60”’]?`;

/** One line a vendor's wording; the parameter is the only group. */
const WORDINGS: readonly RegExp[] = [
  // OpenAI: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
  new RegExp(
    `(?:unsupported|unknown|unrecognized|unexpected|invalid|extra) (?:request )?(?:parameter|field|argument|property|key)(?:s)?(?: supplied)?:? +${QUOTED}`,
    'i',
  ),
  // OpenAI: "Unsupported value: 'temperature' does not support 0.2 with this model."
  new RegExp(`unsupported value: ${QUOTED} does not support`, 'i'),
  // Google: Invalid JSON payload received. Unknown name "foo" at 'generation_config': Cannot find field.
  new RegExp(`unknown name ${QUOTED}`, 'i'),
  // Anthropic: "context_management: Extra inputs are not permitted"
  new RegExp(`${NAME}: extra inputs are not permitted`, 'i'),
  // Anthropic: "\x60temperature\x60 is deprecated for this model."
  new RegExp(
    `["'\x60]${NAME}["'\x60] (?:parameter )?(?:is|are) (?:deprecated|not supported|unsupported|not allowed|not permitted|not available|no longer supported)`,
    'i',
  ),
  // Groq: "property 'logit_bias' is unsupported"
  new RegExp(`property ["'\x60]${NAME}["'\x60] is unsupported`, 'i'),
  // xAI: "Model grok-4 does not support parameter presencePenalty."
  new RegExp(`does not support (?:the )?(?:parameter|field|argument) ${QUOTED}`, 'i'),
  // vLLM and others: "parameter temperature is not supported"
  new RegExp(
    `(?:parameter|field|argument) ${QUOTED} (?:is|are) (?:not supported|unsupported|not allowed|not permitted|deprecated|unknown)`,
    'i',
  ),
];

/** The path's segments: `tools[0].function.strict` and `tools.0.function.strict` alike. */
const segmentsOf = (path: string): string[] => path.replace(/\[(\d+)\]/g, '.$1').split('.');

/**
 * The parameter a 400 names as the one too many, as a path into the body, or `undefined` when the message speaks of something else or of
 * a field no request can do without.
 */
export function unsupportedParameter(message: string): string | undefined {
  for (const wording of WORDINGS) {
    // FastAPI hosts name the place from the body on: "body.messages.2.assistant.name: Extra inputs are not permitted".
    const path = wording.exec(message)?.[1]?.replace(/^body\./, '');
    if (path !== undefined) return isEssential(path) ? undefined : path;
  }
  return undefined;
}

/** The whole list of messages is essential; one unknown field inside it is not. */
function isEssential(path: string): boolean {
  const segments = segmentsOf(path);
  const last = segments.at(-1) ?? '';
  return (
    /^\d+$/.test(last) || ESSENTIAL.has((segments.length === 1 ? path : last).toLowerCase()) || ['role', 'content', 'type'].includes(last)
  );
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The key as the object has it: vendors name `presencePenalty` what the body calls `presence_penalty`, and the other way round. */
function keyIn(object: JsonObject, name: string): string | undefined {
  return [name, camel(name), snake(name)].find((key) => object[key] !== undefined);
}

function without(value: Json, segments: readonly string[]): Json {
  const [first, ...rest] = segments;
  if (first === undefined) return value;
  if (Array.isArray(value)) {
    const at = Number(first);
    const item = value[at];
    if (item === undefined || rest.length === 0) return value;
    const next = without(item, rest);
    return next === item ? value : value.with(at, next);
  }
  if (!isObject(value)) return value;
  const key = keyIn(value, first);
  // Anthropic puts a union's tag into the path (`tools.0.custom.strict`), which the body does not have.
  if (key === undefined) return rest.length > 0 ? without(value, rest) : value;
  if (rest.length === 0) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  const child = value[key];
  if (child === undefined) return value;
  const next = without(child, rest);
  return next === child ? value : { ...value, [key]: next };
}

/**
 * A copy of the body without the parameter at `path`; the same object when it has none there. A bare name that the top level lacks is
 * looked for one level down (Gemini's `generationConfig`), and in each chat message (Groq names a message's field alone).
 */
export function withoutParameter(body: JsonObject, path: string): JsonObject {
  if (isEssential(path)) return body;
  const segments = segmentsOf(path);
  const field = segments.at(-1);
  // What one message must not have, its neighbours must not have either: there is only one retry.
  if (segments[0] === 'messages' && field !== undefined) {
    return Array.isArray(body.messages) && segments.length <= 4
      ? withoutInMessages(body, body.messages, field)
      : asBody(without(body, segments), body);
  }
  const direct = asBody(without(body, segments), body);
  if (direct !== body || segments.length > 1) return direct;
  return withoutBelow(body, path);
}

function withoutInMessages(body: JsonObject, messages: Json[], field: string): JsonObject {
  const next = eachWithout(messages, field);
  return next === messages ? body : { ...body, messages: next };
}

const asBody = (value: Json, body: JsonObject): JsonObject => (isObject(value) ? value : body);

function withoutBelow(body: JsonObject, name: string): JsonObject {
  let result = body;
  for (const [key, value] of Object.entries(body)) {
    if (value === undefined) continue;
    const next = Array.isArray(value) && key === 'messages' ? eachWithout(value, name) : isObject(value) ? without(value, [name]) : value;
    if (next !== value) result = { ...result, [key]: next };
  }
  return result;
}

function eachWithout(list: Json[], name: string): Json[] {
  const next = list.map((item) => without(item, [name]));
  return next.some((item, index) => item !== list[index]) ? next : list;
}
