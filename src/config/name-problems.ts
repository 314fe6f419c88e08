import type { ComboConfig } from './combos.ts';

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
  return [...reservedNames(names), ...cycles(names.combos), ...aliasProblems(names)];
}

function reservedNames({ combos }: Names): NameProblem[] {
  return combos.flatMap(({ name }, index) =>
    name === 'auto' ? [{ path: ['combos', index, 'name'], message: '"auto" is the name of automatic routing' }] : [],
  );
}

function cycles(combos: readonly ComboConfig[]): NameProblem[] {
  const byName = new Map(combos.map((combo) => [combo.name, combo]));
  return combos.flatMap((combo, index) =>
    combo.targets.flatMap((target, at) => {
      const way = wayBack(byName, target, combo.name, [combo.name]);
      return way ? [{ path: ['combos', index, 'targets', at], message: `goes round in a circle: ${way.join(' → ')}` }] : [];
    }),
  );
}

/** The names from `from` to `goal`, or `undefined` when there is no way. */
function wayBack(
  combos: ReadonlyMap<string, ComboConfig>,
  from: string,
  goal: string,
  path: readonly string[],
): readonly string[] | undefined {
  if (from === goal) return [...path, goal];
  if (path.includes(from)) return undefined;
  for (const target of combos.get(from)?.targets ?? []) {
    const way = wayBack(combos, target, goal, [...path, from]);
    if (way) return way;
  }
  return undefined;
}

function aliasProblems({ combos, aliases }: Names): NameProblem[] {
  const names = new Set<string>([...combos.map((combo) => combo.name), ...AUTO_NAMES]);
  return Object.entries(aliases).flatMap(([alias, to]) => {
    const path = ['aliases', alias];
    if (names.has(alias)) return [{ path, message: `"${alias}" is already the name of a combo or of automatic routing` }];
    if (to === alias) return [{ path, message: 'stands for itself' }];
    return to in aliases ? [{ path, message: `"${to}" is an alias too; an alias names a model or a combo` }] : [];
  });
}
