import * as z from 'zod';
import { accountSchema } from './accounts.ts';
import { budgetSchema } from './budgets.ts';
import { aliasesSchema, comboSchema, routeSchema } from './combos.ts';
import { keySchema } from './keys.ts';
import { nameProblems } from './name-problems.ts';
import { pricesSchema } from './prices.ts';
import { settingsSchema } from './settings.ts';

export { type AccountConfig, accountSchema, type CredentialRef } from './accounts.ts';
export type { BudgetConfig, TierBudgetConfig } from './budgets.ts';
export { type ComboConfig, comboSchema, type RouteConfig, STRATEGIES, type Strategy } from './combos.ts';
export type { KeyConfig } from './keys.ts';
export type { PricesConfig } from './prices.ts';
export type { RulesConfig } from './rules.ts';
export type { Settings } from './settings.ts';

export const configSchema = z
  .strictObject({
    version: z.literal(1),
    accounts: z.array(accountSchema).default([]),
    combos: z.array(comboSchema).default([]),
    aliases: aliasesSchema.default({}),
    /** Tried in order; the first that fits counts. */
    routes: z.array(routeSchema).default([]),
    keys: z.array(keySchema).default([]),
    budgets: z.array(budgetSchema).default([]),
    prices: pricesSchema.default({}),
    settings: settingsSchema.prefault({}),
  })
  .superRefine((config, context) => {
    reportDuplicates(context, 'accounts', 'id', config.accounts);
    reportDuplicates(context, 'combos', 'name', config.combos);
    reportDuplicates(context, 'keys', 'id', config.keys);
    for (const { path, message } of nameProblems(config)) context.addIssue({ code: 'custom', path, message });
  });
export type Config = z.infer<typeof configSchema>;

function reportDuplicates<K extends string>(context: z.RefinementCtx, list: string, field: K, rows: readonly Record<K, string>[]): void {
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const value = row[field];
    if (seen.has(value)) context.addIssue({ code: 'custom', path: [list, index, field], message: `"${value}" is there twice` });
    seen.add(value);
  }
}

export function emptyConfig(): Config {
  return configSchema.parse({ version: 1 });
}

/** `accounts[0].baseUrl: must be …` for each problem. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.reduce<string>(
      (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text ? `${text}.${String(step)}` : String(step)),
      '',
    );
    return path ? `${path}: ${issue.message}` : issue.message;
  });
}
