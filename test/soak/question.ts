/** What a question of the soak asks for; it stands in the prompt, so that every provider knows the one right answer. */
export interface Question {
  id: number;
  words: number;
  /** The stream breaks off in the middle of the text, wherever it comes from. */
  cut: boolean;
}

export const INPUT_TOKENS = 11;

export function promptOf({ id, words, cut }: Question): string {
  return `question ${id}: ${words} words${cut ? ' cut' : ''}.`;
}

export function questionIn(body: string): Question | undefined {
  const found = /question (\d+): (\d+) words( cut)?\./.exec(body);
  return found ? { id: Number(found[1]), words: Number(found[2]), cut: found[3] !== undefined } : undefined;
}

/** The pieces of the right answer, one an event, with characters of several bytes. */
export function wordsOf({ id, words }: Question): string[] {
  return Array.from({ length: words }, (_, at) => ` ${id}.${at}${['', 'é', '漢', '🙂'][at % 4]}`);
}
