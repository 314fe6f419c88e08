import type { AudioPart, FilePart, ImagePart, MediaSource } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { mimeTypeOf } from '../shared/media.ts';
import type { BlockWriter } from './blocks-write.ts';
import { DIALECT, ownExtension, writeCache } from './vocabulary.ts';

type Warn = Pick<BlockWriter, 'warn'>;

/** The image types the API decodes (Vision guide). */
const IMAGES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);
const TEXTS = /^text\/|^application\/(?:json|xml|yaml|x-yaml|javascript|typescript|toml|x-sh|sql)$|\+(?:json|xml)$/;

export function writeImage(part: ImagePart, role: 'user' | 'assistant', { warn }: Warn): JsonObject | undefined {
  if (role === 'assistant') {
    warn('An image that the assistant had made was left out: this API takes images from the user alone.');
    return undefined;
  }
  const source = imageSource(part.source);
  if (!source) {
    warn(`An image (${describe(part.source)}) was left out: this API takes JPEG, PNG, GIF and WebP.`);
    return undefined;
  }
  return { type: 'image', source, ...writeCache(part.cache), ...ownExtension(part) };
}

function imageSource(source: MediaSource): JsonObject | undefined {
  if (source.kind !== 'base64') return referenced(source);
  const mimeType = source.mimeType.toLowerCase() === 'image/jpg' ? 'image/jpeg' : source.mimeType.toLowerCase();
  return IMAGES.has(mimeType) ? { type: 'base64', media_type: mimeType, data: source.data } : undefined;
}

function referenced(source: Exclude<MediaSource, { kind: 'base64' }>): JsonObject | undefined {
  if (source.kind === 'url') return { type: 'url', url: source.url };
  return source.dialect === DIALECT ? { type: 'file', file_id: source.id } : undefined;
}

/** PDFs and texts are documents; a file that is an image is an image; anything else has no place. */
export function writeFile(part: FilePart, role: 'user' | 'assistant', writer: Warn): JsonObject | undefined {
  const mimeType = mimeTypeOf(part.source, part.filename)?.toLowerCase();
  if (mimeType?.startsWith('image/')) return writeImage({ ...part, type: 'image' }, role, writer);
  const source = documentSource(part, mimeType);
  if (!source || role === 'assistant') {
    writer.warn(`A file (${part.filename ?? mimeType ?? describe(part.source)}) was left out: this API takes PDF and text from the user.`);
    return undefined;
  }
  const title = part.filename === undefined ? {} : { title: part.filename };
  return { type: 'document', source, ...title, ...writeCache(part.cache), ...ownExtension(part) };
}

function documentSource(part: FilePart, mimeType: string | undefined): JsonObject | undefined {
  const { source } = part;
  if (part.text !== undefined) return { type: 'text', media_type: 'text/plain', data: part.text };
  if (source.kind !== 'base64') return mimeType === undefined || mimeType === 'application/pdf' ? referenced(source) : undefined;
  if (mimeType === 'application/pdf') return { type: 'base64', media_type: mimeType, data: source.data };
  if (mimeType === undefined || !TEXTS.test(mimeType)) return undefined;
  return { type: 'text', media_type: 'text/plain', data: Buffer.from(source.data, 'base64').toString('utf8') };
}

/** No audio goes in: its transcript does, where there is one. */
export function writeAudio(part: AudioPart, { warn }: Warn): JsonObject | undefined {
  if (part.transcript?.trim()) return { type: 'text', text: part.transcript };
  warn('Audio was left out: this API takes none.');
  return undefined;
}

const describe = (source: MediaSource): string => source.mimeType ?? source.kind;
