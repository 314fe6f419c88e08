import type { Citation } from '../../conversation/content.ts';
import { asArray, asNumber, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/**
 * Citations of a candidate for the text they hang on. Grounding names chunks (sources) and supports (spans that rest on them); spans are
 * UTF-8 byte offsets, ours are UTF-16 units.
 */
export function citationsOf(candidate: JsonObject, text: string): Citation[] {
  const grounding = asObject(candidate.groundingMetadata);
  const sources = asArray(asObject(candidate.citationMetadata)?.citationSources ?? asObject(candidate.citationMetadata)?.citations);
  return [
    ...(grounding ? groundingCitations(grounding, text) : []),
    ...sources.flatMap((source) => (isObject(source) ? [sourceCitation(source, text)] : [])),
  ];
}

function groundingCitations(grounding: JsonObject, text: string): Citation[] {
  const chunks = asArray(grounding.groundingChunks);
  return asArray(grounding.groundingSupports).flatMap((support) => {
    const object = asObject(support);
    const span = spanOf(asObject(object?.segment) ?? {}, text);
    return asArray(object?.groundingChunkIndices).flatMap((index) => {
      const chunk = typeof index === 'number' ? asObject(chunks[index]) : undefined;
      return chunk ? [{ ...chunkCitation(chunk), ...span }] : [];
    });
  });
}

function chunkCitation(chunk: JsonObject): Citation {
  const source = asObject(chunk.web) ?? asObject(chunk.retrievedContext) ?? asObject(chunk.maps) ?? asObject(chunk.image) ?? {};
  const url = asString(source.uri) ?? asString(source.sourceUri);
  const title = asString(source.title);
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    raw: { dialect: 'gemini', value: chunk },
  };
}

/** Recitation sources (`citationMetadata`), whose spans count the same way. */
function sourceCitation(source: JsonObject, text: string): Citation {
  const url = asString(source.uri);
  const title = asString(source.title);
  return { ...(url === undefined ? {} : { url }), ...(title === undefined ? {} : { title }), ...spanOf(source, text) };
}

function spanOf(segment: JsonObject, text: string): Pick<Citation, 'start' | 'end' | 'citedText'> {
  const quoted = asString(segment.text);
  const cited = quoted === undefined ? {} : { citedText: quoted };
  const end = asNumber(segment.endIndex);
  if (end === undefined) return cited;
  const bytes = Buffer.from(text, 'utf8');
  const first = asNumber(segment.startIndex) ?? 0;
  const span = { start: bytes.subarray(0, first).toString('utf8').length, end: bytes.subarray(0, end).toString('utf8').length };
  if (quoted === undefined || text.slice(span.start, span.end) === quoted) return { ...span, ...cited };
  // Offsets of another part, or counted before the stream was cut differently: the quotation itself says where.
  const at = text.indexOf(quoted);
  return at < 0 ? cited : { start: at, end: at + quoted.length, ...cited };
}

/** Searches made for this answer, which are billed apart. */
export function searchesOf(grounding: Json | undefined): number | undefined {
  const queries = asArray(asObject(grounding)?.webSearchQueries).filter((query) => typeof query === 'string' && query !== '');
  return queries.length > 0 ? queries.length : undefined;
}

/** Citations as `groundingMetadata` for the text they hang on. */
export function groundingOf(citations: Citation[], text: string): JsonObject | undefined {
  if (citations.length === 0) return undefined;
  const chunks: JsonObject[] = [];
  const supports: JsonObject[] = [];
  const indexOfChunk = new Map<string, number>();
  for (const citation of citations) {
    const chunk = citation.raw?.dialect === 'gemini' ? citation.raw.value : webChunk(citation);
    const key = JSON.stringify(chunk);
    const index = indexOfChunk.get(key) ?? chunks.push(chunk) - 1;
    indexOfChunk.set(key, index);
    const segment = segmentOf(citation, text);
    if (segment) supports.push({ segment, groundingChunkIndices: [index] });
  }
  return { groundingChunks: chunks, ...(supports.length > 0 ? { groundingSupports: supports } : {}) };
}

function webChunk(citation: Citation): JsonObject {
  return {
    web: {
      ...(citation.url === undefined ? {} : { uri: citation.url }),
      ...(citation.title === undefined ? {} : { title: citation.title }),
    },
  };
}

function segmentOf(citation: Citation, text: string): JsonObject | undefined {
  if (citation.start === undefined || citation.end === undefined) return undefined;
  const startIndex = Buffer.byteLength(text.slice(0, citation.start));
  const quoted = text.slice(citation.start, citation.end);
  return { startIndex, endIndex: startIndex + Buffer.byteLength(quoted), text: quoted };
}
