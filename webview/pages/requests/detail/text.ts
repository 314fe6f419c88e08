/** One line of a text that is shown, with its number from 1. */
export interface Line {
  number: number;
  text: string;
}

/** How much is drawn at once: a browser takes seconds for what is much longer. */
export const MOST_LINES = 500;
const LONGEST_LINE = 4000;

/** JSON with its lines indented; streams of JSON events line by line; anything else as it is. */
export function pretty(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return indented(trimmed) ?? text;
  return text.trimEnd();
}

function indented(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Cut at its end, or not JSON after all.
    return undefined;
  }
}

/** The lines that hold the search, whatever its case; without one, all. */
export function linesWith(text: string, search: string): Line[] {
  const wanted = search.trim().toLowerCase();
  const lines = text.split('\n').map((line, at) => ({ number: at + 1, text: line }));
  return wanted === '' ? lines : lines.filter((line) => line.text.toLowerCase().includes(wanted));
}

/** As it is drawn. */
export function shortened(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}
