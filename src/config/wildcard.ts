/** The expression of a pattern; its groups are what each `*` stands for. */
export function wildcard(pattern: string): RegExp {
  const pieces = pattern.split('*').map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pieces.join('(.*)')}$`);
}

/** True when one of the patterns fits. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => pattern === text || (pattern.includes('*') && wildcard(pattern).test(text)));
}
