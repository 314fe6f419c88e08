import * as z from 'zod';
import { GatewayError } from '../../conversation/error.ts';
import { isObject, type JsonObject } from '../../conversation/json.ts';

/*
 * Only what is read is checked; the rest of every object is kept as it came. Names and forms: npm `openai` 6,
 * `resources/responses/responses.d.ts` (`ResponseCreateParamsBase`, `ResponseInputItem`, `Tool`).
 */

const object = z.record(z.string(), z.unknown());
/** Checked without a copy: conversations hold thousands of these. */
const typed = z.custom<JsonObject>((value) => isObject(value) && typeof value.type === 'string', {
  error: 'must be an object with a type',
});
const text = z.string().nullish();
const flag = z.boolean().nullish();
const number = z.number().nullish();

export const envelope = z.looseObject({
  model: text,
  input: z.union([z.string(), z.array(z.unknown())], { error: 'must be a string or an array of items' }).nullish(),
  instructions: text,
  stream: flag,
  tools: z.array(typed).nullish(),
  tool_choice: z.union([z.string(), z.looseObject({ type: z.string() })], { error: 'must be a string or an object with a type' }).nullish(),
  parallel_tool_calls: flag,
  temperature: number,
  top_p: number,
  top_logprobs: number,
  max_output_tokens: z.number().int().positive().nullish(),
  include: z.array(z.string()).nullish(),
  reasoning: z.looseObject({ effort: text, summary: text }).nullish(),
  text: z.looseObject({ format: z.looseObject({ type: z.string() }).nullish() }).nullish(),
  user: text,
  safety_identifier: text,
  previous_response_id: text,
  store: flag,
});
export type Envelope = z.infer<typeof envelope>;

export const jsonSchemaFormat = z.looseObject({ name: z.string(), schema: object, description: text, strict: flag });
export const functionTool = z.looseObject({ name: z.string().min(1), description: text, parameters: object.nullish(), strict: flag });
export const customTool = z.looseObject({ name: z.string().min(1), description: text, format: object.nullish() });
export const namespaceTool = z.looseObject({ name: z.string().min(1), tools: z.array(typed) });

export const messageItem = z.looseObject({
  role: z.enum(['user', 'assistant', 'system', 'developer']),
  content: z.union([z.string(), z.array(typed)], { error: 'must be a string or an array of content parts' }),
});
export const functionCallItem = z.looseObject({ call_id: z.string(), name: z.string(), arguments: z.string(), namespace: text });
export const customCallItem = z.looseObject({ call_id: z.string(), name: z.string(), input: z.string(), namespace: text });
export const outputItem = z.looseObject({
  call_id: z.string(),
  output: z.union([z.string(), z.array(typed)], { error: 'must be a string or an array of content parts' }),
});
const textParts = z.array(z.looseObject({ text })).nullish();
export const reasoningItem = z.looseObject({ id: text, summary: textParts, content: textParts, encrypted_content: text });

export const textPart = z.looseObject({ text: z.string() });
export const refusalPart = z.looseObject({ refusal: z.string() });
export const imagePart = z.looseObject({ image_url: text, file_id: text, detail: text });
export const filePart = z.looseObject({ file_data: text, file_url: text, file_id: text, filename: text });
export const audioPart = z.looseObject({ input_audio: z.looseObject({ data: z.string(), format: z.string() }) });

/** The error of a bad field; `path` is written as the API writes it: `input[2].content[0].image_url`. */
export function badField(path: string, problem: string): GatewayError {
  const where = path === '' ? 'The request body' : `'${path}'`;
  return new GatewayError({ class: 'request', code: 'invalid_request', message: `${where}: ${problem}`, ...(path ? { param: path } : {}) });
}

/** The value as the schema gives it. Throws the `GatewayError` of the first bad field. */
export function check<T>(schema: z.ZodType<T>, value: unknown, path: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badField((issue?.path ?? []).reduce<string>(joinPath, path), issue?.message ?? 'is not valid');
}

function joinPath(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`;
  return path === '' ? String(key) : `${path}.${String(key)}`;
}

/** zod's loose objects as the JSON they came from. */
export const json = (value: object): JsonObject => value as JsonObject;
