import type { Readable } from 'node:stream';

/** A body's bytes as text. With `maxBytes`, reading stops once that much has come; `onChunk` hears each piece. */
export async function readText(body: Readable, options: { maxBytes?: number; onChunk?: () => void } = {}): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    options.onChunk?.();
    chunks.push(chunk);
    size += chunk.length;
    if (options.maxBytes !== undefined && size > options.maxBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
