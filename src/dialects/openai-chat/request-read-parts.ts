import type { CacheMark, ContentPart, MediaSource } from '../../conversation/content.ts';
import type { Extensions } from '../../conversation/dialect-id.ts';
import { asArray, asObject, asString, type JsonObject, unknownFields } from '../../conversation/json.ts';
import { mimeTypeOf, sourceFromUrl } from '../shared/media.ts';
import { DIALECT, keep } from './extensions.ts';

/** `cache_control` as Anthropic models take it through OpenRouter and LiteLLM. */
export function readCache(value: unknown): CacheMark | undefined {
  const mark = asObject(value);
  if (!mark) return undefined;
  const ttl = asString(mark.ttl);
  return ttl === undefined ? {} : { ttl };
}

/** One content part of a message. A type that is not ours to know is kept whole as a server part. */
export function readPart(wire: JsonObject): ContentPart {
  switch (wire.type) {
    case 'text':
      return { type: 'text', text: asString(wire.text) ?? '', ...base(wire, 'text') };
    case 'image_url':
      return readImage(wire);
    case 'input_audio':
      return readAudio(wire);
    case 'file':
      return readFile(wire);
    case 'video_url':
    case 'document_url':
      return readLinkedFile(wire, wire.type);
    case 'refusal':
      return { type: 'refusal', text: asString(wire.refusal) ?? '', ...base(wire, 'refusal', undefined, { place: 'part' }) };
    case 'thinking':
      return { type: 'reasoning', text: thinkingText(wire.thinking), ...base(wire, 'thinking', undefined, { place: 'part' }) };
    default:
      return { type: 'server', dialect: DIALECT, name: String(wire.type), raw: wire };
  }
}

/** Mistral gives thinking as a list of text chunks (recording mistral-hybrid-reasoning-streams-thinking-separately-from-content). */
export function thinkingText(value: unknown): string {
  if (typeof value === 'string') return value;
  return asArray(value)
    .map((chunk) => asString(asObject(chunk)?.text) ?? '')
    .join('');
}

interface Base {
  cache?: CacheMark;
  extensions?: Extensions;
}

/** What every part may carry: a cache mark, fields beside the payload, and fields inside it. */
function base(wire: JsonObject, payload: string, inner?: JsonObject, form?: JsonObject): Base {
  const outer = unknownFields(wire, new Set(['type', 'cache_control', payload]));
  const extensions = keep(outer || inner ? { ...outer, ...(inner ? { [payload]: inner } : {}) } : undefined, form);
  const cache = readCache(wire.cache_control);
  return { ...(cache ? { cache } : {}), ...(extensions ? { extensions } : {}) };
}

function readImage(wire: JsonObject): ContentPart {
  const image = asObject(wire.image_url) ?? { url: wire.image_url };
  const detail = asString(image.detail);
  const inner = unknownFields(image, new Set(['url', 'detail']));
  return {
    type: 'image',
    source: sourceFromUrl(asString(image.url) ?? ''),
    ...(detail === undefined ? {} : { detail }),
    ...base(wire, 'image_url', inner),
  };
}

function readAudio(wire: JsonObject): ContentPart {
  const audio = asObject(wire.input_audio) ?? {};
  const data = asString(audio.data) ?? '';
  const inner = unknownFields(audio, new Set(['data', 'format']));
  const mimeType = audioMime(asString(audio.format) ?? 'wav');
  const source: MediaSource = /^(?:data|https?):/.test(data) ? sourceFromUrl(data, mimeType) : { kind: 'base64', mimeType, data };
  return { type: 'audio', source, ...base(wire, 'input_audio', inner) };
}

/** The media type of OpenAI's audio format words: wav, mp3, flac, opus, aac, pcm16, m4a, ogg. */
export function audioMime(format: string): string {
  if (format === 'mp3') return 'audio/mpeg';
  return format === 'm4a' ? 'audio/mp4' : `audio/${format}`;
}

function readFile(wire: JsonObject): ContentPart {
  const file = asObject(wire.file) ?? {};
  const filename = asString(file.filename);
  const inner = unknownFields(file, new Set(['file_data', 'file_id', 'filename']));
  const id = asString(file.file_id);
  const source: MediaSource =
    id !== undefined ? { kind: 'file-id', id, dialect: DIALECT } : fileSource(asString(file.file_data) ?? '', filename);
  return { type: 'file', source, ...(filename === undefined ? {} : { filename }), ...base(wire, 'file', inner) };
}

/** OpenAI wants a data URL; OpenRouter also takes a plain URL, and some clients send bare base64. */
function fileSource(data: string, filename: string | undefined): MediaSource {
  const known = mimeTypeOf({ kind: 'url', url: '' }, filename);
  if (/^(?:data|https?):/.test(data)) return sourceFromUrl(data, known);
  return { kind: 'base64', mimeType: known ?? 'application/pdf', data };
}

function readLinkedFile(wire: JsonObject, payload: 'video_url' | 'document_url'): ContentPart {
  const linked = asObject(wire[payload]);
  const inner = linked ? unknownFields(linked, new Set(['url'])) : undefined;
  const url = asString(linked?.url) ?? asString(wire[payload]) ?? '';
  const plain = sourceFromUrl(url);
  const guess = mimeTypeOf(plain) ?? (payload === 'video_url' ? 'video/mp4' : undefined);
  const source: MediaSource = plain.kind === 'url' && guess ? { ...plain, mimeType: guess } : plain;
  return { type: 'file', source, ...base(wire, payload, inner, { form: payload, ...(linked ? {} : { bare: true }) }) };
}
