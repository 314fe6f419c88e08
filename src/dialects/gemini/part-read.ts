import type { ContentPart, MediaSource, ReasoningPart, ServerPart, TextPart } from '../../conversation/content.ts';
import { asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { Signature } from '../../conversation/signature.ts';
import { camelFields, camelValue, standardBase64 } from './fields.ts';

/** Parts that read the same in a request and in an answer; calls and results need their neighbours and are read elsewhere. */
export type PlainPart = Exclude<ContentPart, { type: 'tool-call' | 'tool-result' }>;

const NESTED = [
  'inlineData',
  'fileData',
  'functionCall',
  'functionResponse',
  'executableCode',
  'codeExecutionResult',
  'toolCall',
  'toolResponse',
];

/** A part with camel-case names, also in the messages it holds. */
export function camelPart(part: JsonObject): JsonObject {
  const named = camelFields(part);
  for (const name of NESTED) if (named[name] !== undefined) named[name] = camelValue(named[name]);
  return named;
}

/** What was not understood, for the way back to Gemini. */
export function kept(rest: JsonObject): { extensions?: { gemini: JsonObject } } {
  const gemini: JsonObject = {};
  for (const [name, value] of Object.entries(rest)) {
    const empty = value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
    if (!empty) gemini[name] = value;
  }
  return Object.keys(gemini).length > 0 ? { extensions: { gemini } } : {};
}

/** Reads a part of kind text, thought, media or vendor-side. `part` comes from `camelPart`. */
export function readPlainPart(part: JsonObject, signature: Signature | undefined): PlainPart {
  if (isObject(part.inlineData) && part.thought !== true) return inlinePart(part, part.inlineData, signature);
  if (isObject(part.fileData) && part.thought !== true) return filePart(part, part.fileData, signature);
  if (typeof part.text === 'string' || isBare(part)) return textPart(part, signature);
  return serverPart(part);
}

/** Nothing but a signature, or nothing at all: Gemini 3 hangs signatures on empty parts. */
function isBare(part: JsonObject): boolean {
  return Object.keys(part).every(
    (name) => name === 'thoughtSignature' || name === 'thought' || part[name] === undefined || part[name] === null,
  );
}

function textPart(part: JsonObject, signature: Signature | undefined): TextPart | ReasoningPart {
  const { text, thought, thoughtSignature: _signature, ...rest } = part;
  const type = thought === true ? 'reasoning' : 'text';
  return { type, text: asString(text) ?? '', ...(signature ? { signature } : {}), ...kept(rest) };
}

function inlinePart(part: JsonObject, blob: JsonObject, signature: Signature | undefined): PlainPart {
  const { inlineData: _blob, thoughtSignature, thought: _thought, ...rest } = part;
  const { mimeType, data, displayName, ...blobRest } = blob;
  const type = asString(mimeType) ?? 'application/octet-stream';
  const source: MediaSource = { kind: 'base64', mimeType: type, data: standardBase64(asString(data) ?? '') };
  return mediaPart(source, displayName, { ...rest, inlineData: blobRest }, signature, thoughtSignature);
}

function filePart(part: JsonObject, file: JsonObject, signature: Signature | undefined): PlainPart {
  const { fileData: _file, thoughtSignature, thought: _thought, ...rest } = part;
  const { mimeType, fileUri, displayName, ...fileRest } = file;
  const source = sourceOfUri(asString(fileUri) ?? '', asString(mimeType));
  return mediaPart(source, displayName, { ...rest, fileData: fileRest }, signature, thoughtSignature);
}

/** Uploaded files and Cloud Storage objects are open to Google alone; any other URI is a plain URL. */
function sourceOfUri(uri: string, mimeType: string | undefined): MediaSource {
  const type = mimeType === undefined ? {} : { mimeType };
  const own = !/^https?:/i.test(uri) || /^https:\/\/[\w.-]*googleapis\.com\//i.test(uri);
  return own ? { kind: 'file-id', id: uri, dialect: 'gemini', ...type } : { kind: 'url', url: uri, ...type };
}

function mediaPart(
  source: MediaSource,
  displayName: unknown,
  rest: JsonObject,
  signature: Signature | undefined,
  rawSignature: unknown,
): PlainPart {
  const kind = source.mimeType?.split('/')[0];
  if (kind === 'image') return { type: 'image', source, ...(signature ? { signature } : {}), ...kept(withName(rest, displayName)) };
  const signed = { ...rest, thoughtSignature: asString(rawSignature) };
  if (kind === 'audio') return { type: 'audio', source, ...kept(withName(signed, displayName)) };
  const filename = asString(displayName);
  return { type: 'file', source, ...(filename === undefined ? {} : { filename }), ...kept(signed) };
}

/** Images and audio have no place for a file name of their own. */
function withName(rest: JsonObject, displayName: unknown): JsonObject {
  const name = asString(displayName);
  if (name === undefined) return rest;
  const field = rest.inlineData === undefined ? 'fileData' : 'inlineData';
  return { ...rest, [field]: { ...asObject(rest[field]), displayName: name } };
}

const SIDE_FIELDS = new Set(['thought', 'thoughtSignature', 'text', 'videoMetadata', 'mediaResolution', 'partMetadata']);

function serverPart(part: JsonObject): ServerPart {
  const name = Object.keys(part).find((field) => !SIDE_FIELDS.has(field) && part[field] !== undefined) ?? 'part';
  const text = part.thought === true ? undefined : readable(part);
  return { type: 'server', dialect: 'gemini', name, raw: part, ...(text === undefined ? {} : { text }) };
}

/** Code the user asked to have run, and its output, as Markdown: clients of other dialects would else see an answer with a hole. */
function readable(part: JsonObject): string | undefined {
  const code = asObject(part.executableCode);
  if (code) return fenced(asString(code.code) ?? '', (asString(code.language) ?? '').toLowerCase().replace('language_unspecified', ''));
  const result = asObject(part.codeExecutionResult);
  return result ? fenced(asString(result.output) ?? '', '') : undefined;
}

function fenced(text: string, language: string): string {
  return `\n\`\`\`${language}\n${text.replace(/\n$/, '')}\n\`\`\`\n`;
}
