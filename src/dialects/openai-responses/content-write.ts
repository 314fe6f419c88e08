import type { AudioPart, Citation, ContentPart, FilePart, ImagePart, TextPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { mimeTypeOf, urlFromSource } from '../shared/media.ts';
import { ID, kept, rawPartOf } from './extension.ts';

type Warn = (message: string) => void;

/** One content part of an input message or tool output; `undefined` where the API has none for it (said by a warning). */
export function writeContent(
  part: ContentPart,
  textType: 'input_text' | 'output_text',
  request: ChatRequest,
  warn: Warn,
): JsonObject | undefined {
  switch (part.type) {
    case 'text':
      return writeText(part, textType);
    case 'refusal':
      return { ...rawPartOf(part), type: 'refusal', refusal: part.text };
    case 'image':
      return writeImage(part, request, warn);
    case 'file':
      return writeFile(part, request, warn);
    case 'audio':
      return writeAudio(part, request, warn);
    case 'server':
      if (part.dialect === ID) return part.raw;
      if (!part.text) warn("A step of another vendor's server-side tool was left out.");
      return part.text ? { type: textType, text: part.text } : undefined;
    case 'tool-call':
    case 'tool-result':
    case 'reasoning':
      return undefined;
  }
}

/** Every part that has a form here. */
export function writeContents(
  parts: ContentPart[],
  textType: 'input_text' | 'output_text',
  request: ChatRequest,
  warn: Warn,
): JsonObject[] {
  return parts.map((part) => writeContent(part, textType, request, warn)).filter((written) => written !== undefined);
}

function writeText(part: TextPart, textType: string): JsonObject {
  const raw = rawPartOf(part);
  if (raw.type !== undefined) return { ...raw, text: part.text };
  return textType === 'output_text'
    ? { type: textType, text: part.text, annotations: writeAnnotations(part.citations, part.text) }
    : { type: textType, text: part.text };
}

/** Citations as `annotations`: the vendor's own object where this dialect gave it, else a `url_citation`; one without URL has no form here. */
export function writeAnnotations(citations: Citation[] | undefined, text: string): JsonObject[] {
  return (citations ?? []).map((citation) => writeAnnotation(citation, text.length)).filter((annotation) => annotation !== undefined);
}

/** `at`: where the citation stands when it does not say so itself; the SDK's type demands both offsets. */
export function writeAnnotation(citation: Citation, at: number): JsonObject | undefined {
  if (citation.raw?.dialect === ID) return citation.raw.value;
  if (citation.url === undefined) return undefined;
  const start = citation.start ?? at;
  return {
    type: 'url_citation',
    url: citation.url,
    title: citation.title ?? citation.url,
    start_index: start,
    end_index: citation.end ?? start,
  };
}

function writeImage(part: ImagePart, request: ChatRequest, warn: Warn): JsonObject | undefined {
  // The type demands `detail`, whose default is auto.
  const detail = part.detail ?? (request.dialect === ID ? undefined : 'auto');
  const base = { ...rawPartOf(part), type: 'input_image', ...(detail === undefined ? {} : { detail }) };
  if (part.source.kind === 'file-id') {
    if (part.source.dialect === ID) return { ...base, file_id: part.source.id };
    warn('An image was left out: it is a file uploaded to another vendor.');
    return undefined;
  }
  return { ...base, image_url: urlFromSource(part.source) };
}

function writeFile(part: FilePart, request: ChatRequest, warn: Warn): JsonObject | undefined {
  if (part.text !== undefined) return { type: 'input_text', text: part.filename ? `${part.filename}:\n${part.text}` : part.text };
  const base = { ...rawPartOf(part), type: 'input_file', ...(part.filename === undefined ? {} : { filename: part.filename }) };
  const { source } = part;
  switch (source.kind) {
    case 'file-id':
      if (source.dialect === ID) return { ...base, file_id: source.id };
      warn('A file was left out: it was uploaded to another vendor.');
      return undefined;
    case 'url':
      return { ...base, file_url: source.url };
    case 'base64': {
      if (kept(part).bare) return { ...base, file_data: source.data };
      const mimeType = mimeTypeOf(source, part.filename) ?? '';
      if (request.dialect !== ID && /^(?:audio|video)\//.test(mimeType)) {
        warn(`A file of type ${mimeType} was left out: the OpenAI Responses API does not read it.`);
        return undefined;
      }
      // A data URL needs a file name beside it.
      const name = request.dialect === ID ? {} : { filename: `file.${mimeType.split('/')[1] ?? 'bin'}` };
      return { ...name, ...base, file_data: urlFromSource(source) };
    }
  }
}

/** The models behind this API hear nothing; what a client of the same dialect sent goes on as it was. */
function writeAudio(part: AudioPart, request: ChatRequest, warn: Warn): JsonObject | undefined {
  const raw = rawPartOf(part);
  if (request.dialect === ID && raw.type === 'input_audio') return raw;
  warn('Audio was left out: the OpenAI Responses API takes no audio input.');
  return part.transcript ? { type: 'input_text', text: part.transcript } : undefined;
}
