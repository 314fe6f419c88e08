/** Whether one of the patterns (`*`: any characters) fits a name. The expressions are made once, for lists of thousands. */
export function patternTest(patterns: readonly string[]): (name: string) => boolean {
  const plain = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const wild = patterns.filter((pattern) => pattern.includes('*')).map(expression);
  return (name) => plain.has(name) || wild.some((pattern) => pattern.test(name));
}

function matchesPattern(patterns: readonly string[], name: string): boolean {
  return patternTest(patterns)(name);
}

/** The patterns with which the name is hidden as well. */
export function withHidden(patterns: readonly string[], name: string): string[] {
  return matchesPattern(patterns, name) ? [...patterns] : [...patterns, name];
}

/**
 * The patterns with which the name is shown. A pattern that also hides others is written out for them, as far as they are known:
 * showing one must not show the rest.
 */
export function withShown(patterns: readonly string[], name: string, known: readonly string[]): string[] {
  const [mine, others] = parted(patterns, (pattern) => matchesPattern([pattern], name));
  const freed = known.filter((model) => model !== name && matchesPattern(mine, model) && !matchesPattern(others, model));
  return [...others, ...freed];
}

function parted<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function expression(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}
