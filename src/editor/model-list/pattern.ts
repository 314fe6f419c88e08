import { wildcard } from '../../config/wildcard.ts';

/** Whether one of the patterns (`*`: any characters) fits a name. The expressions are made once, for lists of thousands. */
export function patternTest(patterns: readonly string[]): (name: string) => boolean {
  const plain = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const wild = patterns.filter((pattern) => pattern.includes('*')).map(wildcard);
  return (name) => plain.has(name) || wild.some((pattern) => pattern.test(name));
}
