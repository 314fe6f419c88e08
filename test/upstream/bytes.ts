/** Cuts a recorded event stream into pieces without touching a byte: joined, they are the recording again. */

/** The events of a stream, each with the blank line that ends it. What follows the last blank line is a piece of its own. */
export function eventPieces(sse: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of sse.matchAll(/\r\n\r\n|\n\n|\r\r/g)) {
    const end = match.index + match[0].length;
    pieces.push(sse.slice(start, end));
    start = end;
  }
  if (start < sse.length) pieces.push(sse.slice(start));
  return pieces;
}

/** Every byte alone, so that characters of several bytes and line ends are cut too. */
export function bytePieces(text: string): Uint8Array[] {
  return [...Buffer.from(text)].map((byte) => Uint8Array.of(byte));
}

/** The same stream with the other line ending (the specification of server-sent events allows CRLF, LF and CR). */
export function withLineEnds(sse: string, end: '\r\n' | '\n' | '\r'): string {
  return sse.replace(/\r\n|\r|\n/g, end);
}

/** True for a piece that says nothing: comments and blank lines only. */
export function isSilent(piece: string): boolean {
  return piece.split(/\r\n|\r|\n/).every((line) => line === '' || line.startsWith(':'));
}
