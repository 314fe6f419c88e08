/** True when every word that was typed is somewhere in the title or in one of the texts. */
export function found(search: string, title: string, texts: readonly string[]): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const inside = [title, ...texts].join('\n').toLowerCase();
  return words.every((word) => inside.includes(word));
}
