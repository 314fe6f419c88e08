import { Collector } from '../conversation/collect.ts';
import { GatewayError } from '../conversation/error.ts';
import type { ChatRequest } from '../conversation/request.ts';
import type { ChatResponse } from '../conversation/response.ts';
import type { StreamEvent } from '../conversation/stream-event.ts';
import { outputAsMessages, withoutInstructions } from '../dialects/openai-responses/index.ts';
import type { Target } from '../routing/target.ts';
import type { Gateway } from './context.ts';

/**
 * Responses chaining (`previous_response_id`, `store`) over any provider: the earlier turns are put in front of the request, and the
 * answer is kept for the next one. Does nothing for the other dialects.
 */
export class Conversation {
  readonly #gateway: Gateway;
  readonly #active: boolean;
  readonly #bytes: number;
  #request: ChatRequest;
  #collector: Collector | undefined;
  #response: ChatResponse | undefined;
  expanded = false;
  readonly responseId: string | undefined;

  constructor(gateway: Gateway, request: ChatRequest, bytes: number) {
    this.#gateway = gateway;
    this.#request = request;
    this.#bytes = bytes;
    this.#active = request.dialect === 'openai-responses';
    this.responseId = this.#active ? `resp_${gateway.newId()}` : undefined;
  }

  get request(): ChatRequest {
    return this.#request;
  }

  /** Puts the stored turns in front. An id nobody here knows is left to the provider when every target could know it. */
  recall(targets: readonly Target[]): void {
    const id = this.#request.previousResponseId;
    if (!this.#active || id === undefined) return;
    const stored = this.#gateway.responses.get(id);
    if (stored) {
      const turns = withoutInstructions(this.#request.messages);
      const instructions = this.#request.messages.filter((message) => !turns.includes(message));
      this.#request = { ...this.#request, messages: [...instructions, ...stored.messages, ...turns], previousResponseId: undefined };
      this.expanded = true;
      return;
    }
    if (targets.every((target) => target.dialect === 'openai-responses')) return;
    throw new GatewayError({
      class: 'request',
      status: 400,
      code: 'previous_response_not_found',
      param: 'previous_response_id',
      message: `Previous response with id '${id}' not found.`,
    });
  }

  observers(): {
    observe?: (event: StreamEvent) => void;
    onResponse?: (response: ChatResponse) => void;
    onAttempt?: (target: Target) => void;
  } {
    if (!this.#active || this.#request.store === false) return {};
    return {
      onAttempt: (target) => {
        this.#collector = new Collector(target.dialect);
        this.#response = undefined;
      },
      observe: (event) => this.#collector?.push(event),
      onResponse: (response) => {
        this.#response = response;
      },
    };
  }

  /** Keeps the conversation under the id the client saw. */
  remember(passedThrough: boolean): void {
    if (!this.#collector) return;
    const collected = this.#response ? { ok: true as const, value: this.#response } : this.#collector.result();
    if (!collected.ok) return;
    const id = passedThrough ? collected.value.id : this.responseId;
    if (id === undefined) return;
    const messages = [...withoutInstructions(this.#request.messages), ...outputAsMessages(collected.value)];
    this.#gateway.responses.set(id, { messages, bytes: this.#bytes + 4096 });
  }
}
