import type { AccountView, ModelView } from '../admin/api.ts';
import { LISTED_MARK, listedByThemselves, listedTest } from './listed.ts';
import { patternTest } from './pattern.ts';

/** How the setting `omniroute.models.hidden` is written, so that just what the user wants is listed. */

/** The setting under which these are listed as well: what hides one by its name goes, and only where that will not do it is named with `!`. */
export function withShown(
  names: readonly string[],
  models: readonly ModelView[],
  accounts: readonly AccountView[],
  before: readonly string[],
): string[] {
  const byItself = listedByThemselves(models, accounts);
  const wasListed = listedTest(byItself, before);
  const wanted = new Set(names.filter((name) => !wasListed(name)));
  const left = before.filter((pattern) => !wanted.has(pattern));
  const isListed = listedTest(byItself, left);
  return [...left, ...[...wanted].filter((name) => !isListed(name)).map((name) => LISTED_MARK + name)];
}

/**
 * The setting under which these are not listed. A pattern with `!` that lists others too is written out for them, as far as they are
 * known: hiding one must not hide the rest.
 */
export function withHidden(
  names: readonly string[],
  models: readonly ModelView[],
  accounts: readonly AccountView[],
  before: readonly string[],
): string[] {
  const byItself = listedByThemselves(models, accounts);
  const wasListed = listedTest(byItself, before);
  const unwanted = new Set(names.filter(wasListed));
  const left = before.filter((pattern) => !listsOne(pattern, unwanted));
  const isListed = listedTest(byItself, left);
  const kept = models.filter(({ name }) => wasListed(name) && !isListed(name) && !unwanted.has(name));
  return [...left, ...[...unwanted].filter(isListed), ...kept.map(({ name }) => LISTED_MARK + name)];
}

function listsOne(pattern: string, names: ReadonlySet<string>): boolean {
  if (!pattern.startsWith(LISTED_MARK)) return false;
  const fits = patternTest([pattern.slice(LISTED_MARK.length)]);
  return [...names].some(fits);
}

/**
 * The shortest setting under which just `chosen` are listed, of those that are known. Patterns that only speak of models nobody knows now
 * (their account is disabled, say) stay as they are; a prefix of which nothing is chosen becomes one pattern.
 */
export function patternsFor(
  chosen: ReadonlySet<string>,
  models: readonly ModelView[],
  accounts: readonly AccountView[],
  before: readonly string[],
): string[] {
  const names = models.map(({ name }) => name);
  const kept = before.filter((pattern) => !names.some(patternTest([pattern.replace(LISTED_MARK, '')])));
  const byItself = listedByThemselves(models, accounts);
  const added = names.filter((name) => chosen.has(name) && !byItself.has(name)).map((name) => `${LISTED_MARK}${name}`);
  return [...kept, ...hiddenPatterns(models, chosen, byItself), ...added];
}

function hiddenPatterns(models: readonly ModelView[], chosen: ReadonlySet<string>, byItself: ReadonlySet<string>): string[] {
  const prefixes = new Map<string, ModelView[]>();
  for (const model of models) {
    const prefix = model.kind === 'model' ? model.name.slice(0, model.name.indexOf('/')) : '';
    const group = prefixes.get(prefix);
    if (group) group.push(model);
    else prefixes.set(prefix, [model]);
  }
  return [...prefixes].flatMap(([prefix, group]) => {
    const unwanted = group.filter(({ name }) => byItself.has(name) && !chosen.has(name));
    const whole = prefix !== '' && unwanted.length > 1 && !group.some(({ name }) => chosen.has(name));
    return whole ? [`${prefix}/*`] : unwanted.map(({ name }) => name);
  });
}
