import { APIError as AnthropicError } from '@anthropic-ai/sdk';
import { ApiError as GeminiError } from '@google/genai';
import { APIError as OpenAIError } from 'openai';
import { z } from 'zod';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';

const openai = z.object({
  error: z.looseObject({
    message: z.string().min(1),
    type: z.string().nullable(),
    param: z.string().nullish(),
    code: z.union([z.string(), z.number()]).nullish(),
  }),
});

/**
 * Error bodies as the vendors document them: https://platform.openai.com/docs/guides/error-codes,
 * https://platform.claude.com/docs/en/api/errors, https://cloud.google.com/apis/design/errors#http_mapping.
 */
export const ERROR_BODY: Record<ClientDialectId, z.ZodType> = {
  'openai-chat': openai,
  'openai-responses': openai,
  'anthropic-messages': z.looseObject({
    type: z.literal('error'),
    error: z.looseObject({ type: z.string().min(1), message: z.string().min(1) }),
  }),
  gemini: z.object({ error: z.looseObject({ code: z.number().int(), message: z.string().min(1), status: z.string().min(1) }) }),
};

/** The class each SDK throws for an answer that is an error. */
export const ERROR_CLASS: Record<ClientDialectId, new (...args: never[]) => Error> = {
  'openai-chat': OpenAIError,
  'openai-responses': OpenAIError,
  'anthropic-messages': AnthropicError,
  gemini: GeminiError,
};
