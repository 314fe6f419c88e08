import { budgetOf } from '../../conversation/effort.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { withBudget, withReasoning } from './own-form.ts';

/** The smallest thinking budget Anthropic takes ("Extended thinking": `budget_tokens` must be at least 1,024 and below `max_tokens`). */
const LEAST_BUDGET = 1024;

/**
 * Limits the answer to `cap` tokens, also where the client set no limit. Thinking counts towards the limit, and the writer for
 * Anthropic raises the limit above the budget: so a budget that would lead beyond the cap is lowered to what the cap leaves, or to
 * half of the limit, and switched off where that is too little to think with.
 */
export function withCap(request: ChatRequest, cap: number | undefined): ChatRequest {
  if (cap === undefined) return request;
  const { maxTokens = Number.POSITIVE_INFINITY } = request.sampling;
  const limit = Math.min(maxTokens, cap);
  const limited = maxTokens <= cap ? request : { ...request, sampling: { ...request.sampling, maxTokens: cap } };
  const budget = budgetOf(limited.reasoning);
  if (budget === undefined || budget < limit || budget + limit <= cap) return limited;
  const room = Math.max(cap - limit, Math.floor(limit / 2));
  return room < LEAST_BUDGET ? withReasoning(limited, { budget: 0 }) : withBudget(limited, room);
}
