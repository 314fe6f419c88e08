import type { ContentPart } from './content.ts';
import { GatewayError } from './error.ts';
import type { ChatResponse, Finish } from './response.ts';
import type { StreamEvent } from './stream-event.ts';
import { mergeUsage, type Usage } from './usage.ts';

/** Watches the events of an answer go by: what it used, whether it has said anything yet, how it ended. */
export class Tap {
  /** Real content was seen: text, a call, a refusal, anything but reasoning. From here on no other target may answer. */
  content = false;
  /** Reasoning was seen. */
  reasoning = false;
  model: string | undefined;
  usage: Usage | undefined;
  finish: Finish | undefined;
  error: GatewayError | undefined;
  readonly #reasoningParts = new Set<number>();

  see(event: StreamEvent): void {
    switch (event.type) {
      case 'start':
        this.model = event.model ?? this.model;
        return;
      case 'part-start':
        this.#seePart(event.part, event.content);
        return;
      case 'part-delta':
        if (event.delta.type === 'text' && event.delta.text) this.#seeText(event.part);
        else if (event.delta.type === 'arguments') this.content = true;
        return;
      case 'usage':
        this.usage = mergeUsage(this.usage, event.usage);
        return;
      case 'finish':
        this.finish ??= event.finish;
        return;
      case 'error':
        this.error ??= event.error;
        return;
      case 'part-end':
        this.#reasoningParts.delete(event.part);
    }
  }

  #seePart(part: number, content: ContentPart): void {
    if (content.type === 'reasoning') {
      this.reasoning = true;
      this.#reasoningParts.add(part);
    } else if (content.type !== 'text' || content.text) {
      this.content = true;
    }
  }

  #seeText(part: number): void {
    if (this.#reasoningParts.has(part)) this.reasoning = true;
    else this.content = true;
  }
}

/** Finishes that explain an answer without content: the client asked for few tokens, or content was withheld. */
const EXPLAINS_EMPTINESS: ReadonlySet<Finish['reason']> = new Set(['length', 'content-filter', 'refusal', 'pause']);

/** The failure an answer amounts to when it ended well but said nothing, else `undefined`. */
export function emptiness(finish: Finish | undefined, seen: { content: boolean; reasoning: boolean }): GatewayError | undefined {
  if (seen.content || (finish && EXPLAINS_EMPTINESS.has(finish.reason))) return undefined;
  const what = seen.reasoning ? 'reasoning but no answer' : 'an answer without content';
  return new GatewayError({
    class: 'empty',
    code: 'empty_response',
    message: `The provider sent ${what}${finish?.message ? `: ${finish.message}` : '.'}`,
  });
}

/** `emptiness` of a whole answer. */
export function emptinessOf(response: ChatResponse): GatewayError | undefined {
  const parts = response.choices.flatMap((choice) => choice.content);
  const content = parts.some((part) => part.type !== 'reasoning' && (part.type !== 'text' || part.text !== ''));
  const reasoning = parts.some((part) => part.type === 'reasoning');
  const explained = response.choices.find((choice) => EXPLAINS_EMPTINESS.has(choice.finish.reason));
  return emptiness(explained?.finish ?? response.choices[0]?.finish, { content, reasoning });
}
