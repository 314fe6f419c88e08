import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import zlib from 'node:zlib';
import { GatewayError } from '../conversation/error.ts';
import { isObject, type JsonObject } from '../conversation/json.ts';
import { readText, TooLarge } from '../upstream/read-text.ts';

/** A request's body as text. Throws 413 past the limit (counted after decompression), 415 for an encoding nobody here can read. */
export async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<string> {
  const body = unpacked(incoming);
  try {
    return await readText(body, { maxBytes });
  } catch (error) {
    if (error instanceof TooLarge) {
      if (body !== incoming) discard(incoming, body);
      throw tooLarge(maxBytes);
    }
    throw new GatewayError({ class: 'request', code: 'unreadable_body', message: 'The request body could not be read.', cause: error });
  }
}

/** Ends the unpacking (of a bomb, perhaps) and lets the rest of the upload run out, so that the client hears the answer. */
function discard(incoming: IncomingMessage, unpacking: Readable): void {
  incoming.unpipe();
  unpacking.destroy();
  incoming.resume();
}

function unpacked(incoming: IncomingMessage): Readable {
  const encoding = incoming.headers['content-encoding']?.trim().toLowerCase();
  switch (encoding) {
    case undefined:
    case '':
    case 'identity':
      return incoming;
    case 'gzip':
    case 'x-gzip':
      return through(incoming, zlib.createGunzip());
    case 'deflate':
      return through(incoming, zlib.createInflate());
    case 'br':
      return through(incoming, zlib.createBrotliDecompress());
    case 'zstd':
      // Node 22.15 and later.
      if (typeof zlib.createZstdDecompress === 'function') return through(incoming, zlib.createZstdDecompress());
      break;
    default:
      break;
  }
  throw new GatewayError({
    class: 'request',
    status: 415,
    code: 'unsupported_encoding',
    message: `The body's content-encoding "${encoding}" cannot be read here.`,
  });
}

/** A pipe that also ends when the upload breaks off; `pipe` alone would wait for ever. */
function through(incoming: IncomingMessage, unpack: Transform): Readable {
  incoming.once('close', () => {
    if (!incoming.readableEnded) unpack.destroy();
  });
  return incoming.pipe(unpack);
}

function tooLarge(maxBytes: number): GatewayError {
  const limit = maxBytes >= 1024 * 1024 ? `${Math.round(maxBytes / 1024 / 1024)} MiB` : `${Math.round(maxBytes / 1024)} KiB`;
  return new GatewayError({
    class: 'request',
    status: 413,
    code: 'request_too_large',
    message: `The request is larger than ${limit}. The limit is settings.security.maxBodyBytes.`,
  });
}

/** The body as a JSON object; says where the JSON is broken. */
export function parseBody(text: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const detail = error instanceof SyntaxError && text.trim() ? whereBroken(error.message) : 'it is empty';
    throw new GatewayError({ class: 'request', code: 'invalid_json', message: `The request body is not valid JSON: ${detail}.` });
  }
  if (!isObject(parsed))
    throw new GatewayError({ class: 'request', code: 'invalid_json', message: 'The request body must be a JSON object.' });
  return parsed;
}

/** V8 quotes the text around the error; that may hold a prompt or a key, so only the position is told. */
function whereBroken(message: string): string {
  return /(?:position|line) .*$/i.exec(message)?.[0] ?? 'it ends too early or holds a stray character';
}
