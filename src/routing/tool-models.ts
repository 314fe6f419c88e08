import { providerById } from '../providers/catalogue.ts';
import { isChat } from './auto-models.ts';
import type { ModelView } from './model-view.ts';

/** A model as coding tools are told of it; what is not known is absent. */
export interface ToolModel {
  name: string;
  title: string;
  kind: ModelView['kind'];
  contextWindow?: number;
  maxOutput?: number;
  tools?: boolean;
  vision?: boolean;
  reasoning?: boolean;
}

/**
 * Names that a coding tool can use, own names first: without models that do not chat, or
 * are known not to call tools; of each provider those the catalogue knows first. The demo's
 * only where there are no others.
 */
export function toolModels(views: readonly ModelView[]): ToolModel[] {
  const own = views.filter(({ kind }) => kind !== 'model');
  const able = views.filter((view) => view.kind === 'model' && view.tools !== false && isChat(idOf(view)));
  const real = able.filter((view) => !isDemo(view));
  const models = real.length > 0 ? real : able;
  const ranks = new Map(models.map((view) => [view, rankOf(view)]));
  const ranked = models.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
  return [...own, ...ranked].map(toolModel);
}

/** Its place in the catalogue, which begins with the best. */
function rankOf(view: ModelView): number {
  const [provider] = view.providers;
  const seed = provider ? providerById(provider.id)?.models.seed : undefined;
  const at = seed?.findIndex(({ id }) => id === idOf(view)) ?? -1;
  return at < 0 ? Number.MAX_SAFE_INTEGER : at;
}

function isDemo({ providers: [provider] }: ModelView): boolean {
  return provider !== undefined && providerById(provider.id)?.offline === true;
}

/** What stands after the prefix. */
function idOf({ name }: ModelView): string {
  return name.slice(name.indexOf('/') + 1);
}

function toolModel({ name, title, kind, ...view }: ModelView): ToolModel {
  const { contextWindow, maxOutput, tools, vision, reasoning } = view;
  const facts = Object.entries({ contextWindow, maxOutput, tools, vision, reasoning }).filter(([, value]) => value !== null);
  return { name, title, kind, ...Object.fromEntries(facts) };
}
