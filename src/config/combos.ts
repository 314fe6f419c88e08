import * as z from 'zod';
import { FAILURE_CLASSES, type FailureClass } from '../conversation/error.ts';
import { tierBudgetSchema } from './budgets.ts';
import { nameSchema, patternSchema } from './names.ts';

/** In which order the targets of a combo, or the accounts of a model, are tried. */
export const STRATEGIES = ['fill-first', 'round-robin', 'p2c', 'random', 'least-used', 'cost-optimized', 'latency'] as const;
export type Strategy = (typeof STRATEGIES)[number];

/** Failures nobody may fall back from: the client has left, or the fault is ours. */
const NEVER: ReadonlySet<FailureClass> = new Set(['cancelled', 'internal']);

export const comboSchema = z.strictObject({
  name: nameSchema,
  enabled: z.boolean().default(true),
  strategy: z.enum(STRATEGIES).default('fill-first'),
  /** Each `prefix/model`, a model id, another combo's name, or a pattern with `*`. */
  targets: z.array(z.string().min(1)).min(1),
  /** Longest time until an answer has begun, over all attempts. */
  deadlineMs: z.number().int().positive().max(2_147_483_647).optional(),
  /** Attempts in all. */
  maxAttempts: z.number().int().positive().max(100).optional(),
  /** Classes of failure after which the next target is asked; absent: all that another target could mend. */
  fallbackOn: z
    .array(z.enum(FAILURE_CLASSES).refine((entry) => !NEVER.has(entry), 'is not fallen back from'))
    .min(1)
    .optional(),
  /** A conversation stays at the target that answered it. */
  affinity: z.boolean().default(true),
  /** What this combo may spend on a tier; what is beyond it goes to the other tiers. */
  budgets: z.array(tierBudgetSchema).optional(),
});
export type ComboConfig = z.infer<typeof comboSchema>;

/** Names a client may ask for that fit `match` go to `to`: a combo, or a model (whose `*` stands for what the pattern's `*` caught). */
export const routeSchema = z.strictObject({
  match: patternSchema.refine((text) => text.includes('*'), 'needs a *: a single name is an alias'),
  to: z.string().min(1),
});
export type RouteConfig = z.infer<typeof routeSchema>;

/** Another name of a model or combo, one step deep. */
export const aliasesSchema = z.record(z.string().min(1).max(200), z.string().min(1));
