import { z } from 'zod';

/** What Ollama's server reads into its own types (api/types.go: ChatRequest, Message, ToolFunctionParameters): values of another type are a 400. */
const base64 = z.string().regex(/^[A-Za-z0-9+/_-]+=*$/);
const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string(), images: z.array(base64).min(1).optional() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string(),
    thinking: z.string().optional(),
    tool_calls: z
      .array(
        z.strictObject({
          id: z.string().min(1),
          function: z.strictObject({ name: z.string().min(1), arguments: z.record(z.string(), z.unknown()) }),
        }),
      )
      .min(1)
      .optional(),
  }),
  z.strictObject({
    role: z.literal('tool'),
    content: z.string().min(1),
    tool_name: z.string().optional(),
    tool_call_id: z.string().optional(),
  }),
]);

export const requestBody = z.strictObject({
  model: z.string(),
  messages: z.array(message).min(1),
  stream: z.boolean(),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({
          name: z.string(),
          description: z.string().optional(),
          parameters: z.looseObject({
            type: z.literal('object'),
            required: z.array(z.string()).optional(),
            properties: z.record(z.string(), z.looseObject({ type: z.union([z.string(), z.array(z.string())]).optional() })),
          }),
        }),
      }),
    )
    .min(1)
    .optional(),
  format: z.union([z.literal('json'), z.record(z.string(), z.unknown())]).optional(),
  think: z.union([z.boolean(), z.enum(['low', 'medium', 'high'])]).optional(),
  logprobs: z.boolean().optional(),
  top_logprobs: z.number().int().optional(),
  options: z
    .strictObject({
      temperature: z.number().optional(),
      top_p: z.number().optional(),
      top_k: z.number().optional(),
      seed: z.number().optional(),
      stop: z.array(z.string()).min(1).optional(),
      num_predict: z.number().optional(),
      frequency_penalty: z.number().optional(),
      presence_penalty: z.number().optional(),
    })
    .optional(),
});
