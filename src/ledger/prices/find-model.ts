import type { MatchLogic, ModelInfo, Provider } from '@pydantic/genai-prices';

/** A list's models, ready to be searched: those with names of their own by these, the others by their rules, all by their place. */
interface Index {
  named: Map<string, number>;
  ruled: { at: number; fits: (name: string) => boolean }[];
}

const indexes = new WeakMap<Provider, Index>();

/**
 * The model of a price list that a name means, as `calcPrice` of `@pydantic/genai-prices` finds it (its `src/engine.ts`): the first whose
 * rule fits, in the list, then in the lists it falls back to; then the same for the name with its date written `2025-09-29`. That
 * function reads every rule anew, 0.2 ms for a name that is not there, and providers list thousands of models.
 */
export function findModel(list: Provider, name: string, listOf: (id: string) => Provider | undefined): ModelInfo | undefined {
  const asked = name.toLowerCase().trim();
  const dashed = withDashedDate(asked);
  return inLists(list, asked, listOf) ?? (dashed === asked ? undefined : inLists(list, dashed, listOf));
}

function inLists(list: Provider, name: string, listOf: (id: string) => Provider | undefined): ModelInfo | undefined {
  const own = inList(list, name);
  if (own) return own;
  for (const id of list.fallback_model_providers ?? []) {
    const other = listOf(id);
    const found = other && inLists(other, name, () => undefined);
    if (found) return found;
  }
  return undefined;
}

function inList(list: Provider, name: string): ModelInfo | undefined {
  const { named, ruled } = indexOf(list);
  const at = named.get(name) ?? Number.POSITIVE_INFINITY;
  const earlier = ruled.find((entry) => entry.at > at || entry.fits(name));
  return list.models[Math.min(at, earlier?.at ?? at)];
}

function indexOf(list: Provider): Index {
  let index = indexes.get(list);
  if (!index) {
    index = { named: new Map(), ruled: [] };
    for (const [at, { match }] of list.models.entries()) {
      const names = namesIn(match);
      if (!names) index.ruled.push({ at, fits: testOf(match) });
      for (const name of names ?? []) if (!index.named.has(name)) index.named.set(name, at);
    }
    indexes.set(list, index);
  }
  return index;
}

/** The names of a rule that is nothing but names. */
function namesIn(match: MatchLogic): string[] | undefined {
  if ('equals' in match) return [match.equals.toLowerCase()];
  if (!('or' in match)) return undefined;
  const names = match.or.map(namesIn);
  return names.includes(undefined) ? undefined : names.flatMap((each) => each ?? []);
}

function testOf(match: MatchLogic): (name: string) => boolean {
  if ('or' in match) return anyOf(match.or.map(testOf));
  if ('and' in match) {
    const tests = match.and.map(testOf);
    return (name) => tests.every((test) => test(name));
  }
  if ('equals' in match) return textTest(match.equals, (name, text) => name === text);
  if ('starts_with' in match) return textTest(match.starts_with, (name, text) => name.startsWith(text));
  if ('ends_with' in match) return textTest(match.ends_with, (name, text) => name.endsWith(text));
  if ('contains' in match) return textTest(match.contains, (name, text) => name.includes(text));
  const expression = new RegExp(match.regex);
  return (name) => expression.test(name);
}

function anyOf(tests: readonly ((name: string) => boolean)[]): (name: string) => boolean {
  return (name) => tests.some((test) => test(name));
}

function textTest(text: string, fits: (name: string, text: string) => boolean): (name: string) => boolean {
  const lower = text.toLowerCase();
  return (name) => fits(name, lower);
}

/** `x-20250929` → `x-2025-09-29`, where that is a day of the calendar. */
function withDashedDate(name: string): string {
  return name.replace(/-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=-|:|$)/g, (text, year: string, month: string, day: string) => {
    const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
    return date.getUTCDate() === Number(day) ? `-${year}-${month}-${day}` : text;
  });
}
