import type {
  AudioPart,
  Citation,
  FilePart,
  ImagePart,
  MediaSource,
  RefusalPart,
  ServerPart,
  TextPart,
} from '../../conversation/content.ts';
import { asArray, asNumber, asObject, asString, type Json, type JsonObject } from '../../conversation/json.ts';
import type { TokenLogprob } from '../../conversation/response.ts';
import { mimeTypeOf, sourceFromUrl } from '../shared/media.ts';
import { ID, keep, leftovers } from './extension.ts';
import { audioPart, badField, check, filePart, imagePart, json, refusalPart, textPart } from './schema.ts';

export type InputContent = TextPart | ImagePart | AudioPart | FilePart | RefusalPart | ServerPart;

/** One content part of a message or of a tool's output. Kinds this code does not know are kept whole. */
export function readContentPart(raw: JsonObject, path: string): InputContent {
  switch (raw.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return readText(raw, path);
    case 'refusal': {
      const part = check(refusalPart, raw, path);
      return { type: 'refusal', text: part.refusal, ...keep({ part: leftovers(raw, ['type', 'refusal']) }) };
    }
    case 'input_image':
      return readImage(raw, path);
    case 'input_file':
      return readFile(raw, path);
    case 'input_audio':
      return readAudio(raw, path);
    default:
      return { type: 'server', dialect: ID, name: String(raw.type), raw };
  }
}

function readText(raw: JsonObject, path: string): TextPart {
  const part = check(textPart, raw, path);
  const citations = citationsOf(raw.annotations);
  return {
    type: 'text',
    text: part.text,
    ...(citations.length > 0 ? { citations } : {}),
    // `type` stays: it says whether the client wrote input_text or output_text.
    ...keep({ part: leftovers(raw, ['text']) }),
  };
}

/** Annotations of an `output_text` part. Only `url_citation` has a canonical form; all keep the vendor's own object. */
export function citationsOf(annotations: unknown): Citation[] {
  return asArray(annotations).flatMap((annotation) => citationOf(annotation) ?? []);
}

export function citationOf(annotation: Json | undefined): Citation | undefined {
  const raw = asObject(annotation);
  if (!raw) return undefined;
  const title = asString(raw.title) ?? asString(raw.filename);
  return {
    ...(asString(raw.url) === undefined ? {} : { url: asString(raw.url) }),
    ...(title === undefined ? {} : { title }),
    ...(asNumber(raw.start_index) === undefined ? {} : { start: asNumber(raw.start_index) }),
    ...(asNumber(raw.end_index) === undefined ? {} : { end: asNumber(raw.end_index) }),
    raw: { dialect: ID, value: raw },
  };
}

/** Log probabilities of an `output_text` part or of one of its deltas. */
export function logprobsOf(value: unknown): TokenLogprob[] {
  return asArray(value).flatMap((entry) => {
    const raw = asObject(entry);
    const one = raw && tokenOf(raw);
    if (!raw || !one) return [];
    const top = asArray(raw.top_logprobs).flatMap((other) => tokenOf(asObject(other) ?? {}) ?? []);
    return [{ ...one, ...(top.length > 0 ? { top } : {}) }];
  });
}

function tokenOf(raw: JsonObject): { token: string; logprob: number; bytes?: number[] } | undefined {
  const token = asString(raw.token);
  const logprob = asNumber(raw.logprob);
  if (token === undefined || logprob === undefined) return undefined;
  return { token, logprob, ...(Array.isArray(raw.bytes) ? { bytes: raw.bytes as number[] } : {}) };
}

function readImage(raw: JsonObject, path: string): ImagePart {
  const part = check(imagePart, raw, path);
  const source: MediaSource | undefined = part.image_url
    ? sourceFromUrl(part.image_url)
    : part.file_id
      ? { kind: 'file-id', id: part.file_id, dialect: ID }
      : undefined;
  if (!source) throw badField(`${path}.image_url`, 'an input_image needs image_url or file_id');
  const extra = leftovers(raw, ['type', 'detail', part.image_url ? 'image_url' : 'file_id']);
  return { type: 'image', source, ...(part.detail ? { detail: part.detail } : {}), ...keep({ part: extra }) };
}

function readFile(raw: JsonObject, path: string): FilePart {
  const part = check(filePart, raw, path);
  const name = part.filename ?? undefined;
  const used = part.file_data ? 'file_data' : part.file_url ? 'file_url' : 'file_id';
  const value = part[used];
  if (!value) throw badField(path, 'an input_file needs file_data, file_url or file_id');
  const bare = used === 'file_data' && !value.startsWith('data:');
  return {
    type: 'file',
    source: fileSource(used, value, name),
    ...(name === undefined ? {} : { filename: name }),
    ...keep({ part: leftovers(raw, ['type', 'filename', used]), bare: bare || undefined }),
  };
}

function fileSource(used: 'file_data' | 'file_url' | 'file_id', value: string, name: string | undefined): MediaSource {
  if (used === 'file_id') return { kind: 'file-id', id: value, dialect: ID };
  if (used === 'file_url') return { kind: 'url', url: value };
  if (value.startsWith('data:')) return sourceFromUrl(value);
  const guess = mimeTypeOf({ kind: 'url', url: '' }, name);
  return { kind: 'base64', mimeType: guess ?? 'application/octet-stream', data: value };
}

const AUDIO_MIME: Record<string, string> = { mp3: 'audio/mpeg', wav: 'audio/wav' };

function readAudio(raw: JsonObject, path: string): AudioPart {
  const { input_audio: audio } = check(audioPart, raw, path);
  const mimeType = AUDIO_MIME[audio.format] ?? `audio/${audio.format}`;
  return { type: 'audio', source: { kind: 'base64', mimeType, data: audio.data }, ...keep({ part: json(raw) }) };
}
