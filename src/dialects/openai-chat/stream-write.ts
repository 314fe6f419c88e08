import type { ContentPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { FinishReason } from '../../conversation/response.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import { mergeUsage, type Usage } from '../../conversation/usage.ts';
import type { ReplyContext, StreamWriter } from '../dialect.ts';
import { CustomCallRestorer, customToolNames } from '../shared/custom-tools.ts';
import { frame } from '../shared/sse-frame.ts';
import { writeAnnotation, writeLogprobs } from './annotations.ts';
import { callFields, completionId, partFields } from './answer-parts.ts';
import { callSignatureField } from './call-signature.ts';
import { writeStreamError } from './error.ts';
import { finishWord } from './finish.ts';
import { detailFields } from './reasoning-details.ts';
import { writeUsage } from './usage.ts';

interface ChoiceState {
  calls: number;
  /** Text or a refusal's words were written. */
  said: boolean;
  finished: boolean;
}

/** `tool` is the call's place in its choice's list. */
type PartState = { choice: number; content: ContentPart; tool: number };

/** Writes `chat.completion.chunk`s: the role in a choice's first delta, the usage chunk only on request, `[DONE]` last. */
export class ChatStreamWriter implements StreamWriter {
  readonly #context: ReplyContext;
  readonly #restorer: CustomCallRestorer;
  readonly #choices = new Map<number, ChoiceState>();
  readonly #parts = new Map<number, PartState>();
  #head: JsonObject;
  #usage: Usage | undefined;
  #over = false;

  constructor(context: ReplyContext) {
    this.#context = context;
    this.#restorer = new CustomCallRestorer(customToolNames(context.request));
    this.#head = this.#headOf({});
  }

  push(event: StreamEvent): string {
    return this.#restorer
      .push(event)
      .map((each) => this.#write(each))
      .join('');
  }

  end(): string {
    if (this.#over) return '';
    this.#over = true;
    let text = '';
    for (const [index, choice] of this.#choices) if (!choice.finished) text += this.#finish(index, 'stop');
    const usage = this.#context.request.includeUsage ? writeUsage(this.#usage) : undefined;
    if (usage) text += frame({ ...this.#head, choices: [], usage });
    return `${text}${frame('[DONE]')}`;
  }

  ping(): string {
    return ': keep-alive\n\n';
  }

  #headOf(start: { id?: string; model?: string; created?: number }): JsonObject {
    return {
      id: completionId(start.id, this.#context),
      object: 'chat.completion.chunk',
      created: start.created ?? Math.floor(this.#context.now() / 1000),
      model: start.model ?? this.#context.model,
    };
  }

  #write(event: StreamEvent): string {
    if (this.#over) return '';
    switch (event.type) {
      case 'start':
        this.#head = this.#headOf(event);
        return '';
      case 'part-start':
        return this.#partStart(event.choice, event.part, event.content);
      case 'part-delta':
        return this.#partDelta(event.part, event.delta);
      case 'part-end':
        this.#parts.delete(event.part);
        return '';
      case 'usage':
        this.#usage = mergeUsage(this.#usage, event.usage);
        return '';
      case 'finish':
        return this.#finish(event.choice, event.finish.reason);
      case 'error':
        this.#over = true;
        return writeStreamError(event.error);
    }
  }

  #choice(index: number): ChoiceState {
    const known = this.#choices.get(index);
    if (known) return known;
    const choice = { calls: 0, said: false, finished: false };
    this.#choices.set(index, choice);
    return choice;
  }

  #partStart(index: number, number: number, content: ContentPart): string {
    const known = this.#choices.get(index);
    const part: PartState = { choice: index, content, tool: content.type === 'tool-call' ? (known?.calls ?? 0) : -1 };
    this.#parts.set(number, part);
    if (content.type !== 'tool-call') return this.#delta(index, withoutEmpty(partFields(content, this.#context)));
    const text = this.#delta(index, { tool_calls: [{ index: part.tool, ...callFields(content) }] });
    this.#choice(index).calls += 1;
    return text;
  }

  #partDelta(number: number, delta: PartDelta): string {
    const part = this.#parts.get(number);
    if (!part) return '';
    if (delta.type === 'logprobs') return this.#delta(part.choice, { content: '' }, { logprobs: writeLogprobs(delta.logprobs) });
    return this.#delta(part.choice, deltaFields(part, delta));
  }

  /** A chunk with one delta; nothing for an empty one. A choice's first delta names the role. */
  #delta(index: number, fields: JsonObject, beside: JsonObject = {}): string {
    if (Object.keys(fields).length === 0) return '';
    const first = !this.#choices.has(index);
    const choice = this.#choice(index);
    choice.said ||= Boolean(fields.content || fields.refusal);
    const delta = first ? { role: 'assistant', ...(fields.content === undefined ? { content: null } : {}), ...fields } : fields;
    return this.#chunk({ index, delta, ...beside, finish_reason: null });
  }

  #finish(index: number, reason: FinishReason): string {
    const known = this.#choices.has(index);
    const choice = this.#choice(index);
    if (choice.finished) return '';
    choice.finished = true;
    // A choice without any content still needs its role: the SDK's helper throws without one.
    const delta = known ? {} : { role: 'assistant', content: '' };
    return this.#chunk({ index, delta, finish_reason: finishWord(reason, choice.calls > 0, choice.said) });
  }

  #chunk(choice: JsonObject): string {
    return frame({ ...this.#head, choices: [choice], ...(this.#context.request.includeUsage ? { usage: null } : {}) });
  }
}

/** Text parts start empty: their chunk would say nothing. */
function withoutEmpty(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

function deltaFields(part: PartState, delta: Exclude<PartDelta, { type: 'logprobs' }>): JsonObject {
  switch (delta.type) {
    case 'text':
      return delta.text ? { [textField(part.content)]: delta.text } : {};
    case 'arguments':
      return delta.text ? { tool_calls: [{ index: part.tool, ...argumentField(part.content, delta.text) }] } : {};
    case 'signature': {
      if (part.content.type === 'reasoning') return detailFields(delta.signature);
      const extra = { extra_content: callSignatureField(delta.signature) };
      return part.content.type === 'tool-call' ? { tool_calls: [{ index: part.tool, ...extra }] } : extra;
    }
    case 'citation': {
      const annotation = writeAnnotation(delta.citation);
      return annotation ? { annotations: [annotation] } : {};
    }
  }
}

function textField(content: ContentPart): string {
  if (content.type === 'reasoning') return 'reasoning_content';
  return content.type === 'refusal' ? 'refusal' : 'content';
}

function argumentField(content: ContentPart, text: string): JsonObject {
  return content.type === 'tool-call' && content.kind === 'custom' ? { custom: { input: text } } : { function: { arguments: text } };
}
