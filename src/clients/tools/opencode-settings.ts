import { type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { OfferedModel, Setup } from '../client.ts';
import type { TextEdit } from '../edit/edit.ts';
import { OUR_ID, OUR_NAME, type SettingsFile, textAt, valueAt } from './look.ts';

/** The settings of opencode and of its fork Kilo: several files that are merged, and a provider among others. */

/** How a provider is written. The wrong shape is refused or dropped as a whole, so exactly one is written. */
export interface ProviderShape {
  providers: 'provider' | 'providers';
  /** Where the base URL and the key stand. */
  options: 'options' | 'settings';
  package: TextEdit;
}

/** Up to 1.x, and Kilo. */
export const SHAPE_1: ProviderShape = {
  providers: 'provider',
  options: 'options',
  // Chat Completions: the one dialect in which every model of the gateway can be asked.
  package: { set: ['provider', OUR_ID, 'npm'], to: '@ai-sdk/openai-compatible' },
};
/** From 2.x on. */
export const SHAPE_2: ProviderShape = {
  providers: 'providers',
  options: 'settings',
  package: { set: ['providers', OUR_ID, 'package'], to: '@opencode/ai/providers/openai-compatible' },
};

/** Of several files that are merged, what the last says that says it. */
export function lastText(files: readonly SettingsFile[], ...path: string[]): string | undefined {
  return files.map((file) => textAt(file, ...path)).findLast((text) => text !== undefined);
}

/** Member by member, so that what the user set beside them (headers, a timeout) stays. */
export function providerEdits({ providers, options, package: packaged }: ProviderShape, setup: Setup): TextEdit[] {
  const at = [providers, OUR_ID];
  const models = Object.fromEntries(setup.models.map((model) => [model.name, modelEntry(model)]));
  return [
    packaged,
    { set: [...at, 'name'], to: OUR_NAME },
    { set: [...at, options, 'baseURL'], to: `${setup.origin}/v1` },
    { set: [...at, options, 'apiKey'], to: setup.key },
    { set: [...at, 'models'], to: models },
  ];
}

function modelEntry(model: OfferedModel): JsonObject {
  return withoutNulls({
    name: model.title,
    // Both numbers or none: the schema asks for both. Without a context the tool never compacts; an output of 0 is its own default
    // (kilo.ai/docs, "Token Limits").
    limit: model.contextWindow ? { context: model.contextWindow, output: model.maxOutput ?? 0 } : undefined,
    tool_call: model.tools,
    reasoning: model.reasoning,
    attachment: model.vision,
    modalities: model.vision ? { input: ['text', 'image'], output: ['text'] } : undefined,
  });
}

/** `enabled_providers`, where the user has one, lets no other in. */
export function enablingEdits(files: readonly SettingsFile[], path: string): TextEdit[] {
  const file = files.find((candidate) => candidate.path === path);
  const enabled = file && valueAt(file, 'enabled_providers');
  if (!Array.isArray(enabled) || enabled.includes(OUR_ID)) return [];
  return [{ set: ['enabled_providers', enabled.length], to: OUR_ID }];
}
