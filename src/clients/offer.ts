import { matchesAny } from '../config/wildcard.ts';
import type { OfferedModel } from './client.ts';

/** A name that can be asked for, and what kind it is. Models come best first. */
export interface GatewayModel extends OfferedModel {
  kind: 'model' | 'combo' | 'alias' | 'auto';
}

/** Models of accounts that a tool is told of when nobody chose: pickers become useless with thousands, and some tools read the list with each start. */
export const MOST_MODELS = 40;
/** Those that fit patterns somebody wrote. */
export const MOST_CHOSEN = 200;

/**
 * What a tool is told of: the user's own names (combos, aliases) and `auto`, then models of accounts, of each account some, up to
 * `MOST_MODELS`. With patterns: what fits them, up to `MOST_CHOSEN`. In the order given. `leftOut`: how many more there are.
 */
export function offer(all: readonly GatewayModel[], patterns: readonly string[] | undefined): { models: GatewayModel[]; leftOut: number } {
  const fitting = patterns ? all.filter(({ name }) => matchesAny(patterns, name)) : all.filter(isUsual);
  const own = fitting.filter(({ kind }) => kind !== 'model');
  const models = fitting.filter(({ kind }) => kind === 'model');
  const some = spread(models, patterns ? MOST_CHOSEN : MOST_MODELS);
  return { models: [...own, ...some], leftOut: models.length - some.length };
}

/** Variants of `auto` are there for who asks for them. */
function isUsual({ kind, name }: GatewayModel): boolean {
  return kind !== 'auto' || name === 'auto';
}

/** The first of each account, then the second of each, until there are enough. */
function spread(models: readonly GatewayModel[], most: number): GatewayModel[] {
  if (models.length <= most) return [...models];
  const counts = new Map<string, number>();
  const turns = models.map((model) => {
    const prefix = model.name.slice(0, Math.max(0, model.name.indexOf('/')));
    const turn = counts.get(prefix) ?? 0;
    counts.set(prefix, turn + 1);
    return { model, turn };
  });
  const chosen = new Set(
    turns
      .toSorted((a, b) => a.turn - b.turn)
      .slice(0, most)
      .map(({ model }) => model),
  );
  return models.filter((model) => chosen.has(model));
}

/**
 * The model a tool is to use when nobody chose: the first combo, else `auto`, also while no account is connected yet. With patterns: the
 * same among what fits them, else whatever fits first.
 */
export function usualModel(models: readonly GatewayModel[], patterns?: readonly string[]): string | undefined {
  const combo = models.find(({ kind }) => kind === 'combo');
  if (combo) return combo.name;
  return !patterns || matchesAny(patterns, 'auto') ? 'auto' : models[0]?.name;
}

/** A model as tools are told of it. */
export function offered({ kind: _, ...model }: GatewayModel): OfferedModel {
  return model;
}
