import { effortOf } from '../../conversation/effort.ts';
import { type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { ReasoningEffort } from '../../conversation/request.ts';
import { keptFields, keptForm } from './extensions.ts';
import { isOpenAiReasoning } from './model-facts.ts';
import { REASONING_SETTINGS } from './request-read-sampling.ts';
import type { Writing } from './request-write.ts';

export function writeSampling({ request, context, own }: Writing): JsonObject {
  const { sampling } = request;
  if (sampling.topK !== undefined && keptFields(request.extensions).top_k === undefined) {
    context.warn('top_k was left out: Chat Completions has no such parameter.');
  }
  return withoutNulls({
    temperature: sampling.temperature,
    top_p: sampling.topP,
    frequency_penalty: sampling.frequencyPenalty,
    presence_penalty: sampling.presencePenalty,
    seed: sampling.seed,
    stop: sampling.stop && (sampling.stop.length > 0 || own) ? sampling.stop : undefined,
    n: sampling.n,
    logprobs: sampling.logprobs,
    top_logprobs: sampling.topLogprobs,
    ...(sampling.maxTokens === undefined ? {} : { [limitField(request.extensions, context.model)]: sampling.maxTokens }),
  });
}

/** OpenAI's reasoning models refuse `max_tokens`; most other hosts know nothing else. The client's own choice goes before both. */
function limitField(extensions: Parameters<typeof keptForm>[0], model: string): string {
  const limit = keptForm(extensions).limit;
  if (limit === 'max_completion_tokens' || isOpenAiReasoning(model)) return 'max_completion_tokens';
  return 'max_tokens';
}

/** Adds the reasoning settings to `body`, which already holds the client's own fields, or takes those out where the model cannot think. */
export function writeReasoning({ request, context }: Writing, body: JsonObject): void {
  const own = [...REASONING_SETTINGS].filter((field) => body[field] !== undefined);
  if (context.thinks === false) {
    for (const field of own) delete body[field];
    return;
  }
  const effort = effortOf(request.reasoning);
  if (own.length === 0 && effort !== undefined) body.reasoning_effort = effortFor(effort, context.model);
}

/** Efforts beyond low, medium and high exist at OpenAI's newer models only: `none` from gpt-5.1 on, `minimal` at gpt-5, `xhigh` from gpt-5.1-codex-max on. */
function effortFor(effort: ReasoningEffort, model: string): ReasoningEffort {
  if (!isOpenAiReasoning(model)) return clamp(effort);
  const first = /gpt-5(?:-|$)/i.test(model);
  switch (effort) {
    case 'none':
      return first ? 'minimal' : /gpt/i.test(model) ? 'none' : 'low';
    case 'minimal':
      return first ? 'minimal' : 'low';
    case 'xhigh':
    case 'max':
      return /gpt-(?:5\.[2-9]|[6-9])|codex-max/i.test(model) ? 'xhigh' : 'high';
    default:
      return effort;
  }
}

function clamp(effort: ReasoningEffort): ReasoningEffort {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' || effort === 'max' ? 'high' : effort;
}

export function writeOutput({ request, own }: Writing): JsonObject {
  const { output } = request;
  if (!output || keptFields(request.extensions).response_format !== undefined) return {};
  switch (output.type) {
    case 'text':
      return own ? { response_format: { type: 'text' } } : {};
    case 'json':
      return { response_format: { type: 'json_object' } };
    case 'json-schema': {
      const name = output.name ?? (own ? undefined : 'response');
      const schema = withoutNulls({ name: fitName(name), description: output.description, schema: output.schema, strict: output.strict });
      return { response_format: { type: 'json_schema', json_schema: schema } };
    }
  }
}

/** OpenAI: `^[a-zA-Z0-9_-]{1,64}$`. */
function fitName(name: string | undefined): string | undefined {
  return name === undefined ? undefined : name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, 64) || 'response';
}
