import { GatewayError } from '../../conversation/error.ts';
import { asArray, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent, StreamReader } from '../dialect.ts';
import { jsonOf } from '../shared/event-json.ts';
import { readSources } from './annotations.ts';
import { ChoiceReader, type ChoiceSurroundings, choiceIndex } from './choice-reader.ts';
import { failureInAnswer } from './error.ts';
import { keptFields } from './extensions.ts';
import { FAILED_FINISHES } from './finish.ts';
import { audioMime } from './request-read-parts.ts';
import { toolNamesFor } from './request-write.ts';
import { readUsage } from './usage.ts';

/**
 * Reads a stream of `chat.completion.chunk`s. Finishes are held back to the end of the stream: hosts repeat them, and send text,
 * usage or an error after them (recordings openrouter-stream-error, litellm-completion-stream-multiple-choices-proxy).
 */
export class ChatStreamReader implements StreamReader {
  readonly #around: ChoiceSurroundings;
  readonly #choices = new Map<number, ChoiceReader>();
  readonly #asked: number;
  #sources: JsonObject = {};
  #started = false;
  #over = false;

  constructor(context: ReadContext) {
    const names = toolNamesFor(context.request);
    this.#asked = context.request.sampling.n ?? 1;
    let parts = 0;
    this.#around = {
      model: context.model,
      audioMime: audioMime(asString(asObject(keptFields(context.request.extensions).audio)?.format) ?? 'wav'),
      nextPart: () => parts++,
      newCallId: () => `call_${context.newId()}`,
      clientName: (name) => names.toClient(name),
    };
  }

  push(event: SseEvent): StreamEvent[] {
    if (this.#over) return [];
    if (event.data.trim() === '[DONE]') return this.#done();
    const chunk = jsonOf(event);
    return isObject(chunk) ? this.pushObject(chunk) : [];
  }

  /** One chunk, or a `whole` chat.completion, whose choices read as if they had come in one. */
  pushObject(chunk: JsonObject, whole = false): StreamEvent[] {
    if (this.#over) return [];
    const events = this.#start(chunk);
    if (chunk.citations || chunk.search_results) this.#sources = chunk;
    for (const [at, choice] of asArray(chunk.choices).entries()) if (isObject(choice)) events.push(...this.#choice(choice, at, whole));
    events.push(...usageEvents(chunk));
    const failure = failureInAnswer(chunk) ?? this.#brokenOff();
    if (failure) events.push(...this.#fail(failure));
    return events;
  }

  end(): StreamEvent[] {
    if (this.#over) return [];
    const choices = [...this.#choices.values()];
    // Some hosts leave `[DONE]` out: a finish for every choice is end enough.
    if (choices.length > 0 && choices.every((choice) => choice.finish !== undefined)) return this.#done();
    return [
      ...choices.flatMap((choice) => choice.end(false, [])),
      ...this.#fail(
        new GatewayError({ class: 'network', code: 'stream_truncated', message: 'The connection ended before the answer was complete.' }),
      ),
    ];
  }

  /** The answer is complete, whether or not the vendor gave a reason (Snowflake gives none). */
  finish(): StreamEvent[] {
    return this.#over ? [] : this.#done();
  }

  #done(): StreamEvent[] {
    this.#over = true;
    if (this.#choices.size === 0) {
      const message = 'The provider sent an answer without content.';
      return [{ type: 'error', error: new GatewayError({ class: 'empty', code: 'empty_response', message }) }];
    }
    const sources = readSources(this.#sources);
    const events = [...this.#choices.values()].flatMap((choice) => choice.end(true, sources));
    return [...events.filter((event) => event.type !== 'finish'), ...events.filter((event) => event.type === 'finish')];
  }

  #fail(error: GatewayError): StreamEvent[] {
    this.#over = true;
    return [{ type: 'error', error }];
  }

  /** Azure's first chunk has neither id nor model (recording azure-chat-async-streaming…): the start waits for a real one. */
  #start(chunk: JsonObject): StreamEvent[] {
    if (this.#started || !Array.isArray(chunk.choices) || chunk.choices.length === 0) return [];
    this.#started = true;
    const id = asString(chunk.id);
    const model = asString(chunk.model);
    const created = asNumber(chunk.created);
    return [{ type: 'start', ...(id ? { id } : {}), ...(model ? { model } : {}), ...(created ? { created } : {}) }];
  }

  #choice(wire: JsonObject, at: number, whole: boolean): StreamEvent[] {
    const index = choiceIndex(wire, at, this.#asked);
    let choice = this.#choices.get(index);
    if (!choice) {
      choice = new ChoiceReader(index, this.#around);
      this.#choices.set(index, choice);
    }
    return choice.push(wire, whole);
  }

  #brokenOff(): GatewayError | undefined {
    for (const { finish } of this.#choices.values()) {
      if (finish === undefined || !FAILED_FINISHES.has(finish)) continue;
      return new GatewayError({ class: 'overload', code: finish, message: `The provider broke the answer off (${finish}).` });
    }
    return undefined;
  }
}

/** Usage stands in a chunk of its own (OpenAI), beside the finish (Groq, Mistral), or below `x_groq`. */
function usageEvents(chunk: JsonObject): StreamEvent[] {
  const groq = isObject(chunk.x_groq) ? chunk.x_groq.usage : undefined;
  const inChoice = asArray(chunk.choices).find((choice) => isObject(choice) && isObject(choice.usage));
  const model = asString(chunk.model);
  const usage = readUsage(chunk.usage, model) ?? readUsage(groq) ?? readUsage(isObject(inChoice) ? inChoice.usage : undefined);
  return usage ? [{ type: 'usage', usage }] : [];
}
