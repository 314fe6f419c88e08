import { GatewayError } from '../../conversation/error.ts';
import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent, StreamReader } from '../dialect.ts';
import { CustomCallRestorer, customToolNames } from '../shared/custom-tools.ts';
import { jsonOf } from '../shared/event-json.ts';
import { CandidateReader, type PartNumbers } from './candidate-read.ts';
import { readError } from './error.ts';
import { camelFields, camelValue } from './fields.ts';
import { blockedFinish } from './finish.ts';
import { searchesOf } from './grounding.ts';
import { geminiToolNames } from './names.ts';
import { readUsage } from './usage.ts';

/** Reads `streamGenerateContent` chunk by chunk; each event's data is one `GenerateContentResponse` (or a list of them). */
export function streamReader(context: ReadContext): StreamReader {
  return new GeminiStreamReader(context, false);
}

/**
 * `finish` is given in `end()`: older models repeat `finishReason` in every chunk, and grounding may follow it. `whole`: the chunks
 * are a complete answer, so a candidate without a finish reason is no truncation.
 */
export class GeminiStreamReader implements StreamReader {
  readonly #context: ReadContext;
  readonly #whole: boolean;
  readonly #candidates = new Map<number, CandidateReader>();
  readonly #numbers: PartNumbers = { next: 0 };
  readonly #restorer: CustomCallRestorer;
  readonly #names;
  #started = false;
  #failed = false;
  #blocked: ReturnType<typeof blockedFinish>;

  constructor(context: ReadContext, whole: boolean) {
    this.#context = context;
    this.#whole = whole;
    this.#restorer = new CustomCallRestorer(customToolNames(context.request));
    this.#names = geminiToolNames(context.request);
  }

  push(event: SseEvent): StreamEvent[] {
    if (this.#failed || event.data.trim() === '' || event.data.trim() === '[DONE]') return [];
    const data = jsonOf(event);
    if (data === undefined) return this.#fail(badChunk());
    return this.chunks(Array.isArray(data) ? data : [data]);
  }

  /** The same for chunks that are parsed already. */
  chunks(chunks: Json[]): StreamEvent[] {
    return chunks.flatMap((chunk) => (isObject(chunk) && !this.#failed ? this.#chunk(camelFields(chunk)) : []));
  }

  end(): StreamEvent[] {
    if (this.#failed) return [];
    const candidates = [...this.#candidates.values()];
    const events = this.#restore(candidates.flatMap((candidate) => candidate.close()));
    const unfinished = candidates.some((candidate) => !candidate.finished);
    if (candidates.length === 0) return this.#blocked ? [...events, { type: 'finish', choice: 0, finish: this.#blocked }] : this.#nothing();
    if (unfinished && !this.#whole) return [...events, ...this.#fail(truncated())];
    return [...events, ...candidates.map((candidate) => candidate.finish(this.#blocked))];
  }

  #nothing(): StreamEvent[] {
    return this.#fail(this.#whole ? emptyAnswer() : truncated());
  }

  #chunk(chunk: JsonObject): StreamEvent[] {
    const failure = asObject(chunk.error);
    if (failure) return this.#fail(readError(Number(failure.code) || 0, {}, chunk, [], this.#context.now()));
    const events: StreamEvent[] = this.#started ? [] : [startOf(chunk)];
    this.#started = true;
    this.#blocked ??= blockedFinish(asObject(camelValue(chunk.promptFeedback)) ?? {});
    const candidates = asArray(chunk.candidates).filter(isObject).map(camelFields);
    for (const [position, candidate] of candidates.entries()) events.push(...this.#restore(this.#candidate(candidate, position)));
    const usage = { ...readUsage(camelValue(chunk.usageMetadata)), ...searches(candidates) };
    if (Object.keys(usage).length > 0) events.push({ type: 'usage', usage });
    return events;
  }

  /** `index` is left out for 0, and by Vertex for a single candidate. */
  #candidate(candidate: JsonObject, position: number): StreamEvent[] {
    const index = typeof candidate.index === 'number' ? candidate.index : position;
    let reader = this.#candidates.get(index);
    if (!reader) {
      reader = new CandidateReader(index, this.#numbers, this.#context, this.#names);
      this.#candidates.set(index, reader);
    }
    return reader.push(candidate);
  }

  #restore(events: StreamEvent[]): StreamEvent[] {
    return events.flatMap((event) => this.#restorer.push(event));
  }

  #fail(error: GatewayError): StreamEvent[] {
    this.#failed = true;
    return [{ type: 'error', error }];
  }
}

function startOf(chunk: JsonObject): StreamEvent {
  const id = asString(chunk.responseId);
  const model = asString(chunk.modelVersion);
  const created = Date.parse(asString(chunk.createTime) ?? '');
  return {
    type: 'start',
    ...(id === undefined ? {} : { id }),
    ...(model === undefined ? {} : { model }),
    ...(Number.isNaN(created) ? {} : { created: Math.floor(created / 1000) }),
  };
}

function searches(candidates: JsonObject[]): { webSearches?: number } {
  const counts = candidates.flatMap((candidate) => searchesOf(candidate.groundingMetadata) ?? []);
  return counts.length > 0 ? { webSearches: counts.reduce((sum, count) => sum + count, 0) } : {};
}

function badChunk(): GatewayError {
  return new GatewayError({
    class: 'network',
    code: 'invalid_stream_event',
    message: 'The provider sent a stream event that is not JSON.',
  });
}

function truncated(): GatewayError {
  return new GatewayError({ class: 'network', code: 'stream_truncated', message: 'The stream ended before the answer was finished.' });
}

function emptyAnswer(): GatewayError {
  return new GatewayError({ class: 'empty', code: 'empty_response', message: 'The provider sent an answer without candidates.' });
}
