export interface Piece {
  text: string;
  /** It is what was looked for. */
  found: boolean;
}

/** A text cut at what is looked for, whatever its case. */
export function piecesOf(text: string, search: string): Piece[] {
  const wanted = search.trim().toLowerCase();
  const low = text.toLowerCase();
  // Letters whose small form is longer would move what stands behind them.
  if (wanted === '' || low.length !== text.length) return [{ text, found: false }];
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    if (at > from) pieces.push({ text: text.slice(from, at), found: false });
    from = at + wanted.length;
    pieces.push({ text: text.slice(at, from), found: true });
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from), found: false });
  return pieces;
}
