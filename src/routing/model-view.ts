import type { Provider, Tier } from '../providers/provider.ts';
import type { ListedModel } from './models.ts';
import type { Target } from './target.ts';

/** A name that can be asked for, as `GET /admin/models` lists it. What is not known is `null`. */
export interface ModelView {
  /** What a client asks for: `prefix/model`, a combo, an alias, `auto`. */
  name: string;
  /** For people: the model's name. */
  title: string;
  kind: 'model' | 'combo' | 'alias' | 'auto';
  /** Of a model: its provider (id, and name for people), and the accounts that have it (ids). Of the others: of all their targets. */
  providers: { id: string; name: string }[];
  accounts: string[];
  tier: Tier | null;
  /** Tokens. Of a combo: what each of its targets can. */
  contextWindow: number | null;
  maxOutput: number | null;
  tools: boolean | null;
  vision: boolean | null;
  reasoning: boolean | null;
  /** US dollars a million tokens, the user's own price or the list's; 0 for what is free, `null` unknown. Absent of combos. */
  price: { input: number; output: number } | null;
  /** Of a combo: its targets. Of an alias: what it stands for. */
  targets?: string[];
}

/** What is known of a model beside its list: `context` in tokens, `price` in US dollars a million tokens. */
export interface ModelFacts {
  context: number | undefined;
  price: { input: number; output: number } | undefined;
}

export function modelView({ name, account, accounts, info }: ListedModel, { context, price }: ModelFacts): ModelView {
  return {
    name,
    title: info.name ?? info.id,
    kind: 'model',
    providers: providersOf(accounts.map(({ provider }) => provider)),
    accounts: accounts.map(({ config }) => config.id),
    tier: account.provider.tier,
    contextWindow: info.contextWindow ?? context ?? null,
    maxOutput: info.maxOutput ?? null,
    tools: info.tools ?? null,
    vision: info.vision ?? null,
    reasoning: info.reasoning ?? null,
    price: price ? { input: price.input, output: price.output } : null,
  };
}

/** A name that leads to several: it promises what each of them can. `known` are the views of all models, by name. */
export function groupView(
  head: Pick<ModelView, 'name' | 'kind' | 'targets'>,
  targets: readonly Target[],
  known: ReadonlyMap<string, ModelView>,
): ModelView {
  const names = new Set(targets.map((target) => target.name));
  const views = [...names].map((name) => known.get(name));
  const [only] = names.size === 1 ? views : [];
  return {
    ...head,
    title: head.name,
    providers: providersOf(targets.map(({ account }) => account.provider)),
    accounts: [...new Set(targets.map(({ account }) => account.config.id))],
    tier: targets[0]?.account.provider.tier ?? null,
    contextWindow: least(views.map((view) => view?.contextWindow)),
    maxOutput: least(views.map((view) => view?.maxOutput)),
    tools: every(views.map((view) => view?.tools)),
    vision: every(views.map((view) => view?.vision)),
    reasoning: every(views.map((view) => view?.reasoning)),
    price: head.kind === 'alias' ? (only?.price ?? null) : null,
  };
}

/** The least of what is known. */
export function least(amounts: readonly (number | null | undefined)[]): number | null {
  const known = amounts.filter((amount) => typeof amount === 'number');
  return known.length > 0 ? Math.min(...known) : null;
}

/** False when one cannot; `null` while one of the others is not known. */
function every(answers: readonly (boolean | null | undefined)[]): boolean | null {
  if (answers.includes(false)) return false;
  return answers.length > 0 && answers.every((answer) => answer === true) ? true : null;
}

function providersOf(providers: readonly Provider[]): ModelView['providers'] {
  return [...new Map(providers.map(({ id, name }) => [id, { id, name }])).values()];
}
