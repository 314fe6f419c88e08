import type { Citation, ContentPart, MediaSource, ToolCallPart } from '../../conversation/content.ts';
import { asObject, type JsonObject, parseJson } from '../../conversation/json.ts';
import type { Signature } from '../../conversation/signature.ts';
import type { ReplyContext } from '../dialect.ts';
import { signatureForClient } from './signature.ts';

/** One part of an answer as a Gemini client reads it; nothing where there is no form for it. */
export function answerPart(part: ContentPart, context: ReplyContext): JsonObject[] {
  switch (part.type) {
    case 'text':
      return part.text === '' && !part.signature ? [] : [{ text: part.text, ...signed(part.signature) }];
    case 'refusal':
      return part.text ? [{ text: part.text }] : [];
    case 'reasoning':
      return part.text === '' && !part.signature ? [] : [{ text: part.text, thought: true, ...signed(part.signature) }];
    case 'tool-call':
      return [{ functionCall: { id: part.id, name: part.name, args: callArguments(part) }, ...signed(part.signature) }];
    case 'image':
      return mediaParts(part.source, 'image/png', signed(part.signature), context);
    case 'audio':
      return mediaParts(part.source, 'audio/wav', {}, context);
    case 'file':
      return part.text === undefined ? mediaParts(part.source, 'application/octet-stream', {}, context) : [{ text: part.text }];
    case 'server':
      return serverParts(part, context);
    case 'tool-result':
      return [];
  }
}

/** The signature field of a part. */
export function signed(signature: Signature | undefined): JsonObject {
  return signature ? { thoughtSignature: signatureForClient(signature) } : {};
}

/**
 * `args` must be an object. What a model wrote and does not parse is handed over as `{"invalid_json": "<its text>"}`: the tool then
 * refuses it by its own schema and the model sees what it wrote, while `{}` would hide the mistake or run the tool without arguments.
 */
function callArguments(part: ToolCallPart): JsonObject {
  if (part.kind === 'custom') return { input: part.arguments };
  if (part.arguments.trim() === '') return {};
  return asObject(parseJson(part.arguments)) ?? { invalid_json: part.arguments };
}

function mediaParts(source: MediaSource, type: string, extra: JsonObject, context: ReplyContext): JsonObject[] {
  switch (source.kind) {
    case 'base64':
      return [{ inlineData: { mimeType: source.mimeType, data: source.data }, ...extra }];
    case 'url':
      return [{ fileData: { fileUri: source.url, mimeType: source.mimeType ?? type }, ...extra }];
    case 'file-id':
      if (source.dialect === 'gemini') return [{ fileData: { fileUri: source.id, mimeType: source.mimeType ?? type }, ...extra }];
      context.warn('A file of another vendor in the answer was left out.');
      return [];
  }
}

function serverParts(part: Extract<ContentPart, { type: 'server' }>, context: ReplyContext): JsonObject[] {
  if (part.dialect === 'gemini') return [part.raw];
  if (part.text) return [{ text: part.text }];
  context.warn(`A ${part.name} block of the answer has no form in this dialect and was left out.`);
  return [];
}

/** Text with the citations that hang on it, over all parts of a candidate: spans move by the text before them. */
export function citedText(parts: { text: string; citations: Citation[] }[]): { text: string; citations: Citation[] } {
  let text = '';
  const citations: Citation[] = [];
  for (const part of parts) {
    const offset = text.length;
    for (const citation of part.citations) citations.push(moved(citation, offset));
    text += part.text;
  }
  return { text, citations };
}

function moved(citation: Citation, offset: number): Citation {
  if (citation.start === undefined || citation.end === undefined) return citation;
  return { ...citation, start: citation.start + offset, end: citation.end + offset };
}
