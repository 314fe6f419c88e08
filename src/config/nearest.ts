/** More than any real name has; what a client may send beyond it is not compared. */
const MAX_LENGTH = 100;

/**
 * The `count` candidates nearest to a name by edit distance, nearest first: always as many as there are. A name without a slash is
 * compared with what stands after a candidate's last one, too: `gpt-4o` is near to `openai/gpt-4o`. `fits` is asked in that order.
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
  const bare = wanted.includes('/') ? candidate : candidate.slice(candidate.lastIndexOf('/') + 1);
  return distance(wanted, bare.slice(0, MAX_LENGTH));
}

/** Letters put in, taken out or changed. */
function distance(from: string, to: string): number {
  const row = Uint16Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const letter = from.charCodeAt(i - 1);
    let diagonal = i - 1;
    row[0] = i;
    for (let j = 1; j <= to.length; j += 1) {
      const above = row[j] ?? 0;
      const swap = diagonal + (letter === to.charCodeAt(j - 1) ? 0 : 1);
      row[j] = Math.min(swap, above + 1, (row[j - 1] ?? 0) + 1);
      diagonal = above;
    }
  }
  return row[to.length] ?? 0;
}
