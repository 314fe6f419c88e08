import * as z from 'zod';
import { asObject, asString } from '../../conversation/json.ts';

/**
 * The shape of a Messages request, as far as we read it: everything else passes (a vendor's new field must not break a user).
 * Source: the Messages API reference and the types of `@anthropic-ai/sdk`.
 */
const text = z.string();
const anything = z.looseObject({});

const source = z
  .looseObject({ type: text })
  .refine((value) => value.type !== 'base64' || (typeof value.data === 'string' && typeof value.media_type === 'string'), {
    message: 'A base64 source needs media_type and data',
  })
  .refine((value) => value.type !== 'url' || typeof value.url === 'string', { message: 'A url source needs url' })
  .refine((value) => value.type !== 'file' || typeof value.file_id === 'string', { message: 'A file source needs file_id' })
  .refine((value) => value.type !== 'text' || typeof value.data === 'string', { message: 'A text source needs data' });

/** The fields we rely on, by block type. A type that is not listed is kept as it is. */
const BLOCKS: Record<string, z.ZodType> = {
  text: z.looseObject({ text }),
  image: z.looseObject({ source }),
  document: z.looseObject({ source }),
  thinking: z.looseObject({ thinking: text, signature: text.nullish() }),
  redacted_thinking: z.looseObject({ data: text }),
  tool_use: z.looseObject({ id: text, name: text, input: z.unknown() }),
  tool_result: z.looseObject({ tool_use_id: text, is_error: z.boolean().nullish() }),
};
const UNLISTED = z.looseObject({ type: text });

type Report = (path: PropertyKey[], message: string) => void;

/**
 * Each block is checked once, against the schema of its type alone: a union would report every branch where the user needs the
 * one path, and long conversations are checked on every request (nested refinements cost five times as much).
 */
function checkContent(value: unknown, report: Report): void {
  if (typeof value === 'string') return;
  if (!Array.isArray(value)) {
    report([], value === undefined ? 'Field required' : 'Input should be a string or an array of content blocks');
    return;
  }
  value.forEach((block: unknown, at) => {
    checkBlock(block, (path, message) => report([at, ...path], message));
  });
}

function checkBlock(block: unknown, report: Report): void {
  const type = asString(asObject(block)?.type);
  const result = ((type === undefined ? undefined : BLOCKS[type]) ?? UNLISTED).safeParse(block);
  for (const issue of result.error?.issues ?? []) report(issue.path, issue.message);
  const inner = type === 'tool_result' ? asObject(block)?.content : undefined;
  if (inner !== undefined && inner !== null) checkContent(inner, (path, message) => report(['content', ...path], message));
}

const content = z.unknown().superRefine((value, context) => {
  checkContent(value, (path, message) => context.addIssue({ code: 'custom', message, path }));
});

const role = z.enum(['user', 'assistant', 'system'], { error: "Input should be 'user' or 'assistant'" });

const tool = z.looseObject({
  type: text.nullish(),
  name: text.optional(),
  description: text.nullish(),
  input_schema: anything.optional(),
  strict: z.boolean().nullish(),
});

const fields = {
  model: text.optional(),
  messages: z.array(z.looseObject({ role, content })),
  system: content.nullish(),
  stream: z.boolean().nullish(),
  temperature: z.number().nullish(),
  top_p: z.number().nullish(),
  top_k: z.number().nullish(),
  stop_sequences: z.array(text).nullish(),
  metadata: anything.nullish(),
  thinking: z.looseObject({ type: text, budget_tokens: z.number().optional() }).nullish(),
  output_config: anything.nullish(),
  output_format: anything.nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z.looseObject({ type: text, name: text.optional(), disable_parallel_tool_use: z.boolean().nullish() }).nullish(),
};

export const messagesSchema = z.looseObject({ ...fields, max_tokens: z.int().min(0) });
export const countTokensSchema = z.looseObject(fields);

/** The first problem as the API words it: `messages.0.content.1.text: Field required`. */
export function problemOf(error: z.ZodError): { message: string; param: string } {
  const issue = error.issues[0];
  const param = issue?.path.map(String).join('.') ?? '';
  const words = issue?.message ?? 'Invalid input';
  const message = /received undefined$/.test(words) ? 'Field required' : words.replace(/^Invalid input: /, '');
  return { message: param ? `${param}: ${message}` : message, param };
}
