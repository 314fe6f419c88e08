import type { AudioPart, ContentPart, FilePart, ImagePart, MediaSource, TextPart } from '../../conversation/content.ts';
import { asObject, type JsonObject, withoutNulls } from '../../conversation/json.ts';
import { mimeTypeOf, urlFromSource } from '../shared/media.ts';
import { DIALECT, keptFields, keptForm } from './extensions.ts';
import { takesCacheMarks } from './model-facts.ts';
import type { Writing } from './request-write.ts';

/** Content as a plain string where that says everything: several older hosts take nothing else. */
export function writeContent(parts: JsonObject[]): string | JsonObject[] {
  const only = parts[0];
  if (parts.length === 1 && only?.type === 'text' && typeof only.text === 'string' && Object.keys(only).length === 2) return only.text;
  return parts;
}

/** One part of a user, system or tool message; `undefined`, with a warning, for what cannot stand there. */
export function writePart(part: ContentPart, writing: Writing): JsonObject | undefined {
  switch (part.type) {
    case 'text':
      return writeText(part, writing);
    case 'image':
      return writeImage(part, writing);
    case 'audio':
      return writeAudio(part, writing);
    case 'file':
      return writeFile(part, writing);
    case 'refusal':
      return { type: 'text', text: part.text };
    case 'server':
      if (part.dialect === DIALECT) return part.raw;
      if (part.text) return { type: 'text', text: part.text };
      writing.context.warn(`A ${part.name} block was left out: only its own API can read it.`);
      return undefined;
    case 'reasoning':
    case 'tool-call':
    case 'tool-result':
      return undefined;
  }
}

/** All the parts that can be written. */
export function writeParts(parts: readonly ContentPart[], writing: Writing): JsonObject[] {
  return parts.map((part) => writePart(part, writing)).filter((part): part is JsonObject => part !== undefined);
}

/** A media payload among the part's own kept fields, and its cache mark. */
function withBase(part: ContentPart, payload: string, value: JsonObject | string, { own, context }: Writing): JsonObject {
  const { [payload]: inner, ...outer } = keptFields(part.extensions);
  const marked = part.cache && (own || takesCacheMarks(context.model));
  return {
    ...outer,
    type: payload,
    [payload]: typeof value === 'string' ? value : withoutNulls({ ...asObject(inner), ...value }),
    ...(marked ? { cache_control: withoutNulls({ type: 'ephemeral', ttl: part.cache?.ttl }) } : {}),
  };
}

export function writeText(part: TextPart, writing: Writing): JsonObject {
  return withBase(part, 'text', part.text, writing);
}

function writeImage(part: ImagePart, writing: Writing): JsonObject | undefined {
  const url = urlFromSource(part.source);
  if (url === undefined) return foreignFile('image', writing);
  return withBase(part, 'image_url', { url, detail: part.detail }, writing);
}

function foreignFile(kind: string, { context }: Writing): undefined {
  context.warn(`An uploaded ${kind} was left out: its id means nothing to this provider.`);
  return undefined;
}

function writeAudio(part: AudioPart, writing: Writing): JsonObject | undefined {
  const { source } = part;
  switch (source.kind) {
    case 'base64':
      return withBase(part, 'input_audio', { data: source.data, format: audioFormat(source.mimeType) }, writing);
    case 'url':
      return withBase(part, 'input_audio', { data: source.url, format: audioFormat(mimeTypeOf(source) ?? 'audio/wav') }, writing);
    case 'file-id':
      return part.transcript ? { type: 'text', text: part.transcript } : foreignFile('recording', writing);
  }
}

/** The inverse of OpenAI's format words; `audio/x-wav` and the like included. */
export function audioFormat(mimeType: string): string {
  const kind = (mimeType.split(';')[0] ?? '').replace(/^audio\/(?:x-)?/, '').toLowerCase();
  if (kind === 'mpeg' || kind === 'mp3') return 'mp3';
  if (kind === 'wave' || kind === 'vnd.wave') return 'wav';
  return kind === 'mp4' ? 'm4a' : kind;
}

function writeFile(part: FilePart, writing: Writing): JsonObject | undefined {
  const { form, bare } = keptForm(part.extensions);
  const mimeType = mimeTypeOf(part.source, part.filename);
  const url = urlFromSource(part.source);
  if (part.text !== undefined && !ownId(part.source))
    return { type: 'text', text: part.filename ? `${part.filename}:\n${part.text}` : part.text };
  if (ownId(part.source)) return withBase(part, 'file', { file_id: idOf(part.source), filename: part.filename }, writing);
  if (url === undefined) return foreignFile('file', writing);
  if (form === 'document_url') return withBase(part, 'document_url', bare === true ? url : { url }, writing);
  if (form === 'video_url' || mimeType?.startsWith('video/')) return withBase(part, 'video_url', bare === true ? url : { url }, writing);
  if (mimeType?.startsWith('image/')) return withBase(part, 'image_url', { url }, writing);
  if (mimeType?.startsWith('text/') && part.source.kind === 'base64') return textFile(part, part.source.data);
  return withBase(part, 'file', { file_data: url, filename: part.filename ?? fileName(mimeType) }, writing);
}

const ownId = (source: MediaSource): boolean => source.kind === 'file-id' && source.dialect === DIALECT;
const idOf = (source: MediaSource): string | undefined => (source.kind === 'file-id' ? source.id : undefined);

/** OpenAI takes PDFs only as `file`; text says the same to every model. */
function textFile(part: FilePart, data: string): JsonObject {
  const text = Buffer.from(data, 'base64').toString();
  return { type: 'text', text: part.filename ? `${part.filename}:\n${text}` : text };
}

/** `file_data` without a filename is refused by OpenAI. */
function fileName(mimeType: string | undefined): string {
  return mimeType === 'application/pdf' || mimeType === undefined ? 'document.pdf' : `document.${mimeType.split('/')[1] ?? 'bin'}`;
}
