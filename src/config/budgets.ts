import * as z from 'zod';

export const TIERS = ['subscription', 'api-key', 'cheap', 'free', 'local'] as const;

const amounts = {
  /** Calendar day or month of this machine's time zone. */
  period: z.enum(['day', 'month']),
  /** US dollars, by list prices; what a plan already pays counts nothing. */
  usd: z.number().nonnegative().optional(),
  /** Tokens in and out. */
  tokens: z.number().int().nonnegative().optional(),
  /** Requests sent to a provider. */
  requests: z.number().int().nonnegative().optional(),
  /** `hard`: what is beyond it is not asked; `soft`: a warning only. */
  mode: z.enum(['hard', 'soft']).default('hard'),
  /** Per cent of an amount at which a warning is given. */
  warnAt: z.number().min(1).max(100).default(80),
};

const hasAmount = (budget: { usd?: number | undefined; tokens?: number | undefined; requests?: number | undefined }): boolean =>
  budget.usd !== undefined || budget.tokens !== undefined || budget.requests !== undefined;
const NO_AMOUNT = 'needs an amount: usd, tokens or requests';

/** A limit on what is spent by one key, account, provider or tier, or (with none of them) by everything. Several: all must fit. */
export const budgetSchema = z
  .strictObject({
    /** Name of a gateway key. */
    key: z.string().min(1).optional(),
    /** Id or name of an account. */
    account: z.string().min(1).optional(),
    /** Id of a provider. */
    provider: z.string().min(1).optional(),
    tier: z.enum(TIERS).optional(),
    ...amounts,
  })
  .refine(hasAmount, NO_AMOUNT);
export type BudgetConfig = z.infer<typeof budgetSchema>;

/** What one combo may spend on a tier. */
export const tierBudgetSchema = z.strictObject({ tier: z.enum(TIERS), ...amounts }).refine(hasAmount, NO_AMOUNT);
export type TierBudgetConfig = z.infer<typeof tierBudgetSchema>;
