import type { UsageRow } from '../../../admin/api.ts';
import { plus } from './measures.ts';

const COUNTS = ['requests', 'failed', 'cancelled', 'unknownUsage', 'estimatedUsage', 'unpriced', 'fallbacks'] as const;
const TOKENS = ['inputTokens', 'cacheReadTokens', 'cacheWriteTokens', 'outputTokens', 'reasoningTokens'] as const;
const MONEY = ['cost', 'saved'] as const;

/** Whether the parts add up to the whole, in every figure that is whole: they are as of one moment then. */
export function addUp(parts: readonly UsageRow[], whole: UsageRow): boolean {
  return (
    COUNTS.every((name) => parts.reduce((sum, row) => sum + row[name], 0) === whole[name]) &&
    TOKENS.every((name) => summed(parts, name) === whole[name])
  );
}

/** The whole, as its parts have it; what does not add up (percentiles, shares) stays as it is. */
export function wholeOf(parts: readonly UsageRow[], whole: UsageRow): UsageRow {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, parts.reduce((sum, row) => sum + row[name], 0)]));
  const amounts = Object.fromEntries([...TOKENS, ...MONEY].map((name) => [name, summed(parts, name)]));
  return { ...whole, ...counts, ...amounts };
}

function summed(rows: readonly UsageRow[], name: (typeof TOKENS)[number] | (typeof MONEY)[number]): number | null {
  return rows.reduce<number | null>((sum, row) => plus(sum, row[name]), null);
}
