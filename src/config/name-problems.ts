import type { ComboConfig, RouteConfig } from './combos.ts';
import { nearest } from './nearest.ts';
import { matchesAny } from './wildcard.ts';

/** Something wrong with names, and where in the config. */
export interface NameProblem {
  path: (string | number)[];
  message: string;
}

interface Names {
  combos: readonly ComboConfig[];
  aliases: Readonly<Record<string, string>>;
}

/** Names that `auto` and its variants use. */
export const AUTO_NAMES = ['auto', 'auto/free', 'auto/cheap', 'auto/fast'] as const;

/** Names that cannot work: combos that contain themselves, aliases of aliases, names that mean two things. Pure. */
export function nameProblems(names: Names): NameProblem[] {
  return [...reservedNames(names), ...cycles(names), ...aliasProblems(names)];
}

function reservedNames({ combos }: Names): NameProblem[] {
  return combos.flatMap(({ name }, index) =>
    name === 'auto' ? [{ path: ['combos', index, 'name'], message: '"auto" is the name of automatic routing' }] : [],
  );
}

function cycles(names: Names): NameProblem[] {
  const targetsOf = reachable(names);
  return names.combos.flatMap((combo, index) =>
    combo.targets.flatMap((target, at) => {
      const way = wayBack(targetsOf, target, combo.name);
      return way ? [{ path: ['combos', index, 'targets', at], message: `goes round in a circle: ${way.join(' → ')}` }] : [];
    }),
  );
}

/** What a name leads to at once: a combo to its targets, an alias to what it stands for. */
function reachable({ combos, aliases }: Names): (name: string) => readonly string[] {
  const byName = new Map(combos.map((combo) => [combo.name, combo.targets]));
  return (name) => byName.get(name) ?? (Object.hasOwn(aliases, name) ? [aliases[name] ?? ''] : []);
}

/** The shortest way from `goal` over `from` back to `goal`, or `undefined`. Each name is looked at once, however often combos share others. */
function wayBack(targetsOf: (name: string) => readonly string[], from: string, goal: string): readonly string[] | undefined {
  const before = new Map<string, string>([[from, goal]]);
  for (const name of before.keys()) {
    if (name === goal) return [...trail(before, from, before.get(name) ?? goal, goal), goal];
    for (const next of targetsOf(name)) if (!before.has(next)) before.set(next, name);
  }
  return undefined;
}

/** The names from `goal` over `from` to `last`. */
function trail(before: ReadonlyMap<string, string>, from: string, last: string, goal: string): string[] {
  const names: string[] = [];
  for (let name = last; name !== from && name !== goal; name = before.get(name) ?? goal) names.unshift(name);
  return from === goal ? [goal] : [goal, from, ...names];
}

function aliasProblems({ combos, aliases }: Names): NameProblem[] {
  const names = new Set<string>([...combos.map((combo) => combo.name), ...AUTO_NAMES]);
  return Object.entries(aliases).flatMap(([alias, to]) => {
    const path = ['aliases', alias];
    if (names.has(alias)) return [{ path, message: `"${alias}" is already the name of a combo or of automatic routing` }];
    if (to === alias) return [{ path, message: 'stands for itself' }];
    return Object.hasOwn(aliases, to) ? [{ path, message: `"${to}" is an alias too; an alias names a model or a combo` }] : [];
  });
}

/** What the accounts answer to. */
export interface KnownModels {
  /** First parts of model names, of every configured account. */
  prefixes: ReadonlySet<string>;
  /** True for a model id that some account lists. */
  models(id: string): boolean;
  /** Names of models to suggest, `prefix/model`. */
  suggestions?: readonly string[];
}

const SUGGESTIONS = 3;

/**
 * Targets of combos, aliases and routes that nobody knows, with the nearest names. For the moment somebody saves them; a file is loaded
 * all the same, since an account may be gone for good reasons. Pure.
 */
export function targetProblems(names: Names & { routes?: readonly RouteConfig[] }, known: KnownModels): NameProblem[] {
  const own = new Set<string>([...names.combos.map((combo) => combo.name), ...Object.keys(names.aliases), ...AUTO_NAMES]);
  return places(names).flatMap(({ path, target, put }) => {
    if (own.has(target) || isKnownModel(target, known)) return [];
    // What would go round in a circle, or two steps, is no help.
    const fits = (name: string): boolean => !own.has(name) || nameProblems({ ...names, ...put(name) }).length === 0;
    return [{ path, message: unknownMessage(target, own, known, fits) }];
  });
}

/** Where a target stands. */
interface Place {
  path: NameProblem['path'];
  target: string;
  /** The names with another target in its place. */
  put(name: string): Partial<Names>;
}

function places({ combos, aliases, routes = [] }: Names & { routes?: readonly RouteConfig[] }): Place[] {
  return [
    ...combos.flatMap((combo, index) =>
      combo.targets.map((target, at) => ({
        path: ['combos', index, 'targets', at],
        target,
        put: (name: string) => ({ combos: combos.with(index, { ...combo, targets: combo.targets.with(at, name) }) }),
      })),
    ),
    ...Object.entries(aliases).map(([alias, target]) => ({
      path: ['aliases', alias],
      target,
      put: (name: string) => ({ aliases: { ...aliases, [alias]: name } }),
    })),
    ...routes.map(({ to }, index) => ({ path: ['routes', index, 'to'], target: to, put: () => ({}) })),
  ];
}

function isKnownModel(target: string, { prefixes, models }: KnownModels): boolean {
  const slash = target.indexOf('/');
  const prefix = target.slice(0, slash);
  if (slash > 0 && (prefixes.has(prefix) || (prefix.includes('*') && [...prefixes].some((entry) => matchesAny([prefix], entry))))) {
    return slash < target.length - 1;
  }
  return models(target) || (slash < 0 && target.includes('*'));
}

function unknownMessage(
  target: string,
  own: ReadonlySet<string>,
  { prefixes, suggestions = [] }: KnownModels,
  fits: (name: string) => boolean,
): string {
  const slash = target.indexOf('/');
  const rest = target.slice(slash + 1);
  const corrected = slash > 0 && rest !== '' ? [...prefixes].map((prefix) => `${prefix}/${rest}`) : [];
  const near = nearest(target, [...own, ...suggestions, ...corrected], SUGGESTIONS, fits);
  const hint = near.length > 0 ? `; nearest: ${near.map((name) => `"${name}"`).join(', ')}` : '';
  return `nobody here knows "${target}"${hint}`;
}
