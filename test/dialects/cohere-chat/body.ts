import { z } from 'zod';

/** What Cohere's SDK types and documents say a request body holds (V2ChatRequest, ChatMessageV2, ToolV2): nothing else may stand in it. */
const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1) });
const image = z.strictObject({
  type: z.literal('image_url'),
  image_url: z.strictObject({ url: z.string().regex(/^(?:https?|data|gs):/), detail: z.enum(['auto', 'low', 'high']).optional() }),
});
const thinking = z.strictObject({ type: z.literal('thinking'), thinking: z.string().min(1) });
const call = z.strictObject({
  id: z.string().min(1),
  type: z.literal('function'),
  function: z.strictObject({ name: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$/), arguments: z.string().min(2) }),
});
const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string().min(1) }),
  z.strictObject({ role: z.literal('user'), content: z.union([z.string().min(1), z.array(z.union([text, image])).min(1)]) }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.union([z.string().min(1), z.array(thinking).min(1)]).optional(),
    tool_plan: z.string().min(1).optional(),
    tool_calls: z.array(call).min(1).optional(),
  }),
  z.strictObject({ role: z.literal('tool'), tool_call_id: z.string().min(1), content: z.array(text).min(1) }),
]);

export const requestBody = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({ name: z.string(), description: z.string().optional(), parameters: z.record(z.string(), z.unknown()) }),
      }),
    )
    .min(1)
    .optional(),
  tool_choice: z.enum(['REQUIRED', 'NONE']).optional(),
  strict_tools: z.boolean().optional(),
  response_format: z.strictObject({ type: z.literal('json_object'), json_schema: z.record(z.string(), z.unknown()).optional() }).optional(),
  thinking: z.strictObject({ type: z.enum(['enabled', 'disabled']), token_budget: z.number().int().positive().optional() }).optional(),
  temperature: z.number().min(0).optional(),
  p: z.number().min(0.01).max(0.99).optional(),
  k: z.number().min(0).max(500).optional(),
  seed: z.number().min(0).optional(),
  stop_sequences: z.array(z.string()).max(5).optional(),
  max_tokens: z.number().optional(),
  logprobs: z.boolean().optional(),
  frequency_penalty: z.number().min(0).max(1).optional(),
  presence_penalty: z.number().min(0).max(1).optional(),
});
