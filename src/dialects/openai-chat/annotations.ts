import type { Citation } from '../../conversation/content.ts';
import { asArray, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { TokenLogprob } from '../../conversation/response.ts';
import { DIALECT } from './extensions.ts';

/** `annotations` of a message or delta: OpenAI's `url_citation`; a vendor's other kinds (OpenRouter `file`) hold no citation. */
export function readAnnotations(value: unknown): Citation[] {
  return asArray(value).flatMap((item) => {
    const annotation = asObject(item);
    const cited = asObject(annotation?.url_citation);
    return annotation && cited ? [readCitation(annotation, cited)] : [];
  });
}

function readCitation(annotation: JsonObject, cited: JsonObject): Citation {
  const start = asNumber(cited.start_index);
  const end = asNumber(cited.end_index);
  // OpenRouter gives 0 and 0 where it knows no place (recording openrouter-web-search-annotations-stream).
  const placed = end !== undefined && end > 0;
  const citation: Citation = {
    url: asString(cited.url),
    title: asString(cited.title) || undefined,
    citedText: asString(cited.content),
    start: placed ? start : undefined,
    end: placed ? end : undefined,
  };
  return { ...known(citation), raw: { dialect: DIALECT, value: annotation } };
}

function known(citation: Citation): Citation {
  return Object.fromEntries(Object.entries(citation).filter(([, value]) => value !== undefined)) as Citation;
}

/** Perplexity's sources of the whole answer: `search_results` with titles, else `citations` as bare URLs. */
export function readSources(body: JsonObject): Citation[] {
  const results = asArray(body.search_results).filter(isObject);
  if (results.length > 0) return results.map((result) => known({ url: asString(result.url), title: asString(result.title) }));
  return asArray(body.citations).flatMap((url) => (typeof url === 'string' ? [{ url }] : []));
}

/** OpenAI's form; all four fields are required there. `undefined` for a citation without a URL (of a document). */
export function writeAnnotation(citation: Citation): JsonObject | undefined {
  if (citation.raw?.dialect === DIALECT) return citation.raw.value;
  if (!citation.url) return undefined;
  return {
    type: 'url_citation',
    url_citation: { url: citation.url, title: citation.title ?? '', start_index: citation.start ?? 0, end_index: citation.end ?? 0 },
  };
}

/** `logprobs.content` of a choice. */
export function readLogprobs(value: unknown): TokenLogprob[] {
  return asArray(asObject(value)?.content).flatMap((item) => {
    const entry = asObject(item);
    const one = entry && token(entry);
    if (!entry || !one) return [];
    const top = asArray(entry.top_logprobs).flatMap((other) => token(asObject(other)) ?? []);
    return [Array.isArray(entry.top_logprobs) ? { ...one, top } : one];
  });
}

function token(entry: JsonObject | undefined): { token: string; logprob: number; bytes?: number[] | null } | undefined {
  const text = asString(entry?.token);
  const logprob = asNumber(entry?.logprob);
  if (!entry || text === undefined || logprob === undefined) return undefined;
  if (entry.bytes === null) return { token: text, logprob, bytes: null };
  const bytes = Array.isArray(entry.bytes) ? entry.bytes.flatMap((byte) => asNumber(byte) ?? []) : undefined;
  return { token: text, logprob, ...(bytes ? { bytes } : {}) };
}

export function writeLogprobs(logprobs: readonly TokenLogprob[]): JsonObject {
  const content = logprobs.map(({ token: text, logprob, bytes, top }) => ({
    token: text,
    logprob,
    bytes: bytes ?? null,
    top_logprobs: (top ?? []).map((other) => ({ token: other.token, logprob: other.logprob, bytes: other.bytes ?? null })),
  }));
  return { content, refusal: null };
}
