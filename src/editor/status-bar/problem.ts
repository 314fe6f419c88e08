/** The first thing that is wrong, of a message with a path before it and advice behind it (`ConfigError`); else its first line. */
export function firstProblem(message: string): string {
  const [first = '', second] = message.split('\n');
  return (first.endsWith(':') && second !== undefined ? second : first).trim();
}
