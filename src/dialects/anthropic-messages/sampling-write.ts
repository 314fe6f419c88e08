import type { JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, Sampling } from '../../conversation/request.ts';
import type { ModelTraits } from './model-traits.ts';

type Warn = (message: string) => void;

/** With thinking, `top_p` may not be below this (Extended thinking, "Feature compatibility"). */
const LEAST_TOP_P = 0.95;

/** temperature, top_p, top_k and stop sequences as far as this model takes them. */
export function writeSampling(request: ChatRequest, traits: ModelTraits, thinking: boolean, warn: Warn): JsonObject {
  const { temperature, topP, topK } = request.sampling;
  const stop = stopSequences(request.sampling, warn);
  const asked = temperature !== undefined || topP !== undefined || topK !== undefined;
  if (traits.refusesSampling) {
    if (asked) warn('temperature, top_p and top_k were left out: this model refuses them.');
    return stop;
  }
  if (!asked) return stop;
  return { ...(thinking ? whileThinking(request.sampling, warn) : plain(request.sampling, traits, warn)), ...stop };
}

function plain({ temperature, topP, topK }: Sampling, traits: ModelTraits, warn: Warn): JsonObject {
  const both = temperature !== undefined && topP !== undefined && traits.oneOfTemperatureTopP;
  // top_p 1 says nothing, so it is the one to go without a word.
  if (both && topP !== 1) warn('top_p was left out: this model refuses it together with temperature.');
  return {
    ...(temperature === undefined ? {} : { temperature: clamped(temperature, warn) }),
    ...(topP === undefined || both ? {} : { top_p: topP }),
    ...(topK === undefined ? {} : { top_k: topK }),
  };
}

function clamped(temperature: number, warn: Warn): number {
  if (temperature <= 1) return Math.max(0, temperature);
  warn('temperature was lowered to 1, the most this API takes.');
  return 1;
}

function whileThinking({ temperature, topP, topK }: Sampling, warn: Warn): JsonObject {
  const left = [
    ...(temperature === undefined || temperature === 1 ? [] : ['temperature']),
    ...(topK === undefined ? [] : ['top_k']),
    ...(topP === undefined || topP >= LEAST_TOP_P ? [] : ['top_p']),
  ];
  if (left.length > 0) warn(`${left.join(', ')} left out: not compatible with thinking.`);
  if (temperature === 1) return { temperature };
  return topP !== undefined && topP >= LEAST_TOP_P ? { top_p: topP } : {};
}

/** The API refuses sequences of white space ("each stop sequence must contain non-whitespace"). */
function stopSequences({ stop }: Sampling, warn: Warn): JsonObject {
  const kept = (stop ?? []).filter((sequence) => sequence.trim() !== '');
  if (kept.length < (stop?.length ?? 0)) warn('Stop sequences of white space were left out: this API refuses them.');
  return kept.length > 0 ? { stop_sequences: kept } : {};
}

/** Names what this API has no word for. */
export function warnUnsupported({ sampling, modalities }: ChatRequest, warn: Warn): void {
  const asked: [string, boolean][] = [
    ['seed', sampling.seed !== undefined],
    ['frequency_penalty', (sampling.frequencyPenalty ?? 0) !== 0],
    ['presence_penalty', (sampling.presencePenalty ?? 0) !== 0],
    ['n', (sampling.n ?? 1) > 1],
    ['logprobs', sampling.logprobs === true],
  ];
  const names = asked.filter(([, given]) => given).map(([name]) => name);
  if (names.length > 0) warn(`${names.join(', ')} left out: the Anthropic Messages API has no such setting.`);
  const kinds = (modalities ?? []).filter((kind) => kind.toLowerCase() !== 'text');
  if (kinds.length > 0) warn(`This API answers in text; ${kinds.join(', ')} output was not asked for.`);
}
