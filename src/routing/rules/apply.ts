import type { RulesConfig } from '../../config/rules.ts';
import type { GatewayError } from '../../conversation/error.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { fits, fitsOnlyTarget, lowestCap } from './fits.ts';
import { guard } from './injection/guard.ts';
import { withCap } from './max-tokens.ts';
import { type RuledTarget, withReasoningRule } from './reasoning.ts';
import { withSystemPrompts } from './system-prompts.ts';

export interface Ruled {
  /** The same object when no rule changed anything. */
  request: ChatRequest;
  /** The client's own body no longer says what `request` says. */
  changed: boolean;
  /** Sentences for the client. */
  warnings: string[];
  /** The request must not be sent on. */
  refused?: GatewayError;
}

/**
 * Applies the rules that the client's request alone decides: system prompts and caps for the model name it asks for, and the
 * injection guard. Called once per request, before planning. Pure.
 */
export function applyRules(request: ChatRequest, rules: RulesConfig): Ruled {
  const { warnings, refused } = guard(request, rules.injectionGuard);
  if (refused) return { request, changed: false, warnings, refused };
  const wanted = (rule: Parameters<typeof fits>[0]): boolean => fits(rule, request.model);
  const prompted = withSystemPrompts(request, rules.systemPrompts, wanted);
  const ruled = withCap(prompted, lowestCap(rules, wanted));
  return { request: ruled, changed: ruled !== request, warnings };
}

/**
 * Applies the rules that need the target: how much it may think (a model that cannot reason must not be asked to), and system
 * prompts and caps whose patterns fit the target's `prefix/model` but not the name asked for. `request` is what `applyRules` gave;
 * called once per attempt. Gives the same object when nothing changes. Pure.
 */
export function applyTargetRules(request: ChatRequest, rules: RulesConfig, target: RuledTarget): ChatRequest {
  if (rules.systemPrompts.length + rules.reasoning.length + rules.maxTokens.length === 0) return request;
  const prompted = withSystemPrompts(request, rules.systemPrompts, (rule) => fitsOnlyTarget(rule, request.model, target.name));
  const thinking = withReasoningRule(prompted, rules.reasoning, target);
  return withCap(
    thinking,
    lowestCap(rules, (rule) => fits(rule, request.model) || fits(rule, target.name)),
  );
}
