/** The words of a search, in small letters: each is looked for by itself, `*` between them as a space. */
export function searchWords(search: string): string[] {
  return search
    .toLowerCase()
    .split(/[\s*]+/)
    .filter((word) => word !== '');
}

/** Whether every word is somewhere in the text, whatever its case. */
export function hasWords(text: string, words: readonly string[]): boolean {
  const low = text.toLowerCase();
  return words.every((word) => low.includes(word));
}
