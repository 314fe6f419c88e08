import type { ComboConfig, ModelView } from '../../../src/editor/admin/api.ts';
import { tierRank } from '../../../src/editor/views/words.ts';
import { isRecord } from '../../fits.ts';
import { hasWords, searchWords } from '../../ui/search-words.ts';
import { compareKnown } from '../../ui/table/order.ts';
import type { Sorted } from '../../ui/table.tsx';

/** A name that can be put into a combo. */
export interface Choice extends Omit<ModelView, 'targets' | 'accounts'> {
  /** In small letters: what a search looks through. */
  words: string;
}

export interface Filter {
  text: string;
  /** A provider's id; empty: all. */
  provider: string;
  /** A tier, or `combo`; empty: all. */
  tier: string;
  tools: boolean;
  vision: boolean;
  free: boolean;
}

export const NO_FILTER: Filter = { text: '', provider: '', tier: '', tools: false, vision: false, free: false };

export function isFilter(value: unknown): value is Filter {
  return isRecord(value) && Object.entries(NO_FILTER).every(([name, like]) => typeof value[name] === typeof like);
}

/** All models, combos (none that leads back to `self`) and automatic names: combos first, then by tier and name. */
export function choicesOf(models: readonly ModelView[], combos: readonly ComboConfig[], self: string): Choice[] {
  const known = new Map(models.map((model) => [model.name, model]));
  const others = combos.filter(({ name }) => !leadsTo(combos, name, self)).map((combo) => known.get(combo.name) ?? unknown(combo));
  const rest = models.filter(({ kind }) => kind === 'model' || kind === 'auto');
  return [...others, ...rest].map(choice).sort(byRank);
}

const KIND_RANK: Record<ModelView['kind'], number> = { combo: 0, auto: 1, alias: 2, model: 3 };

function byRank(a: Choice, b: Choice): number {
  return KIND_RANK[a.kind] - KIND_RANK[b.kind] || tierRank(a.tier ?? undefined) - tierRank(b.tier ?? undefined) || compare(a.name, b.name);
}

function choice({ targets: _, accounts: __, ...model }: ModelView): Choice {
  const words = [model.name, model.title, ...model.providers.map(({ name }) => name)].join(' ').toLowerCase();
  return { ...model, words };
}

/** A combo that is off has no entry among the models. */
function unknown({ name }: ComboConfig): ModelView {
  const nothing = { tier: null, contextWindow: null, maxOutput: null, tools: null, vision: null, reasoning: null, price: null };
  return { name, title: name, kind: 'combo', providers: [], accounts: [], ...nothing };
}

/** Whether asking for `from` can end at `to`. */
export function leadsTo(combos: readonly ComboConfig[], from: string, to: string, seen: Set<string> = new Set()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const targets = combos.find(({ name }) => name === from)?.targets ?? [];
  return targets.some((target) => leadsTo(combos, target, to, seen));
}

export function filtered(choices: readonly Choice[], filter: Filter): Choice[] {
  const words = searchWords(filter.text);
  const found = choices.filter((entry) => fits(entry, filter) && words.every((word) => entry.words.includes(word)));
  if (words.length === 0) return found;
  // A name that has the words comes before one whose provider has them.
  const named = ({ name }: Choice): boolean => hasWords(name, words);
  return [...found.filter(named), ...found.filter((entry) => !named(entry))];
}

function fits({ kind, providers, tier, tools, vision, price }: Choice, filter: Filter): boolean {
  if (filter.provider !== '' && !providers.some(({ id }) => id === filter.provider)) return false;
  if (filter.tier !== '' && filter.tier !== (kind === 'model' ? tier : kind)) return false;
  if (filter.tools && tools !== true) return false;
  if (filter.vision && vision !== true) return false;
  return !filter.free || (price !== null && price.input === 0 && price.output === 0);
}

/** By a column of the list; what is not known comes last either way. */
export function sorted(choices: readonly Choice[], by: Sorted | undefined): readonly Choice[] {
  if (!by) return choices;
  const value = VALUES[by.by];
  if (!value) return by.down ? choices.toSorted((a, b) => compare(b.name, a.name)) : choices.toSorted((a, b) => compare(a.name, b.name));
  return choices.toSorted((a, b) => compareKnown(value(a), value(b), by.down) || compare(a.name, b.name));
}

const VALUES: Record<string, (choice: Choice) => number | undefined> = {
  context: ({ contextWindow }) => contextWindow ?? undefined,
  price: ({ price }) => (price ? price.input + price.output : undefined),
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The providers there are to choose from, by name. */
export function providersOf(choices: readonly Choice[]): { id: string; name: string }[] {
  const all = new Map(choices.flatMap(({ providers }) => providers.map(({ id, name }) => [id, name] as const)));
  return [...all].map(([id, name]) => ({ id, name })).sort((a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()));
}

/** What Enter in the search adds: a name or a pattern as it was typed, else the first that was found, else what was typed. */
export function typedTarget(text: string, choices: readonly Choice[], found: readonly Choice[]): string | undefined {
  const typed = text.trim();
  if (typed === '') return undefined;
  if (typed.includes('*') || choices.some(({ name }) => name === typed)) return typed;
  return found[0]?.name ?? typed;
}
