import { Collector } from '../../conversation/collect.ts';
import type { Parsed } from '../../conversation/error.ts';
import { asArray, asObject, isObject, type Json, type JsonObject, unknownFields } from '../../conversation/json.ts';
import type { ChatResponse } from '../../conversation/response.ts';
import type { ReadContext } from '../dialect.ts';
import { camelFields } from './fields.ts';
import { GeminiStreamReader } from './stream-read.ts';

/** A `GenerateContentResponse`. A refused prompt is an answer with finish `content-filter`; no candidate at all is an error of class `empty`. */
export function readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse> {
  const read = collect([body], new GeminiStreamReader(context, true));
  if (read.ok) Object.assign(read.value, rawRest(camelFields(body)));
  return read;
}

/** A `streamGenerateContent` body without `alt=sse`, received whole: the chunks of one answer. */
export function readArray(body: Json[], context: ReadContext): Parsed<ChatResponse> {
  return collect(body, new GeminiStreamReader(context, false));
}

function collect(chunks: Json[], reader: GeminiStreamReader): Parsed<ChatResponse> {
  const collector = new Collector('gemini');
  for (const event of reader.chunks(chunks)) collector.push(event);
  for (const event of reader.end()) collector.push(event);
  return collector.result();
}

const READ = new Set(['candidates', 'responseId', 'modelVersion', 'usageMetadata', 'createTime']);
const READ_OF_CANDIDATE = new Set(['content', 'index', 'finishReason', 'finishMessage', 'logprobsResult']);

/** What only Gemini clients understand: safety ratings, grounding, URL context. */
function rawRest(body: JsonObject): { extensions?: { gemini: JsonObject } } {
  const candidates: JsonObject = {};
  for (const [position, candidate] of asArray(body.candidates).filter(isObject).entries()) {
    const rest = unknownFields(camelFields(candidate), READ_OF_CANDIDATE);
    if (rest) candidates[String(typeof candidate.index === 'number' ? candidate.index : position)] = rest;
  }
  const rest = unknownFields(body, READ);
  const gemini: JsonObject = { ...asObject(rest), ...(Object.keys(candidates).length > 0 ? { candidates } : {}) };
  return Object.keys(gemini).length > 0 ? { extensions: { gemini } } : {};
}
