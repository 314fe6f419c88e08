import type { Redactor } from '../log/redact/redactor.ts';

/** How an error body begins that came with status 200: `{"error": …}`, `{"success": false, …}`, `{"detail": …}`. */
const FAILURE = /^\s*\{\s*"(?:error|errors|success|detail|message|code|status)"\s*:/;
/** An error is no longer than this; what is longer is an answer. */
const MOST_BYTES = 256 * 1024;

/** An answer as it came: its first piece, and the rest of them. */
export interface Pieces {
  first: Uint8Array;
  rest: AsyncIterator<Uint8Array>;
}

/**
 * An answer that begins like an error is read to its end, and goes on without the secrets its request carried: providers repeat what they
 * refuse, some of them under status 200. Any other answer goes on untouched.
 */
export async function withoutEcho({ first, rest }: Pieces, secrets: () => Redactor): Promise<Pieces> {
  if (!FAILURE.test(Buffer.from(first.subarray(0, 200)).toString())) return { first, rest };
  const pieces = [first];
  let bytes = first.length;
  while (bytes < MOST_BYTES) {
    const piece = await rest.next();
    if (piece.done) return { first: cleaned(pieces, secrets()), rest };
    pieces.push(piece.value);
    bytes += piece.value.length;
  }
  return { first: Buffer.concat(pieces), rest };
}

/** The very bytes where there is nothing to take out. */
function cleaned(pieces: readonly Uint8Array[], redactor: Redactor): Uint8Array {
  const bytes = Buffer.concat(pieces);
  const text = bytes.toString();
  const redacted = redactor.redact(text);
  return redacted === text ? bytes : Buffer.from(redacted);
}
