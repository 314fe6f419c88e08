import * as l10n from '@vscode/l10n';
import type { ContentPart, MediaSource } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { asObject, parseJson } from '../../conversation/json.ts';
import type { Finish } from '../../conversation/response.ts';
import { sealSignature } from '../../conversation/signature.ts';
import type { PartDelta, StreamEvent } from '../../conversation/stream-event.ts';
import { mergeUsage, type Usage } from '../../conversation/usage.ts';
import { AskError, askErrorOf } from './ask-error.ts';

/** A piece of the answer as the editor is given it. */
export type Piece =
  | { type: 'text'; text: string }
  /** `metadata` comes with the last piece of a thought, and must come back. */
  | { type: 'thinking'; text: string; id: string; metadata?: ThoughtProof }
  | { type: 'tool-call'; id: string; name: string; input: object }
  | { type: 'data'; mimeType: string; data: Uint8Array };

/** Whoever signs a thought demands both back unchanged. */
export interface ThoughtProof {
  signature: string;
  text: string;
}

/** How Copilot Chat is told what an answer used: the last data part of this kind (0.67). */
export const USAGE_MIME = 'usage';

/** Turns the events of an answer into pieces. Throws an AskError where the answer failed, or says nothing a user could use. */
export class AnswerReader {
  readonly #open = new Map<number, ContentPart>();
  #usage: Usage | undefined;
  #finish: Finish | undefined;
  #useful = false;

  push(event: StreamEvent): Piece[] {
    switch (event.type) {
      case 'start':
        return [];
      case 'part-start':
        return event.choice === 0 ? this.#begin(event.part, event.content) : [];
      case 'part-delta':
        return this.#grow(event.part, event.delta);
      case 'part-end':
        return this.#end(event.part);
      case 'usage':
        this.#usage = mergeUsage(this.#usage, event.usage);
        return [];
      case 'finish':
        this.#finish ??= event.finish;
        return [];
      case 'error':
        throw askErrorOf(event.error);
    }
  }

  /** What is left to say when the stream has ended: the usage. */
  end(): Piece[] {
    // Half a call is not given: nobody could tell it from a whole one.
    if (!this.#useful) throw emptyAnswer(this.#finish);
    const usage = usageBody(this.#usage);
    return usage ? [{ type: 'data', mimeType: USAGE_MIME, data: new TextEncoder().encode(JSON.stringify(usage)) }] : [];
  }

  #begin(number: number, content: ContentPart): Piece[] {
    switch (content.type) {
      case 'text':
      case 'refusal':
      case 'reasoning':
      case 'tool-call':
        this.#open.set(number, { ...content });
        return content.type === 'text' || content.type === 'refusal' ? this.#text(content.text) : [];
      case 'image':
      case 'audio':
      case 'file':
        return this.#media(content.source);
      case 'server':
        return this.#text(content.text ?? '');
      case 'tool-result':
        return [];
    }
  }

  #grow(number: number, delta: PartDelta): Piece[] {
    const part = this.#open.get(number);
    if (!part) return [];
    switch (delta.type) {
      case 'text':
        return this.#say(part, number, delta.text);
      case 'arguments':
        if (part.type === 'tool-call') part.arguments += delta.text;
        return [];
      case 'signature':
        if (part.type === 'reasoning') part.signature = delta.signature;
        return [];
      case 'citation':
      case 'logprobs':
        return [];
    }
  }

  #say(part: ContentPart, number: number, text: string): Piece[] {
    if (part.type !== 'reasoning') return this.#text(text);
    part.text += text;
    return text === '' ? [] : [{ type: 'thinking', text, id: thoughtId(number) }];
  }

  #end(number: number): Piece[] {
    const part = this.#open.get(number);
    this.#open.delete(number);
    if (part?.type === 'tool-call') {
      const input = inputOf(part, this.#finish);
      this.#useful = true;
      return [{ type: 'tool-call', id: part.id, name: part.name, input }];
    }
    if (part?.type !== 'reasoning' || !part.signature) return [];
    const signature = sealSignature(part.signature, 'openai-responses');
    return [{ type: 'thinking', text: '', id: thoughtId(number), metadata: { signature, text: part.text } }];
  }

  #text(text: string): Piece[] {
    if (text === '') return [];
    this.#useful = true;
    return [{ type: 'text', text }];
  }

  #media(source: MediaSource): Piece[] {
    switch (source.kind) {
      case 'base64':
        this.#useful = true;
        return [{ type: 'data', mimeType: source.mimeType, data: Buffer.from(source.data, 'base64') }];
      case 'url':
        return this.#text(source.url);
      case 'file-id':
        return [];
    }
  }
}

function thoughtId(part: number): string {
  return `thought-${part}`;
}

function inputOf(part: Extract<ContentPart, { type: 'tool-call' }>, finish: Finish | undefined): object {
  if (part.kind === 'custom') return { input: part.arguments };
  if (part.arguments.trim() === '') return {};
  const parsed = asObject(parseJson(part.arguments));
  if (parsed) return parsed;
  throw finish?.reason === 'length'
    ? new AskError('other', l10n.t('The answer reached its limit of tokens in the middle of a call to {0}.', part.name))
    : new AskError(
        'other',
        l10n.t('The model called {0} with arguments that are not valid JSON. Ask again, or choose another model.', part.name),
      );
}

function emptyAnswer(finish: Finish | undefined): AskError {
  switch (finish?.reason) {
    case 'content-filter':
    case 'refusal':
      return new AskError('blocked', finish.message ?? l10n.t('The provider has blocked the answer.'));
    case 'length':
      return new AskError(
        'other',
        l10n.t('The answer reached its limit of tokens before the model said anything. Choose less thinking, or another model.'),
      );
    case 'stop':
    case 'tool-calls':
    case 'pause':
    case 'malformed-tool-call':
    case 'other':
    case undefined:
      return new AskError(
        'other',
        finish?.message ?? l10n.t('The model ended its answer without saying anything. Ask again, or choose another model.'),
      );
  }
}

/**
 * OpenAI's names, which are Copilot Chat's. It takes the part only with all three sums, so where a provider told no count there is no
 * part at all: 0 would be a lie.
 */
function usageBody(usage: Usage | undefined): JsonObject | undefined {
  if (usage?.input === undefined || usage.output === undefined) return undefined;
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.total ?? usage.input + usage.output,
    prompt_tokens_details: {
      cached_tokens: usage.cacheRead ?? 0,
      ...(usage.cacheWrite === undefined ? {} : { cache_creation_input_tokens: usage.cacheWrite }),
    },
    ...(usage.reasoning ? { completion_tokens_details: { reasoning_tokens: usage.reasoning } } : {}),
  };
}
