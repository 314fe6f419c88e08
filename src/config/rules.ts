import * as z from 'zod';
import { patternSchema } from './names.ts';

/** Model names a rule is for, as the client asks for them or `prefix/model` of the target; absent: all. */
const models = z.array(patternSchema).min(1).optional();

export const systemPromptRuleSchema = z.strictObject({
  models,
  position: z.enum(['prepend', 'append']).default('append'),
  text: z.string().min(1).max(100_000),
});

/**
 * How much a model may think:
 * - `passthrough` what the client asks, unchanged
 * - `auto`        the model decides
 * - `custom`      always `effort` or `budget`
 * - `adaptive`    by the size and kind of the request (docs/rules.md gives the measure)
 */
export const reasoningRuleSchema = z
  .strictObject({
    models,
    mode: z.enum(['passthrough', 'auto', 'custom', 'adaptive']),
    effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).optional(),
    /** Tokens. */
    budget: z.number().int().nonnegative().optional(),
  })
  .refine((rule) => (rule.mode === 'custom') === (rule.effort !== undefined || rule.budget !== undefined), {
    message: 'effort or budget belongs to mode "custom", and only there',
  });

export const maxTokensRuleSchema = z.strictObject({ models, cap: z.number().int().positive() });

/** What is done to every request before it is sent on. Everything is off until the user sets it. */
export const rulesSchema = z.strictObject({
  systemPrompts: z.array(systemPromptRuleSchema).default([]),
  /** The first that fits counts. */
  reasoning: z.array(reasoningRuleSchema).default([]),
  /** The lowest cap that fits counts. */
  maxTokens: z.array(maxTokensRuleSchema).default([]),
  /** Ids of providers nothing is sent to. */
  blockedProviders: z.array(z.string().min(1)).default([]),
  /** Looks in tool results and documents for text that poses as instructions; the measure is in docs/rules.md. */
  injectionGuard: z.enum(['off', 'warn', 'block']).default('off'),
});
export type RulesConfig = z.infer<typeof rulesSchema>;
