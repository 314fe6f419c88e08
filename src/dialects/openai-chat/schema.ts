import * as z from 'zod';
import { isObject, withoutNulls } from '../../conversation/json.ts';

/** SDKs serialise unset options as null (recordings together-chat-legacy, huggingface-image-url-input): null is absent. */
function nullsAbsent<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (isObject(value) ? withoutNulls(value) : value), schema);
}

const loose = <T extends z.ZodRawShape>(shape: T) => nullsAbsent(z.looseObject(shape));
const free = z.record(z.string(), z.json());

const PARTS: Record<string, z.ZodType> = {
  text: z.looseObject({ text: z.string() }),
  image_url: z.looseObject({ image_url: z.union([z.string(), loose({ url: z.string(), detail: z.string().optional() })]) }),
  input_audio: z.looseObject({ input_audio: loose({ data: z.string(), format: z.string().optional() }) }),
  file: z.looseObject({
    file: loose({ file_data: z.string().optional(), file_id: z.string().optional(), filename: z.string().optional() }),
  }),
  video_url: z.looseObject({ video_url: z.union([z.string(), loose({ url: z.string() })]) }),
  document_url: z.looseObject({ document_url: z.union([z.string(), loose({ url: z.string() })]) }),
  refusal: z.looseObject({ refusal: z.string() }),
};

/** A part of a type we do not know is let through: vendors have their own, and say themselves when they do not know one. */
const part = loose({ type: z.string() }).superRefine((value, context) => {
  const result = PARTS[value.type]?.safeParse(value);
  for (const issue of result?.error?.issues ?? []) context.addIssue({ code: 'custom', message: issue.message, path: deepest(issue).path });
});

const toolCall = loose({
  id: z.string().optional(),
  type: z.string().optional(),
  function: loose({ name: z.string(), arguments: z.union([z.string(), free]).optional() }).optional(),
  custom: loose({ name: z.string(), input: z.string().optional() }).optional(),
}).superRefine((value, context) => {
  if (value.function || value.custom) return;
  const field = value.type === 'custom' ? 'custom' : 'function';
  context.addIssue({ code: 'custom', message: 'Required', path: [field] });
});

const message = loose({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content: z.union([z.string(), z.array(part)]).optional(),
  name: z.string().optional(),
  refusal: z.string().optional(),
  audio: loose({ id: z.string() }).optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
  function_call: loose({ name: z.string(), arguments: z.string().optional() }).optional(),
}).superRefine((value, context) => {
  if (value.role === 'tool' && value.tool_call_id === undefined) {
    context.addIssue({ code: 'custom', message: 'Required for a message of role tool', path: ['tool_call_id'] });
  }
});

const functionDefinition = loose({
  name: z.string(),
  description: z.string().optional(),
  parameters: free.optional(),
  strict: z.boolean().optional(),
});

/** `type` may be left out beside `function`: Mistral's clients do (recording mistral-multimodal-tool-return-matrix). */
const tool = loose({
  type: z.string().optional(),
  function: functionDefinition.optional(),
  custom: loose({ name: z.string(), description: z.string().optional(), format: free.optional() }).optional(),
}).superRefine((value, context) => {
  const type = value.type ?? 'function';
  if ((type === 'function' && !value.function) || (type === 'custom' && !value.custom)) {
    context.addIssue({ code: 'custom', message: 'Required', path: [type] });
  }
});

const number = z.number().optional();

export const requestSchema = loose({
  model: z.string().min(1).optional(),
  messages: z.array(message).min(1),
  tools: z.array(tool).optional(),
  functions: z.array(functionDefinition).optional(),
  tool_choice: z.union([z.string(), free]).optional(),
  function_call: z.union([z.string(), loose({ name: z.string() })]).optional(),
  parallel_tool_calls: z.boolean().optional(),
  temperature: number,
  top_p: number,
  top_k: number,
  frequency_penalty: number,
  presence_penalty: number,
  seed: number,
  stop: z.union([z.string(), z.array(z.string())]).optional(),
  max_tokens: number,
  max_completion_tokens: number,
  n: z.number().int().min(1).optional(),
  logprobs: z.boolean().optional(),
  top_logprobs: number,
  response_format: loose({
    type: z.string(),
    json_schema: loose({
      name: z.string().optional(),
      description: z.string().optional(),
      schema: free.optional(),
      strict: z.boolean().optional(),
    }).optional(),
  }).optional(),
  modalities: z.array(z.string()).optional(),
  stream: z.boolean().optional(),
  stream_options: loose({ include_usage: z.boolean().optional() }).optional(),
  user: z.string().optional(),
  web_search_options: free.optional(),
});

export type WireRequest = z.infer<typeof requestSchema>;
export type WireMessage = z.infer<typeof message>;
export type WireToolCall = z.infer<typeof toolCall>;
export type WireTool = z.infer<typeof tool>;

/** The first thing wrong with a request: where (`messages[0].content[1].type`) and what. */
export function firstProblem(error: z.ZodError): { path: string | undefined; message: string } {
  const issue = error.issues[0];
  if (!issue) return { path: undefined, message: error.message };
  const found = deepest(issue);
  return { path: wirePath(found.path), message: found.message };
}

interface Found {
  path: PropertyKey[];
  message: string;
}

/** In a union the branch that got furthest is the one the user meant. */
function deepest(issue: z.core.$ZodIssue): Found {
  const here: Found = { path: [...issue.path], message: issue.message };
  if (issue.code !== 'invalid_union') return here;
  let best = here;
  for (const inner of issue.errors.flat()) {
    const found = deepest(inner);
    const path = [...issue.path, ...found.path];
    if (path.length > best.path.length) best = { path, message: found.message };
  }
  return best;
}

function wirePath(path: PropertyKey[]): string | undefined {
  if (path.length === 0) return undefined;
  return path.map((key, at) => (typeof key === 'number' ? `[${key}]` : at === 0 ? String(key) : `.${String(key)}`)).join('');
}
