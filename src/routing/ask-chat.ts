import type { RulesConfig } from '../config/schema.ts';
import type { ChatRequest } from '../conversation/request.ts';
import { type AttemptOptions, attempt } from './attempt.ts';
import type { Answer, Exchange } from './exchange.ts';
import { answerOffline } from './offline.ts';
import { applyTargetRules } from './rules/apply.ts';
import type { AskTarget } from './run.ts';
import type { Target } from './target.ts';

export interface ChatOptions extends Omit<AttemptOptions, 'reasoningHoldMs' | 'onHeaders'> {
  /** How long reasoning is held back when nobody else is left. */
  reasoningHoldMs: number;
  rules: RulesConfig;
  /** Called before each attempt, so that observers of a new attempt start afresh. */
  onAttempt?: ((target: Target) => void) | undefined;
}

/** Asks one target a chat turn. */
export function askChat(exchange: Exchange, options: ChatOptions): AskTarget<Answer> {
  return async (target, { signal, last, onHeaders }) => {
    options.onAttempt?.(target);
    const own = forTarget(exchange, applyTargetRules(exchange.request, options.rules, target), signal);
    if (target.account.provider.offline) return await answerOffline(own, target, options);
    return await attempt(own, target, { ...options, onHeaders, reasoningHoldMs: last ? options.reasoningHoldMs : undefined });
  };
}

function forTarget(exchange: Exchange, request: ChatRequest, signal: AbortSignal): Exchange {
  if (request === exchange.request) return signal === exchange.signal ? exchange : { ...exchange, signal };
  return { ...exchange, request, signal, expanded: true };
}
