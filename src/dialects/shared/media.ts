import type { MediaSource } from '../../conversation/content.ts';

const DATA_URL = /^data:([^;,]*)((?:;[^;,]*)*?)(;base64)?,/i;

/** A `data:` URL or a plain URL as a media source. Text data URLs that are not base64 are encoded. */
export function sourceFromUrl(url: string, mimeType?: string): MediaSource {
  const match = DATA_URL.exec(url.slice(0, 512));
  if (!match) return { kind: 'url', url, ...(mimeType ? { mimeType } : {}) };
  const payload = url.slice(match[0].length);
  const data = match[3] ? payload : Buffer.from(percentDecoded(payload)).toString('base64');
  return { kind: 'base64', mimeType: match[1] || mimeType || 'application/octet-stream', data };
}

/** The decoded text; as it is where its escapes are broken, since a reader must not throw at a client's typo. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The source as a URL: a `data:` URL for bytes, the URL itself, or `undefined` for a vendor's own file id. */
export function urlFromSource(source: MediaSource): string | undefined {
  switch (source.kind) {
    case 'base64':
      return `data:${source.mimeType};base64,${source.data}`;
    case 'url':
      return source.url;
    case 'file-id':
      return undefined;
  }
}

/** The source's media type, or a guess from the ending of its URL or file name. */
export function mimeTypeOf(source: MediaSource, filename?: string): string | undefined {
  if (source.mimeType) return source.mimeType;
  const name = filename ?? (source.kind === 'url' ? source.url.split(/[?#]/)[0] : undefined);
  const ending = name?.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return ending === undefined ? undefined : MIME_OF_ENDING[ending];
}

const MIME_OF_ENDING: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
};
