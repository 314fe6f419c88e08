/** Text in which nothing is markdown, a link or a codicon: names are the user's and the providers'. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-!|<>~$&]/g, '\\$&')
    .replace(/https?:/g, (scheme) => scheme.replace(':', '\\:'))
    .replace(/\s*\n\s*/g, ' ');
}

/** A bold head over a table of two columns; rows without a value are left out. */
export function card(
  head: string,
  rows: readonly (readonly [name: string, value: string | undefined])[],
  notes: readonly string[] = [],
): string {
  const lines = rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`| ${escaped(name)} | ${value} |`]));
  const table = lines.length > 0 ? ['', '|  |  |', '|:--|:--|', ...lines] : [];
  return [`**${escaped(head)}**`, ...table, ...notes.flatMap((note) => ['', note])].join('\n');
}
