import * as z from 'zod';

/** A name that may stand before or instead of a model's: no spaces, no slashes. */
export const nameSchema = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\s/]+$/, 'may not hold spaces or slashes');

/** A pattern of names: `*` stands for anything. */
export const patternSchema = z.string().min(1).max(200);

/** The expression of a pattern; its groups are what each `*` stands for. */
export function wildcard(pattern: string): RegExp {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('(.*)')}$`);
}

/** True when one of the patterns fits. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => pattern === text || (pattern.includes('*') && wildcard(pattern).test(text)));
}
