import type { AudioPart, ContentPart, FilePart, ImagePart, MediaSource, TextPart, ToolCallPart } from '../../conversation/content.ts';
import { asObject, type JsonObject, parseJson } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { Signature } from '../../conversation/signature.ts';
import type { WriteContext } from '../dialect.ts';
import { argumentsAsFunction } from '../shared/custom-tools.ts';
import { mimeTypeOf } from '../shared/media.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { isGeneratedId } from './call-ids.ts';
import { withKept } from './fields.ts';
import type { ModelFamily } from './model-family.ts';

/** What every writer of a request needs to know. */
export interface Writing {
  request: ChatRequest;
  context: WriteContext;
  names: ToolNames;
  family: ModelFamily;
  /** The request came in this dialect: it is given back as it was, where the model allows. */
  own: boolean;
}

/** One part of a turn, or nothing where Gemini has no form for it. Tool results are written in contents-write.ts. */
export function writePart(part: ContentPart, writing: Writing): JsonObject[] {
  switch (part.type) {
    case 'text':
      return writeText(part, writing);
    case 'refusal':
      return part.text ? [{ text: part.text }] : [];
    case 'reasoning':
      return writeReasoning(part, writing);
    case 'image':
      return writeMedia(part, writing, ownSignature(part.signature, writing));
    case 'audio':
    case 'file':
      return writeMedia(part, writing, undefined);
    case 'tool-call':
      return [writeCall(part, writing)];
    case 'server':
      return writeServer(part, writing);
    case 'tool-result':
      return [];
  }
}

/**
 * Google's own signature, for the same model only (a signature of unknown model came from a Gemini client and is his affair);
 * another model's, or another vendor's, would be refused.
 */
function ownSignature(signature: Signature | undefined, writing: Writing): { thoughtSignature?: string } {
  if (signature?.dialect !== 'gemini') return {};
  if (signature.model !== undefined && signature.model !== writing.context.model) return {};
  return { thoughtSignature: signature.value };
}

function keptOf(part: ContentPart, writing: Writing): JsonObject | undefined {
  return writing.own ? part.extensions?.gemini : undefined;
}

function writeText(part: TextPart, writing: Writing): JsonObject[] {
  const signature = ownSignature(part.signature, writing);
  // Vertex refuses empty text; only a signature gives it a meaning, and a Gemini client knows what he does.
  if (part.text === '' && signature.thoughtSignature === undefined && !writing.own) return [];
  return [withKept({ text: part.text, ...signature }, keptOf(part, writing))];
}

/** Thoughts go back only where their origin is sure: with Google's signature, or from a Gemini client. Foreign ones would read as the model's own words. */
function writeReasoning(part: Extract<ContentPart, { type: 'reasoning' }>, writing: Writing): JsonObject[] {
  const signature = ownSignature(part.signature, writing);
  const mine = signature.thoughtSignature !== undefined || (writing.own && part.signature === undefined);
  return mine && !part.redacted ? [withKept({ text: part.text, thought: true, ...signature }, keptOf(part, writing))] : [];
}

function writeServer(part: Extract<ContentPart, { type: 'server' }>, writing: Writing): JsonObject[] {
  if (part.dialect === 'gemini') return [part.raw];
  if (part.text !== undefined) return part.text ? [{ text: part.text }] : [];
  writing.context.warn(`A ${part.name} block of another vendor was left out of the history.`);
  return [];
}

function writeCall(part: ToolCallPart, writing: Writing): JsonObject {
  const call: JsonObject = { ...callId(part.id, writing), name: writing.names.toVendor(part.name), args: argumentsOf(part, writing) };
  return withKept({ functionCall: call, ...ownSignature(part.signature, writing) }, keptOf(part, writing));
}

/**
 * Ids are sent to Gemini 3 and later, which pair results by them; 1.x and 2.x pair by name, and Vertex answered 400 "Unknown name id" until
 * late 2026 (anomalyco/opencode#50504, BerriAI/litellm#34603). An id that a Gemini client gave himself stays. One we made up never goes out.
 */
export function callId(id: string, writing: Writing): { id?: string } {
  if (isGeneratedId(id)) return {};
  const wanted = writing.own || writing.family.major === undefined || writing.family.major >= 3;
  return wanted ? { id } : {};
}

function argumentsOf(part: ToolCallPart, writing: Writing): JsonObject {
  const text = argumentsAsFunction(part);
  if (text.trim() === '') return {};
  const args = asObject(parseJson(text));
  if (args) return args;
  writing.context.warn(`The arguments of an earlier call to ${part.name} were no JSON object and were left out.`);
  return {};
}

export type MediaPart = ImagePart | AudioPart | FilePart;

/** An image, sound or file as `inlineData` or `fileData`. */
export function writeMedia(part: MediaPart, writing: Writing, signature: JsonObject | undefined): JsonObject[] {
  if (part.type === 'file' && part.text !== undefined) return [{ text: part.filename ? `${part.filename}:\n${part.text}` : part.text }];
  const data = mediaData(part, writing);
  return data ? [withKept({ ...data, ...signature }, keptOf(part, writing))] : [];
}

const USUAL_TYPE = { image: 'image/jpeg', audio: 'audio/wav', file: 'application/octet-stream' } as const;

function mediaData(part: MediaPart, writing: Writing): JsonObject | undefined {
  const filename = part.type === 'file' ? part.filename : undefined;
  const mimeType = mimeTypeOf(part.source, filename);
  const displayName = writing.own && filename !== undefined ? { displayName: filename } : {};
  const source: MediaSource = part.source;
  switch (source.kind) {
    case 'base64':
      return { inlineData: { mimeType: mimeType ?? USUAL_TYPE[part.type], data: source.data, ...displayName } };
    case 'url':
      // Public https URLs are fetched by Google (recording google-generate-content-with-file-uri-image-true-stream).
      return { fileData: { fileUri: source.url, ...typeOfUrl(mimeType, part, writing), ...displayName } };
    case 'file-id':
      if (source.dialect === 'gemini') return { fileData: { fileUri: source.id, ...(mimeType ? { mimeType } : {}), ...displayName } };
      writing.context.warn('A file uploaded to another vendor was left out: Gemini cannot open it.');
      return undefined;
  }
}

function typeOfUrl(mimeType: string | undefined, part: MediaPart, writing: Writing): { mimeType?: string } {
  if (mimeType) return { mimeType };
  return writing.own || part.type === 'file' ? {} : { mimeType: USUAL_TYPE[part.type] };
}
