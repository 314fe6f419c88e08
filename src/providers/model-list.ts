import { asArray, asNumber, asObject, asString, type Json, type JsonObject, parseJson } from '../conversation/json.ts';
import type { ModelInfo, ModelList } from './provider.ts';

type Shape = NonNullable<ModelList['shape']>;

/** A model id with what the list says about it; fields it does not mention stay absent. */
function info(id: string | undefined, fields: Omit<ModelInfo, 'id'>): ModelInfo | undefined {
  if (!id) return undefined;
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== 0 && value !== '');
  return { id, ...Object.fromEntries(known) };
}

const flag = (value: Json | undefined): boolean | undefined => (typeof value === 'boolean' ? value : undefined);

/** Whether a list names a word; `undefined` when there is no list. */
const names = (list: Json | undefined, word: string): boolean | undefined => (Array.isArray(list) ? list.includes(word) : undefined);

/**
 * OpenAI's entry, with the extra fields hosts add: OpenRouter (`context_length`, `supported_parameters`, `architecture`), Groq
 * (`context_window`), Mistral (`max_context_length`, `capabilities`), vLLM (`max_model_len`), GitHub (`limits`).
 */
function openaiEntry(entry: JsonObject): ModelInfo | undefined {
  const capabilities = asObject(entry.capabilities);
  const limits = asObject(entry.limits);
  const parameters = entry.supported_parameters;
  const inputs = asObject(entry.architecture)?.input_modalities ?? entry.supported_input_modalities ?? entry.input_modalities;
  return info(asString(entry.id), {
    name: asString(entry.name) ?? asString(entry.display_name),
    contextWindow:
      asNumber(entry.context_length) ??
      asNumber(entry.context_window) ??
      asNumber(entry.max_context_length) ??
      asNumber(entry.max_model_len) ??
      asNumber(limits?.max_input_tokens),
    maxOutput:
      asNumber(asObject(entry.top_provider)?.max_completion_tokens) ??
      asNumber(entry.max_completion_tokens) ??
      asNumber(entry.max_output_tokens) ??
      asNumber(limits?.max_output_tokens),
    tools: names(parameters, 'tools') ?? flag(capabilities?.function_calling) ?? names(entry.capabilities, 'tool-calling'),
    vision: names(inputs, 'image') ?? flag(capabilities?.vision),
    reasoning: names(parameters, 'reasoning') ?? flag(capabilities?.reasoning),
  });
}

function anthropicEntry(entry: JsonObject): ModelInfo | undefined {
  return info(asString(entry.id), {
    name: asString(entry.display_name),
    contextWindow: asNumber(entry.max_input_tokens),
    maxOutput: asNumber(entry.max_tokens),
  });
}

function geminiEntry(entry: JsonObject): ModelInfo | undefined {
  if (names(entry.supportedGenerationMethods, 'generateContent') === false) return undefined;
  return info(asString(entry.name)?.replace(/^models\//, ''), {
    name: asString(entry.displayName),
    contextWindow: asNumber(entry.inputTokenLimit),
    maxOutput: asNumber(entry.outputTokenLimit),
    reasoning: flag(entry.thinking),
  });
}

function cohereEntry(entry: JsonObject): ModelInfo | undefined {
  if (names(entry.endpoints, 'chat') === false) return undefined;
  return info(asString(entry.name), {
    contextWindow: asNumber(entry.context_length),
    tools: names(entry.features, 'tools'),
    vision: names(entry.features, 'vision'),
    reasoning: names(entry.features, 'reasoning'),
  });
}

function fireworksEntry(entry: JsonObject): ModelInfo | undefined {
  return info(asString(entry.name), {
    name: asString(entry.displayName),
    contextWindow: asNumber(entry.contextLength),
    tools: flag(entry.supportsTools),
    vision: flag(entry.supportsImageInput),
  });
}

/** An inference profile (`us.anthropic.…`) or a foundation model that can be asked on demand. */
function bedrockEntry(entry: JsonObject): ModelInfo | undefined {
  if (names(entry.outputModalities, 'TEXT') === false || names(entry.inferenceTypesSupported, 'ON_DEMAND') === false) return undefined;
  return info(asString(entry.inferenceProfileId) ?? asString(entry.modelId), {
    name: asString(entry.inferenceProfileName) ?? asString(entry.modelName),
    vision: names(entry.inputModalities, 'IMAGE'),
  });
}

function cloudflareEntry(entry: JsonObject): ModelInfo | undefined {
  const task = asString(asObject(entry.task)?.name);
  if (task !== undefined && task !== 'Text Generation') return undefined;
  const property = (id: string): string | undefined =>
    asString(asObject(asArray(entry.properties).find((item) => asObject(item)?.property_id === id))?.value);
  const window = property('context_window');
  const tools = property('function_calling');
  return info(asString(entry.name), {
    contextWindow: asNumber(window === undefined ? undefined : parseJson(window)),
    tools: tools === undefined ? undefined : tools === 'true',
  });
}

const READERS: Record<Shape, { list: (body: unknown) => Json[]; entry: (entry: JsonObject) => ModelInfo | undefined }> = {
  openai: { list: (body) => asArray(asObject(body)?.data ?? body), entry: openaiEntry },
  array: { list: (body) => asArray(Array.isArray(body) ? body : asObject(body)?.data), entry: openaiEntry },
  anthropic: { list: (body) => asArray(asObject(body)?.data), entry: anthropicEntry },
  gemini: { list: (body) => asArray(asObject(body)?.models), entry: geminiEntry },
  cohere: { list: (body) => asArray(asObject(body)?.models), entry: cohereEntry },
  ollama: { list: (body) => asArray(asObject(body)?.models), entry: (entry) => info(asString(entry.model) ?? asString(entry.name), {}) },
  fireworks: { list: (body) => asArray(asObject(body)?.models), entry: fireworksEntry },
  bedrock: {
    list: (body) => [...asArray(asObject(body)?.inferenceProfileSummaries), ...asArray(asObject(body)?.modelSummaries)],
    entry: bedrockEntry,
  },
  cloudflare: { list: (body) => asArray(asObject(body)?.result), entry: cloudflareEntry },
};

/** The models in a vendor's list, each id once, in the vendor's order. What cannot be read is left out; never throws. */
export function parseModelList(shape: ModelList['shape'], body: unknown): ModelInfo[] {
  const reader = READERS[shape ?? 'openai'];
  const models = new Map<string, ModelInfo>();
  for (const item of reader.list(body)) {
    const entry = asObject(item);
    const model = entry && reader.entry(entry);
    if (model && !models.has(model.id)) models.set(model.id, model);
  }
  return [...models.values()];
}
