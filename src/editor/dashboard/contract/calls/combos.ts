import * as z from 'zod';
import { answers } from '../../../admin/answers.ts';
import type { ComboConfig, Explained } from '../../../admin/api.ts';
import { failureClass } from '../../../admin/shapes.ts';
import { call, query } from '../call.ts';

/** A combo as the page holds it: strict where the page reads it, loose for what it only hands back. */
export const comboShape: z.ZodType<ComboConfig> = z.looseObject({
  name: z.string(),
  enabled: z.boolean(),
  strategy: z.custom<ComboConfig['strategy']>((value) => typeof value === 'string'),
  targets: z.array(z.string()),
  affinity: z.boolean(),
  deadlineMs: z.number().optional(),
  maxAttempts: z.number().optional(),
  fallbackOn: z.array(failureClass).optional(),
});

const explained: z.ZodType<Explained> = answers.explained;

/** Who a request for a name would go to first, now; `null`: nobody. `refused`: why the name leads nowhere. */
const first = z.object({
  name: z.string(),
  step: z.object({ target: z.string(), account: z.string() }).nullable(),
  refused: z.string().optional(),
});
export type FirstAsked = z.infer<typeof first>;

/** What the page of combos asks; removing, renaming and testing are commands (`run`). */
export const comboCalls = {
  /** `PUT /admin/combos/{name}`; `isNew`: refused (`duplicate`) when there is one of that name. */
  saveCombo: call(z.object({ combo: comboShape, isNew: z.boolean().default(false) }), answers.combo.shape.combo),
  /** `GET /admin/explain`. */
  explain: call(query, explained),
  /** Who is asked first, of several names at once. */
  firstAsked: call(z.object({ names: z.array(z.string()).max(500) }), z.array(first)),
};
