import type { JsonObject } from '../../conversation/json.ts';
import type { EditorApi, EditorModel } from './editor-api.ts';
import { BridgeFailure } from './failure.ts';

/** The two providers of the catalogue that lead here, by the first segment of their path. */
export const PROVIDERS = ['copilot', 'lm'] as const;
export type BridgedProvider = (typeof PROVIDERS)[number];

const COPILOT = 'copilot';

/**
 * Never offered: our own models, and endpoints that users entered in Copilot Chat by hand, for they may well be ours again. What asks
 * itself never ends. (Such endpoints can be added to the gateway itself.)
 */
const LOOPS: ReadonlySet<string> = new Set(['omniroute', 'customendpoint', 'customoai']);

/** Where models come from. `vendors`: of all extensions. */
export interface ModelSource {
  api: Pick<EditorApi, 'lm'>;
  vendors(): readonly string[];
}

/** Which vendors' models a provider has: asked one by one, since asking for all would ask ourselves too. */
export function vendorsOf(provider: BridgedProvider, { vendors }: ModelSource): string[] {
  if (provider === COPILOT) return [COPILOT];
  return [...new Set(vendors())].filter((vendor) => vendor !== COPILOT && !LOOPS.has(vendor));
}

/** `gpt-5` of Copilot, `vendor/model` of others. */
export function nameOf(provider: BridgedProvider, { vendor, id }: EditorModel): string {
  return provider === COPILOT ? id : `${vendor}/${id}`;
}

/** A provider's models right now. A vendor that fails has none. */
export async function modelsOf(provider: BridgedProvider, source: ModelSource): Promise<EditorModel[]> {
  const lists = await Promise.allSettled(
    vendorsOf(provider, source).map(async (vendor) => await source.api.lm.selectChatModels({ vendor })),
  );
  return lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
}

/** The model of that name. Throws BridgeFailure (404) where there is none. */
export async function modelNamed(provider: BridgedProvider, name: string, source: ModelSource): Promise<EditorModel> {
  const vendor = provider === COPILOT ? COPILOT : name.slice(0, Math.max(0, name.indexOf('/')));
  const offered = vendorsOf(provider, source).includes(vendor) ? await source.api.lm.selectChatModels({ vendor }) : [];
  const found = offered.find((model) => nameOf(provider, model) === name);
  if (!found) throw new BridgeFailure(404, 'model_not_found', `VS Code offers no model "${name.slice(0, 200)}" here.`);
  return found;
}

/** A list of models in OpenAI's form, with what the API tells of each in the fields that model-list.ts reads. */
export function modelList(provider: BridgedProvider, models: readonly EditorModel[]): JsonObject {
  return { object: 'list', data: models.map((model) => entryOf(provider, model)) };
}

function entryOf(provider: BridgedProvider, model: EditorModel): JsonObject {
  const { supportsToolCalling: tools, supportsImageToText: images } = model.capabilities ?? {};
  const output = model.maxOutputTokens;
  return {
    id: nameOf(provider, model),
    object: 'model',
    owned_by: model.vendor,
    name: model.name,
    context_length: model.maxInputTokens + (output ?? 0),
    ...(output === undefined ? {} : { max_output_tokens: output }),
    ...(tools === undefined ? {} : { supported_parameters: tools ? ['tools'] : [] }),
    ...(images === undefined ? {} : { input_modalities: images ? ['text', 'image'] : ['text'] }),
  };
}
