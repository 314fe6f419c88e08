import { TIERS } from '../config/budgets.ts';
import type { Tier } from '../providers/provider.ts';

const RANKS = new Map<Tier, number>(TIERS.map((tier, index) => [tier, index]));

/** Place of a tier in the order of the fall-back: 0 is what is already paid. */
export function tierRank(tier: Tier): number {
  return RANKS.get(tier) ?? RANKS.size;
}
