import * as z from 'zod';

const word = z.string().max(300).optional().catch(undefined);
const number = z.number().optional().catch(undefined);

/** Of what is not well the reasons, never the sentence: it may quote what a provider said. */
const healthBody = z.object({
  health: z.array(
    z.object({
      scope: word,
      id: word,
      model: word,
      state: word,
      failures: number,
      block: z.object({ reason: word, until: number }).optional().catch(undefined),
    }),
  ),
});

const limitsBody = z.object({
  limits: z.array(
    z.object({
      account: word,
      running: number,
      waiting: number,
      rpm: number,
      tpm: number,
      minGapMs: number,
      maxConcurrent: number,
      windows: z
        .array(z.object({ window: word, per: word, limit: number, remaining: number, resetsAt: number, at: number }))
        .optional()
        .catch(undefined),
    }),
  ),
});

const budgetsBody = z.object({
  budgets: z.array(
    z.object({
      name: word,
      period: word,
      mode: word,
      resetsAt: number,
      amounts: z.array(z.object({ unit: word, limit: number, used: number })),
      state: word,
      unpriced: number,
    }),
  ),
});

/** What may be shown of the answers of `/admin/health` and `/admin/budgets/state`. Throws for another shape. */
export const shownHealth = (body: unknown): unknown => healthBody.parse(body).health;
export const shownLimits = (body: unknown): unknown => limitsBody.parse(body).limits;
export const shownBudgets = (body: unknown): unknown => budgetsBody.parse(body).budgets;
