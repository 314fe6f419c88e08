import { asObject, type JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';
import { isOpenaiReasoning } from './openai-reasoning.ts';

const SAMPLING = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'logprobs', 'top_logprobs', 'logit_bias', 'n'];

/** What the API does anyway when the field is absent: leaving it out loses nothing. */
const DEFAULTS: JsonObject = {
  temperature: 1,
  top_p: 1,
  presence_penalty: 0,
  frequency_penalty: 0,
  logprobs: false,
  top_logprobs: 0,
  n: 1,
};

/** With `none` the newer models do not reason and take sampling parameters again (OpenAI's guide to GPT-5.2 and later). */
function reasoningIsOff(body: JsonObject): boolean {
  return (body.reasoning_effort ?? asObject(body.reasoning)?.effort) === 'none';
}

/** OpenAI's reasoning models answer 400 to sampling parameters. */
export const noSamplingOnReasoning: Quirk = {
  name: 'no-sampling-on-reasoning',
  when: ({ dialect, model }) => (dialect === 'openai-chat' || dialect === 'openai-responses') && isOpenaiReasoning(model),
  apply: (body, { model }, warn) => {
    if (reasoningIsOff(body)) return body;
    const wanted = SAMPLING.filter((name) => body[name] !== undefined && body[name] !== null && body[name] !== DEFAULTS[name]);
    if (wanted.length > 0) warn(`${model} reasons and does not take ${wanted.join(', ')}; left out.`);
    return withoutFields(body, SAMPLING);
  },
};
