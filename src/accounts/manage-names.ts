import * as z from 'zod';
import { aliasesSchema, routeSchema } from '../config/combos.ts';
import { type KnownModels, type NameProblem, nameProblems, targetProblems } from '../config/name-problems.ts';
import { nameSchema } from '../config/names.ts';
import { type ComboConfig, type Config, comboSchema, type RouteConfig } from '../config/schema.ts';
import { invalid, ManageError } from './manage-error.ts';
import { followCombo } from './manage-rename.ts';
import { pathText } from './path-text.ts';

/**
 * Adds a combo, or replaces the one of that name in its place. Throws ManageError naming the field: a circle, a name that is taken, and,
 * where `known` tells what the accounts answer to, a target nobody knows.
 */
export function saveCombo(config: Config, combo: unknown, known?: KnownModels): ComboConfig {
  const checked = comboSchema.safeParse(combo);
  if (!checked.success) throw invalid(checked.error);
  const saved = checked.data;
  const at = config.combos.findIndex((entry) => entry.name === saved.name);
  const combos = at < 0 ? [...config.combos, saved] : config.combos.with(at, saved);
  const index = at < 0 ? config.combos.length : at;
  refuseProblems({ ...config, combos }, ['combos', index], known);
  config.combos = combos;
  return saved;
}

/** Gives a combo another name. Targets, aliases, routes, key limits and rules that name it follow. Throws ManageError when the name is taken. */
export function renameCombo(config: Config, name: string, to: string): ComboConfig {
  const at = config.combos.findIndex((entry) => entry.name === name);
  const before = config.combos[at];
  if (!before) throw new ManageError('not_found', `There is no combo named "${name}".`);
  const checked = z.object({ to: nameSchema }).safeParse({ to });
  if (!checked.success) throw invalid(checked.error);
  if (name !== to && config.combos.some((entry) => entry.name === to))
    throw new ManageError('duplicate', `There is already a combo named "${to}".`, 'to');
  const after = { ...before, name: to };
  const renamed = structuredClone({ ...config, combos: config.combos.with(at, after) });
  followCombo(renamed, name, to);
  refuseProblems(renamed, ['combos', at], undefined);
  Object.assign(config, renamed);
  return after;
}

/** Takes a combo away, unless another combo, an alias or a route leads to it. */
export function removeCombo(config: Config, name: string): void {
  const left = config.combos.filter((entry) => entry.name !== name);
  if (left.length === config.combos.length) throw new ManageError('not_found', `There is no combo named "${name}".`);
  const users = usersOf({ ...config, combos: left }, name);
  if (users.length > 0) throw new ManageError('in_use', `The combo "${name}" is still used by ${users.join(', ')}.`);
  config.combos = left;
}

function usersOf({ combos, aliases, routes }: Config, name: string): string[] {
  return [
    ...combos.filter((combo) => combo.targets.includes(name)).map((combo) => `the combo "${combo.name}"`),
    ...Object.entries(aliases).flatMap(([alias, to]) => (to === name ? [`the alias "${alias}"`] : [])),
    ...routes.filter((route) => route.to === name).map((route) => `the route "${route.match}"`),
  ];
}

/** Makes `alias` another name of a model or combo. Throws ManageError for an alias of an alias, a name that is taken, a target nobody knows. */
export function setAlias(config: Config, alias: string, to: string, known?: KnownModels): void {
  const checked = aliasesSchema.safeParse({ [alias]: to });
  if (!checked.success) throw invalid(checked.error);
  // zod leaves `__proto__` out of records.
  if (!Object.hasOwn(checked.data, alias)) throw new ManageError('invalid', `"${alias}" cannot be an alias`);
  const aliases = { ...config.aliases, [alias]: to };
  refuseProblems({ ...config, aliases }, ['aliases', alias], known);
  config.aliases = aliases;
}

export function removeAlias(config: Config, alias: string): void {
  if (!Object.hasOwn(config.aliases, alias)) throw new ManageError('not_found', `There is no alias "${alias}".`);
  const { [alias]: _, ...left } = config.aliases;
  config.aliases = left;
}

/** Replaces all routes; their order is the order they are tried in. */
export function saveRoutes(config: Config, routes: unknown, known?: KnownModels): RouteConfig[] {
  const checked = z.object({ routes: z.array(routeSchema) }).safeParse({ routes });
  if (!checked.success) throw invalid(checked.error);
  refuseProblems({ ...config, routes: checked.data.routes }, ['routes'], known);
  config.routes = checked.data.routes;
  return config.routes;
}

/** Adds a route at the end, or changes where the one with this pattern leads, in its place. */
export function saveRoute(config: Config, route: unknown, known?: KnownModels): RouteConfig {
  const checked = routeSchema.safeParse(route);
  if (!checked.success) throw invalid(checked.error);
  const at = config.routes.findIndex((entry) => entry.match === checked.data.match);
  const routes = at < 0 ? [...config.routes, checked.data] : config.routes.with(at, checked.data);
  refuseProblems({ ...config, routes }, ['routes', at < 0 ? config.routes.length : at], known);
  config.routes = routes;
  return checked.data;
}

export function removeRoute(config: Config, match: string): void {
  const left = config.routes.filter((entry) => entry.match !== match);
  if (left.length === config.routes.length) throw new ManageError('not_found', `There is no route "${match}".`);
  config.routes = left;
}

/** The config was sound before, so whatever is wrong with its names comes of the change; targets are judged at the changed place alone. */
function refuseProblems(config: Config, place: readonly (string | number)[], known: KnownModels | undefined): void {
  const isHere = ({ path }: NameProblem): boolean => place.every((step, index) => path[index] === step);
  const names = nameProblems(config);
  const targets = known ? targetProblems(config, known).filter(isHere) : [];
  const problem = names.find(isHere) ?? names[0] ?? targets[0];
  if (!problem) return;
  // A list is saved whole: its own name is part of what was given.
  const own = isHere(problem) && place.length > 1;
  const path = pathText(own ? problem.path.slice(place.length) : problem.path);
  throw new ManageError('invalid', path ? `${path}: ${problem.message}` : problem.message, path || undefined);
}
