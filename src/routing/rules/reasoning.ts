import type { RulesConfig } from '../../config/rules.ts';
import type { ChatRequest, ReasoningSettings } from '../../conversation/request.ts';
import { traitsOf } from '../../dialects/anthropic-messages/model-traits.ts';
import { familyOf } from '../../dialects/gemini/model-family.ts';
import { isOpenAiReasoning } from '../../dialects/openai-chat/model-facts.ts';
import type { Target } from '../target.ts';
import { adaptiveEffort } from './adaptive.ts';
import { fits } from './fits.ts';
import { withReasoning } from './own-form.ts';

type Rule = RulesConfig['reasoning'][number];

/** What a rule must know of the target. */
export type RuledTarget = Pick<Target, 'name' | 'model' | 'info'>;

/**
 * Sets how much the model may think by the first rule that fits the name asked for or the target. A request without reasoning
 * settings gets some only when the model is known to reason: others refuse the parameter.
 */
export function withReasoningRule(request: ChatRequest, rules: readonly Rule[], target: RuledTarget): ChatRequest {
  const rule = rules.find((one) => fits(one, request.model) || fits(one, target.name));
  const settings = rule && settingsOf(rule, request);
  if (!settings || same(settings, request.reasoning)) return request;
  if (request.reasoning === undefined && !reasons(target)) return request;
  return withReasoning(request, settings);
}

function settingsOf(rule: Rule, request: ChatRequest): ReasoningSettings | undefined {
  switch (rule.mode) {
    case 'passthrough':
      return undefined;
    case 'auto':
      return { budget: -1 };
    case 'custom':
      return {
        ...(rule.effort === undefined ? {} : { effort: rule.effort }),
        ...(rule.budget === undefined ? {} : { budget: rule.budget }),
      };
    case 'adaptive':
      return { effort: adaptiveEffort(request) };
  }
}

function same(settings: ReasoningSettings, before: ReasoningSettings | undefined): boolean {
  return settings.effort === before?.effort && settings.budget === before?.budget;
}

/** What the provider's list says, else what the makers' own naming says of Claude, Gemini and OpenAI models. */
function reasons({ model, info }: RuledTarget): boolean {
  if (info?.reasoning !== undefined) return info.reasoning;
  const claude = traitsOf(model);
  if (claude.claude) return claude.thinking !== 'none';
  const { thinking } = familyOf(model);
  return thinking === 'budget' || thinking === 'level' || isOpenAiReasoning(model);
}
