import type { RulesConfig } from '../../config/rules.ts';
import { matchesAny } from '../../config/wildcard.ts';

interface ForModels {
  models?: readonly string[] | undefined;
}

/** True when a rule is for this model name; a rule without patterns is for all. */
export function fits(rule: ForModels, name: string): boolean {
  return rule.models === undefined || matchesAny(rule.models, name);
}

/** True when a rule is for the target's `prefix/model` but was not yet applied under the name that the client asked for. */
export function fitsOnlyTarget(rule: ForModels, asked: string, target: string): boolean {
  return !fits(rule, asked) && fits(rule, target);
}

/** The lowest cap of output tokens among the rules that `wanted` lets through. */
export function lowestCap(rules: RulesConfig, wanted: (rule: ForModels) => boolean): number | undefined {
  const caps = rules.maxTokens.filter(wanted).map(({ cap }) => cap);
  return caps.length > 0 ? Math.min(...caps) : undefined;
}
