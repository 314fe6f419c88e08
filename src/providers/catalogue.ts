import { catalogue } from './catalogue/index.ts';
import type { Provider } from './provider.ts';

/** Every provider, in the order a person picks from: the well-known first, then by tier and name; custom endpoints and the demo last. */
export const providers: readonly Provider[] = catalogue;

const byId = new Map(providers.map((provider) => [provider.id, provider]));

export function providerById(id: string): Provider | undefined {
  return byId.get(id);
}

/** Steps from one word to the other: letters put in, taken out, changed or swapped with a neighbour. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}

const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');

/** How far a provider is from what was typed: by its id, prefix, name or an alias, a part of them counting half a step for each letter left. */
function farness(typed: string, provider: Provider): number {
  const words = [provider.id, provider.prefix, provider.name, ...(provider.aliases ?? [])].map(plain);
  return Math.min(
    ...words.map((word) => (typed !== '' && word.includes(typed) ? (word.length - typed.length) / 2 / word.length : distance(typed, word))),
  );
}

/** The `n` providers whose id, prefix, name or alias is nearest to the text, nearest first: for "unknown provider … did you mean …". */
export function nearestProviders(text: string, n: number): Provider[] {
  const typed = plain(text.slice(0, 64));
  return providers
    .map((provider) => ({ provider, far: farness(typed, provider) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, n)
    .map(({ provider }) => provider);
}
