import { GatewayError } from '../conversation/error.ts';
import type { ChatRequest } from '../conversation/request.ts';
import { nativeOnly } from '../dialects/openai-responses/index.ts';
import type { Plan } from '../routing/plan.ts';

/**
 * The plan with those targets alone that can give what a Responses request asks for: references to a vendor's own stored things go to
 * targets of that dialect only, and so does background mode.
 */
export function onlyAble(request: ChatRequest, plan: Plan): Plan {
  const needs = request.dialect === 'openai-responses' ? nativeOnly(request) : [];
  if (needs.length === 0) return plan;
  const steps = plan.steps.filter(({ target }) => target.dialect === 'openai-responses');
  const skipped = plan.skipped.filter(({ target }) => target.dialect === 'openai-responses');
  if (steps.length + skipped.length > 0) return { ...plan, steps, skipped };
  throw new GatewayError({
    class: 'request',
    code: 'unsupported_parameter',
    param: needs[0] ?? '',
    message: `"${needs.join('", "')}" ${needs.length > 1 ? 'are' : 'is'} not supported for "${request.model}": send the conversation itself, without background mode.`,
  });
}
