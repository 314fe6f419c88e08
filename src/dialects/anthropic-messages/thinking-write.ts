import { budgetOf, effortOf } from '../../conversation/effort.ts';
import { asNumber, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, ReasoningEffort, ReasoningSettings } from '../../conversation/request.ts';
import type { WriteContext } from '../dialect.ts';
import type { ModelTraits } from './model-traits.ts';
import type { Turn } from './turns.ts';
import { DIALECT, ownExtension } from './vocabulary.ts';

export interface WrittenThinking {
  maxTokens: number;
  thinking?: JsonObject;
  effort?: string;
  /** The request asks for thinking, so what thinking forbids must go. */
  on: boolean;
}

/** Where the client names no limit: room for a long answer, below every current model's ceiling. */
const DEFAULT_MAX_TOKENS = 32_000;
/** The smallest budget the API takes. */
const LEAST_BUDGET = 1024;

/**
 * Thinking in the form this model takes, and `max_tokens` with it (budgets count towards it).
 * A client of this dialect gets its own settings back word by word wherever the model takes them.
 */
export function writeThinking(request: ChatRequest, context: WriteContext, traits: ModelTraits, turns: readonly Turn[]): WrittenThinking {
  const maxTokens = limitOf(request, traits, context);
  const own = asObject(ownExtension(request).thinking);
  const effort = asString(asObject(ownExtension(request).output_config)?.effort);
  if (context.thinks === false || traits.thinking === 'none') return { maxTokens, on: false };
  const asked = askedBudget(request.reasoning);
  const off = asked === 0 || request.reasoning?.effort === 'none';
  const allowed = effort === undefined ? {} : allowedEffort(effort, traits);
  if (own && takes(traits, own, maxTokens)) return { maxTokens, thinking: own, ...allowed, on: !off };
  // An effort without `thinking` is about the length of the answer here, and must not switch thinking on.
  if (asked === undefined || (request.dialect === DIALECT && !own)) return { maxTokens, ...allowed, on: false };
  if (off) return switchedOff(maxTokens, traits, context);
  if (traits.thinking !== 'budget') return adaptive(request, traits, maxTokens);
  return budgeted(asked, maxTokens, traits, context, turns);
}

/** The budget asked for; an effort beside "as the model likes" says more than that. */
function askedBudget(reasoning: ReasoningSettings | undefined): number | undefined {
  const { budget, effort } = reasoning ?? {};
  return budget === -1 && effort !== undefined ? budgetOf({ effort }) : budgetOf(reasoning);
}

function limitOf(request: ChatRequest, traits: ModelTraits, context: WriteContext): number {
  const most = traits.maxOutput;
  const wanted = request.sampling.maxTokens;
  if (wanted === undefined) return Math.min(DEFAULT_MAX_TOKENS, most ?? DEFAULT_MAX_TOKENS);
  if (most === undefined || wanted <= most) return wanted;
  context.warn(`The output limit was lowered from ${wanted} to ${most} tokens, the most ${context.model} writes.`);
  return most;
}

/** Whether a client's own `thinking` object may go to this model as it is. */
function takes(traits: ModelTraits, own: JsonObject, maxTokens: number): boolean {
  switch (own.type) {
    case 'enabled':
      return traits.thinking !== 'adaptive' && (asNumber(own.budget_tokens) ?? 0) < maxTokens;
    case 'adaptive':
      return traits.thinking !== 'budget';
    case 'disabled':
      return traits.thinkingOff === 'disabled' || (traits.thinkingOff === 'omit' && traits.thinking !== 'adaptive');
    case 'between_tools':
      return traits.thinkingOff === 'between_tools';
    default:
      return true;
  }
}

function switchedOff(maxTokens: number, traits: ModelTraits, context: WriteContext): WrittenThinking {
  switch (traits.thinkingOff) {
    case 'omit':
      return { maxTokens, on: false };
    case 'disabled':
    case 'between_tools':
      return { maxTokens, thinking: { type: traits.thinkingOff }, on: false };
    case 'never':
      context.warn(`${context.model} always thinks; it was asked for the lowest effort.`);
      return { maxTokens, effort: 'low', on: false };
  }
}

function adaptive(request: ChatRequest, traits: ModelTraits, maxTokens: number): WrittenThinking {
  const effort = effortOf(request.reasoning);
  return {
    maxTokens,
    thinking: { type: 'adaptive', ...displayOf(request) },
    ...(effort === undefined ? {} : allowedEffort(effort, traits)),
    on: true,
  };
}

/** Newer models leave the text of thoughts out unless asked. */
function displayOf(request: ChatRequest): { display?: string } {
  const { summary } = request.reasoning ?? {};
  if (summary === undefined) return {};
  return { display: summary === false ? 'omitted' : 'summarized' };
}

/** The effort, or the nearest lower one this model knows; nothing where the model has no such setting. */
function allowedEffort(effort: string, traits: ModelTraits): { effort?: string } {
  if (traits.efforts.length === 0) return {};
  if (traits.efforts.includes(effort as ReasoningEffort)) return { effort };
  return { effort: effort === 'xhigh' ? 'high' : 'low' };
}

function budgeted(asked: number, maxTokens: number, traits: ModelTraits, context: WriteContext, turns: readonly Turn[]): WrittenThinking {
  if (continuesUnsigned(turns)) {
    context.warn('Thinking was left off: the tool calls being answered come from a model whose thoughts this one cannot read.');
    return { maxTokens, on: false };
  }
  const wanted = Math.max(LEAST_BUDGET, asked < 0 ? Math.floor(maxTokens / 2) : asked);
  const raised = wanted < maxTokens ? maxTokens : Math.min(traits.maxOutput ?? Number.POSITIVE_INFINITY, wanted + maxTokens);
  const budget = Math.min(wanted, raised - Math.min(maxTokens, LEAST_BUDGET));
  if (budget < LEAST_BUDGET) {
    context.warn(`Thinking was left off: it needs at least ${LEAST_BUDGET} tokens below the output limit.`);
    return { maxTokens, on: false };
  }
  return { maxTokens: raised, thinking: { type: 'enabled', budget_tokens: budget }, on: true };
}

/**
 * With a budget, an assistant turn whose tool calls are being answered must begin with its signed thinking (400: "Expected
 * `thinking` or `redacted_thinking`, but found `tool_use`"). Adaptive models do not ask for it.
 */
function continuesUnsigned(turns: readonly Turn[]): boolean {
  const answers = turns.at(-1)?.content.some((block) => block.type === 'tool_result') ?? false;
  const calling = turns.findLast((turn) => turn.role === 'assistant');
  return answers && calling !== undefined && !/thinking$/.test(String(calling.content[0]?.type));
}
