import type { BudgetConfig } from '../config/schema.ts';

/** What a budget is for, how long and how hard: `tier api-key, a day, hard`. */
export function scopeText({ key, account, provider, tier, period, mode }: BudgetConfig): string {
  const scope = Object.entries({ key, account, provider, tier }).flatMap(([word, name]) => (name === undefined ? [] : [`${word} ${name}`]));
  return `${scope.length > 0 ? scope.join(' and ') : 'everything'}, a ${period}, ${mode}`;
}
