import type { ReasoningEffort, ReasoningSettings } from './request.ts';

/**
 * Efforts and thinking budgets (tokens) convert by this table. No vendor documents an equivalence; the figures follow the
 * steps that Google's OpenAI-compatible endpoint documents for Gemini 2.5 (low 1,024, medium 8,192, high 24,576), extended at both ends.
 */
const BUDGET_OF: Record<ReasoningEffort, number> = {
  none: 0,
  minimal: 512,
  low: 1024,
  medium: 8192,
  high: 24576,
  xhigh: 32768,
  max: 65536,
};

/** The budget in tokens that stands for these settings, or `undefined` when they say nothing. -1: let the model decide. */
export function budgetOf(reasoning: ReasoningSettings | undefined): number | undefined {
  if (reasoning?.budget !== undefined) return reasoning.budget;
  return reasoning?.effort === undefined ? undefined : BUDGET_OF[reasoning.effort];
}

/** The effort that stands for these settings, or `undefined` when they say nothing or leave it to the model. */
export function effortOf(reasoning: ReasoningSettings | undefined): ReasoningEffort | undefined {
  if (reasoning?.effort !== undefined) return reasoning.effort;
  const budget = reasoning?.budget;
  if (budget === undefined || budget < 0) return undefined;
  if (budget === 0) return 'none';
  if (budget <= 768) return 'minimal';
  if (budget <= 4096) return 'low';
  if (budget <= 16384) return 'medium';
  return budget <= 32768 ? 'high' : 'xhigh';
}
