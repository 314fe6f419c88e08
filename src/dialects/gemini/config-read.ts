import { asArray, asBoolean, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { OutputFormat, ReasoningEffort, ReasoningSettings, Sampling } from '../../conversation/request.ts';
import { jsonSchemaOf } from './schema-read.ts';

interface Config {
  sampling: Sampling;
  reasoning?: ReasoningSettings;
  output?: OutputFormat;
  modalities?: string[];
  /** What the fields above do not hold, and what must go back to Gemini as it was written. */
  rest: JsonObject;
}

/** Reads `generationConfig`. */
export function readGenerationConfig(config: JsonObject | undefined): Config {
  if (!config) return { sampling: {}, rest: {} };
  const { temperature, topP, topK, candidateCount, maxOutputTokens, stopSequences, seed, ...after } = config;
  const { presencePenalty, frequencyPenalty, responseLogprobs, logprobs, thinkingConfig, ...rest } = after;
  const stop = asArray(stopSequences).filter((text) => typeof text === 'string');
  const sampling: Sampling = {
    temperature: asNumber(temperature),
    topP: asNumber(topP),
    topK: asNumber(topK),
    n: asNumber(candidateCount),
    maxTokens: asNumber(maxOutputTokens),
    stop: stop.length > 0 ? stop : undefined,
    seed: asNumber(seed),
    presencePenalty: asNumber(presencePenalty),
    frequencyPenalty: asNumber(frequencyPenalty),
    logprobs: asBoolean(responseLogprobs),
    topLogprobs: asNumber(logprobs),
  };
  const thinking = readThinking(asObject(thinkingConfig));
  return {
    sampling: withoutUndefined(sampling),
    ...(thinking.reasoning ? { reasoning: thinking.reasoning } : {}),
    ...readOutput(rest),
    ...readModalities(rest),
    rest: thinking.rest ? { ...rest, thinkingConfig: thinking.rest } : rest,
  };
}

function withoutUndefined(sampling: Sampling): Sampling {
  return Object.fromEntries(Object.entries(sampling).filter(([, value]) => value !== undefined));
}

const EFFORTS: Record<string, ReasoningEffort> = { MINIMAL: 'minimal', LOW: 'low', MEDIUM: 'medium', HIGH: 'high' };

function readThinking(config: JsonObject | undefined): { reasoning?: ReasoningSettings; rest?: JsonObject } {
  if (!config) return {};
  const { thinkingBudget, thinkingLevel, includeThoughts, ...rest } = config;
  const effort = EFFORTS[asString(thinkingLevel)?.toUpperCase() ?? ''];
  const budget = asNumber(thinkingBudget);
  const summary = asBoolean(includeThoughts);
  const reasoning: ReasoningSettings = {
    ...(effort ? { effort } : {}),
    ...(budget === undefined ? {} : { budget }),
    ...(summary === undefined ? {} : { summary }),
  };
  return { reasoning, ...(Object.keys(rest).length > 0 ? { rest } : {}) };
}

function readOutput(config: JsonObject): { output?: OutputFormat } {
  if (asString(config.responseMimeType) !== 'application/json') return {};
  const schema = asObject(config.responseJsonSchema) ?? (isObject(config.responseSchema) ? jsonSchemaOf(config.responseSchema) : undefined);
  if (!schema) return { output: { type: 'json' } };
  const name = asString(schema.title);
  return { output: { type: 'json-schema', schema, ...(name === undefined ? {} : { name }) } };
}

/** `Modality` by number, as Vertex takes it with integer enums. */
const MODALITIES = ['', 'text', 'image', 'audio', 'video'];

function readModalities(config: JsonObject): { modalities?: string[] } {
  const wanted = asArray(config.responseModalities).flatMap((each) => {
    const name = typeof each === 'number' ? MODALITIES[each] : asString(each)?.toLowerCase();
    return name === undefined || ['', 'text', 'modality_unspecified'].includes(name) ? [] : [name];
  });
  return wanted.length > 0 ? { modalities: wanted } : {};
}
