import type { Citation } from '../../conversation/content.ts';
import { asArray, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { TokenLogprob } from '../../conversation/response.ts';

/** True for a citation of the answer itself; others belong to the thinking or the tool plan (CitationType). */
export const citesText = (raw: JsonObject): boolean => raw.type === undefined || raw.type === 'TEXT_CONTENT';

/**
 * One citation for each source. The offsets are given only where they point at the words cited: the unit in which Cohere counts is not
 * documented, so those of a text with astral characters are tried as code points too.
 */
export function readCitations(raw: JsonObject, text: string): Citation[] {
  const place = placeOf(raw, text);
  const sources = asArray(raw.sources).filter(isObject);
  const origin = sources.length > 0 ? sources.map(readSource) : [{}];
  return origin.map((source) => ({ ...source, ...place, raw: { dialect: 'cohere-chat', value: raw } }));
}

function placeOf(raw: JsonObject, text: string): Pick<Citation, 'start' | 'end'> {
  const start = asNumber(raw.start);
  const end = asNumber(raw.end);
  const words = asString(raw.text);
  if (start === undefined || end === undefined || words === undefined) return {};
  if (text.slice(start, end) === words) return { start, end };
  const signs = [...text];
  if (signs.slice(start, end).join('') !== words) return {};
  const before = signs.slice(0, start).join('').length;
  return { start: before, end: before + words.length };
}

/** Documents and tool outputs are the caller's own objects; `title`, `url`, `text` and `snippet` are the names Cohere's guides use. */
function readSource(source: JsonObject): Pick<Citation, 'url' | 'title' | 'citedText'> {
  const body = asObject(source.document) ?? asObject(source.tool_output);
  const url = [body?.url, source.id].map(asString).find((value) => value !== undefined && /^https?:\/\//.test(value));
  const title = asString(body?.title);
  const citedText = asString(body?.snippet) ?? asString(body?.text);
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(citedText === undefined ? {} : { citedText }),
  };
}

/** Cohere's chunks may span several tokens (LogprobItem): the chance of the whole chunk is the product of theirs. */
export function readLogprobs(items: readonly unknown[]): TokenLogprob[] {
  return items.filter(isObject).flatMap((item) => {
    const values = asArray(item.logprobs).map(asNumber);
    const known = values.filter((value) => value !== undefined);
    const token = asString(item.text);
    if (token === undefined || known.length === 0) return [];
    return [{ token, logprob: known.reduce((sum, value) => sum + value, 0) }];
  });
}
