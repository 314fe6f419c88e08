import { asBoolean, asNumber, asObject, asString, type JsonObject, unknownFields } from '../../conversation/json.ts';
import type { OutputFormat, ReasoningEffort, ReasoningSettings, Sampling } from '../../conversation/request.ts';
import type { WireRequest } from './schema.ts';

export function readSampling(wire: WireRequest): Sampling {
  const stop = typeof wire.stop === 'string' ? [wire.stop] : wire.stop;
  const sampling: Sampling = {
    temperature: wire.temperature,
    topP: wire.top_p,
    topK: wire.top_k,
    frequencyPenalty: wire.frequency_penalty,
    presencePenalty: wire.presence_penalty,
    seed: wire.seed,
    stop,
    maxTokens: wire.max_completion_tokens ?? wire.max_tokens,
    n: wire.n,
    logprobs: wire.logprobs,
    topLogprobs: wire.top_logprobs,
  };
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined)) as Sampling;
}

const EFFORTS: readonly string[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] satisfies ReasoningEffort[];

function effort(value: unknown): ReasoningEffort | undefined {
  return typeof value === 'string' && EFFORTS.includes(value) ? (value as ReasoningEffort) : undefined;
}

/** The fields in which clients of this dialect ask for thinking. All of them are also kept as they came. */
export const REASONING_SETTINGS: ReadonlySet<string> = new Set([
  'reasoning_effort',
  'reasoning',
  'thinking',
  'enable_thinking',
  'thinking_budget',
]);

/** OpenAI `reasoning_effort`; OpenRouter `reasoning`; GLM, Kimi, Anthropic-style `thinking`; Qwen `enable_thinking`, `thinking_budget`. */
export function readReasoning(wire: JsonObject): ReasoningSettings | undefined {
  const open = asObject(wire.reasoning);
  const settings: ReasoningSettings = {};
  const level = effort(wire.reasoning_effort) ?? effort(open?.effort);
  const budget = asNumber(open?.max_tokens) ?? budgetOfThinking(asObject(wire.thinking)) ?? budgetOfQwen(wire);
  const summary = asString(open?.summary);
  if (level !== undefined) settings.effort = level;
  if (budget !== undefined) settings.budget = budget;
  if (open?.enabled === false && level === undefined) settings.effort = 'none';
  if (summary !== undefined) settings.summary = summary;
  return Object.keys(settings).length > 0 ? settings : undefined;
}

function budgetOfThinking(thinking: JsonObject | undefined): number | undefined {
  if (!thinking) return undefined;
  if (thinking.type === 'disabled') return 0;
  return asNumber(thinking.budget_tokens) ?? (asString(thinking.type) ? -1 : undefined);
}

function budgetOfQwen(wire: JsonObject): number | undefined {
  const enabled = asBoolean(wire.enable_thinking);
  if (enabled === false) return 0;
  return asNumber(wire.thinking_budget) ?? (enabled ? -1 : undefined);
}

const FORMAT_FIELDS: ReadonlySet<string> = new Set(['type', 'json_schema']);
const SCHEMA_FIELDS: ReadonlySet<string> = new Set(['name', 'description', 'schema', 'strict']);

/** `response_format`; one with a vendor's own type or fields is also kept as it came. */
export function readOutput(wire: WireRequest): { output?: OutputFormat; kept?: JsonObject } {
  const format = wire.response_format;
  if (!format) return {};
  const raw = { response_format: format as JsonObject };
  switch (format.type) {
    case 'text':
      return { output: { type: 'text' } };
    case 'json_object': {
      const schema = asObject(format.schema);
      return schema ? { output: { type: 'json-schema', schema }, kept: raw } : { output: { type: 'json' } };
    }
    case 'json_schema': {
      const { name, description, schema, strict } = format.json_schema ?? {};
      const odd =
        unknownFields(format as JsonObject, FORMAT_FIELDS) ?? unknownFields((format.json_schema ?? {}) as JsonObject, SCHEMA_FIELDS);
      const output: OutputFormat = {
        type: 'json-schema',
        schema: (schema ?? {}) as JsonObject,
        ...(name !== undefined ? { name } : {}),
        ...(description !== undefined ? { description } : {}),
        ...(strict !== undefined ? { strict } : {}),
      };
      return odd || !schema ? { output, kept: raw } : { output };
    }
    default:
      return { kept: raw };
  }
}
