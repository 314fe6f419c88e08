/** More than any real name has; what a client may send beyond it is not compared. */
const MAX_LENGTH = 100;

/**
 * The `count` candidates nearest to a name by edit distance, nearest first: always as many as there are. A name without a slash is
 * compared with what stands after a candidate's last one: `gpt4o` is near to `openai/gpt-4o`. `fits` is asked in that order.
 */
export function nearest(name: string, candidates: Iterable<string>, count: number, fits: (name: string) => boolean = () => true): string[] {
  const wanted = name.slice(0, MAX_LENGTH).toLowerCase();
  const scored = [...new Set(candidates)].map((candidate) => ({ candidate, far: farness(wanted, candidate.toLowerCase()) }));
  scored.sort((a, b) => a.far - b.far);
  const found: string[] = [];
  for (const { candidate } of scored) {
    if (found.length === count) break;
    if (fits(candidate)) found.push(candidate);
  }
  return found;
}

/** A part of a candidate is near: it counts half a step for each hundred letters left, so that the shortest comes first. */
function farness(wanted: string, candidate: string): number {
  if (wanted !== '' && candidate.includes(wanted)) return (candidate.length - wanted.length) / 200;
  return Math.min(...comparable(wanted, candidate).map((text) => distance(wanted, text.slice(0, MAX_LENGTH))));
}

/** What of a candidate a name is compared with: vendor ids may hold slashes of their own (`groq/openai/gpt-oss-20b`). */
function comparable(wanted: string, candidate: string): string[] {
  if (!wanted.includes('/')) return [candidate.slice(candidate.lastIndexOf('/') + 1)];
  const bare = candidate.slice(candidate.indexOf('/') + 1);
  return bare.includes('/') ? [candidate, bare] : [candidate];
}

/** A letter at the end that nobody asked for: ids end in dates and sizes (`claude-sonnet-4-20250514`). */
const TAIL_STEP = 0.25;

// One row for all: a name is compared with thousands while requests wait.
const row = new Uint16Array(MAX_LENGTH + 1);

/** Letters put in, taken out or changed; those after the best place to stop count `TAIL_STEP` each. */
function distance(from: string, to: string): number {
  for (let j = 0; j <= to.length; j += 1) row[j] = j;
  for (let i = 1; i <= from.length; i += 1) nextRow(from.charCodeAt(i - 1), i, to);
  let best = Number.POSITIVE_INFINITY;
  for (let j = 0; j <= to.length; j += 1) best = Math.min(best, (row[j] ?? 0) + (to.length - j) * TAIL_STEP);
  return best;
}

function nextRow(letter: number, i: number, to: string): void {
  let diagonal = i - 1;
  let left = i;
  row[0] = i;
  for (let j = 1; j <= to.length; j += 1) {
    const above = row[j] ?? 0;
    const swap = letter === to.charCodeAt(j - 1) ? diagonal : diagonal + 1;
    left = Math.min(swap, above + 1, left + 1);
    row[j] = left;
    diagonal = above;
  }
}
