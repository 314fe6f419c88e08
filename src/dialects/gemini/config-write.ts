import type { JsonObject } from '../../conversation/json.ts';
import type { Sampling } from '../../conversation/request.ts';
import type { Writing } from './part-write.ts';
import { reduceSchema } from './schema.ts';
import { withEnumTypes } from './schema-types.ts';
import { writeThinking } from './thinking.ts';

/** Most stop sequences the API takes. */
const MOST_STOPS = 5;

/** `generationConfig`. */
export function writeGenerationConfig(writing: Writing): JsonObject {
  const config: JsonObject = { ...writeSampling(writing.request.sampling, writing), ...writeOutput(writing), ...writeModalities(writing) };
  const thinking = writeThinking(writing);
  if (thinking) config.thinkingConfig = thinking;
  return config;
}

function writeSampling(sampling: Sampling, writing: Writing): JsonObject {
  const stop = writing.own ? sampling.stop : sampling.stop?.slice(0, MOST_STOPS);
  if (stop && stop.length < (sampling.stop?.length ?? 0))
    writing.context.warn(`Gemini takes ${MOST_STOPS} stop sequences: the rest was left out.`);
  const config: JsonObject = {
    temperature: sampling.temperature,
    topP: sampling.topP,
    topK: sampling.topK,
    candidateCount: writing.own || (sampling.n ?? 1) > 1 ? sampling.n : undefined,
    maxOutputTokens: sampling.maxTokens,
    stopSequences: stop && stop.length > 0 ? stop : undefined,
    seed: sampling.seed,
    presencePenalty: sampling.presencePenalty,
    frequencyPenalty: sampling.frequencyPenalty,
    responseLogprobs: writing.own || sampling.logprobs ? sampling.logprobs : undefined,
    logprobs: writing.own || sampling.logprobs ? sampling.topLogprobs : undefined,
  };
  return Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
}

/** A Gemini client's own fields come back with the kept ones. `responseSchema` is what every version and compatible server knows. */
function writeOutput(writing: Writing): JsonObject {
  const output = writing.request.output;
  if (!output || writing.own) return {};
  switch (output.type) {
    case 'text':
      return {};
    case 'json':
      return { responseMimeType: 'application/json' };
    case 'json-schema': {
      const schema = reduceSchema(output.schema);
      // A schema without content is "any JSON": the mime type alone says that.
      return { responseMimeType: 'application/json', ...(Object.keys(schema).length > 0 ? { responseSchema: withEnumTypes(schema) } : {}) };
    }
  }
}

/** Speech models answer in sound alone; image models want text named beside the image. */
function writeModalities(writing: Writing): JsonObject {
  const wanted = new Set((writing.request.modalities ?? []).map((each) => each.toUpperCase()).filter((each) => each !== 'TEXT'));
  if (writing.own || wanted.size === 0) return {};
  return { responseModalities: wanted.has('IMAGE') ? ['TEXT', ...wanted] : [...wanted] };
}
