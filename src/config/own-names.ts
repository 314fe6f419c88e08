import { AUTO_NAMES } from './name-problems.ts';
import type { Config } from './schema.ts';

/** Names that are no provider's: combos that are on, automatic routing, aliases; in the order they are listed. */
export function ownNames({ combos, aliases }: Pick<Config, 'combos' | 'aliases'>): string[] {
  return [...combos.filter((combo) => combo.enabled).map((combo) => combo.name), ...AUTO_NAMES, ...Object.keys(aliases)];
}
