import type { Citation } from '../../conversation/content.ts';
import { asArray, asObject, asString, type Json, type JsonObject } from '../../conversation/json.ts';
import { DIALECT } from './vocabulary.ts';

/** One citation of a text block; offsets are those of the source document, not of the answer, so they stay in `raw`. */
export function readCitation(raw: JsonObject): Citation {
  const citation: Citation = { raw: { dialect: DIALECT, value: raw } };
  const url = asString(raw.url) ?? asString(raw.source);
  const title = asString(raw.title) ?? asString(raw.document_title);
  const cited = asString(raw.cited_text);
  if (url !== undefined) citation.url = url;
  if (title !== undefined) citation.title = title;
  if (cited !== undefined) citation.citedText = cited;
  return citation;
}

export function readCitations(value: Json | undefined): { citations?: Citation[] } {
  const citations = asArray(value)
    .map(asObject)
    .filter((raw) => raw !== undefined)
    .map(readCitation);
  return citations.length > 0 ? { citations } : {};
}

/** The citations that this dialect minted; others have no form here (every type needs an encrypted index or a document's number). */
export function ownCitations(citations: Citation[] | undefined): JsonObject[] {
  const own: JsonObject[] = [];
  for (const { raw } of citations ?? []) if (raw?.dialect === DIALECT) own.push(raw.value);
  return own;
}
