import { budgetOf, effortOf } from '../../conversation/effort.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ReasoningEffort, ReasoningSettings } from '../../conversation/request.ts';
import type { ModelFamily } from './model-family.ts';
import type { Writing } from './part-write.ts';

/**
 * `thinkingConfig` (ai.google.dev/gemini-api/docs/thinking): a level for Gemini 3, a budget for 2.5; both together are a 400, and a model
 * without thinking refuses either. A Gemini client's own form is kept where the model takes it.
 */
export function writeThinking(writing: Writing): JsonObject | undefined {
  const { request, family, own, context } = writing;
  const reasoning = request.reasoning;
  if (!reasoning || context.thinks === false) return undefined;
  const config = { ...amount(reasoning, writing), ...visible(reasoning, own) };
  if (family.thinking === 'none' && !own) return undefined;
  return Object.keys(config).length > 0 ? config : undefined;
}

function visible(reasoning: ReasoningSettings, own: boolean): JsonObject {
  if (own) return typeof reasoning.summary === 'boolean' ? { includeThoughts: reasoning.summary } : {};
  if (reasoning.effort === 'none' || reasoning.budget === 0 || reasoning.summary === false) return {};
  return { includeThoughts: true };
}

function amount(reasoning: ReasoningSettings, writing: Writing): JsonObject {
  const { family, own } = writing;
  switch (family.thinking) {
    case 'level':
      // Budgets still work there (recording google-streaming-reasoning), but only their author may choose them over a level.
      if (own && reasoning.budget !== undefined) return { thinkingBudget: reasoning.budget };
      return levelFor(effortOf(reasoning), family, writing.context.model);
    case 'budget':
      return budgetFor(budgetOf(reasoning), family);
    case 'unknown':
      return own || writing.context.thinks ? asGiven(reasoning) : {};
    case 'none':
      return own ? asGiven(reasoning) : {};
  }
}

function asGiven(reasoning: ReasoningSettings): JsonObject {
  if (reasoning.budget !== undefined) return { thinkingBudget: reasoning.budget };
  return reasoning.effort ? { thinkingLevel: reasoning.effort === 'none' ? 'minimal' : upToHigh(reasoning.effort) } : {};
}

function upToHigh(effort: ReasoningEffort): string {
  return effort === 'xhigh' || effort === 'max' ? 'high' : effort;
}

/** Pro models think always and know low and high (medium since 3.1); Flash knows all four. */
function levelFor(effort: ReasoningEffort | undefined, family: ModelFamily, model: string): JsonObject {
  if (effort === undefined) return {};
  if (!family.pro) return { thinkingLevel: effort === 'none' ? 'minimal' : upToHigh(effort) };
  if (effort === 'none' || effort === 'minimal') return { thinkingLevel: 'low' };
  if (effort === 'medium' && /gemini-3-pro/.test(model)) return { thinkingLevel: 'high' };
  return { thinkingLevel: upToHigh(effort) };
}

/** Bounds by model: Pro 128–32,768 and never off; Flash 0–24,576; Flash-Lite 512–24,576 or off. -1 lets the model decide. */
function budgetFor(budget: number | undefined, family: ModelFamily): JsonObject {
  if (budget === undefined) return {};
  if (budget < 0) return { thinkingBudget: -1 };
  if (family.pro) return { thinkingBudget: Math.min(Math.max(budget, 128), 32_768) };
  if (budget === 0) return { thinkingBudget: 0 };
  return { thinkingBudget: Math.min(Math.max(budget, family.lite ? 512 : 1), 24_576) };
}
