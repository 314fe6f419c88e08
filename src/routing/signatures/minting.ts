import type { ContentPart } from '../../conversation/content.ts';
import type { ChatResponse } from '../../conversation/response.ts';
import type { Signature } from '../../conversation/signature.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { SseEvent, StreamReader } from '../../dialects/dialect.ts';
import type { Target } from '../target.ts';
import type { SignatureBook } from './book.ts';
import { minterOf } from './minter.ts';

/** Notes the signatures of an answer in the book, and names their minter in them, while the answer goes by. */
export class MintingReader implements StreamReader {
  readonly #reader: StreamReader;
  readonly #sign: (signature: Signature | undefined) => void;

  constructor(reader: StreamReader, target: Target, book: SignatureBook) {
    this.#reader = reader;
    this.#sign = signer(target, book);
  }

  push(event: SseEvent): StreamEvent[] {
    return this.#signed(this.#reader.push(event));
  }

  end(): StreamEvent[] {
    return this.#signed(this.#reader.end());
  }

  #signed(events: StreamEvent[]): StreamEvent[] {
    for (const event of events) {
      if (event.type === 'part-start') this.#sign(signatureOf(event.content));
      else if (event.type === 'part-delta' && event.delta.type === 'signature') this.#sign(event.delta.signature);
    }
    return events;
  }
}

/** The same for a whole answer. */
export function noteSignatures(response: ChatResponse, target: Target, book: SignatureBook): void {
  const sign = signer(target, book);
  for (const { content } of response.choices) for (const part of content) sign(signatureOf(part));
}

/** A signature of another dialect inside an answer is an older one, sealed by a gateway behind the provider. */
function signer(target: Target, book: SignatureBook): (signature: Signature | undefined) => void {
  let minter: string | undefined;
  return (signature) => {
    if (!signature || signature.dialect !== target.dialect) return;
    minter ??= minterOf(target);
    signature.minter = minter;
    signature.model ??= target.model;
    book.note(signature, target);
  };
}

export function signatureOf(part: ContentPart): Signature | undefined {
  switch (part.type) {
    case 'text':
    case 'image':
    case 'tool-call':
    case 'reasoning':
      return part.signature;
    case 'audio':
    case 'file':
    case 'refusal':
    case 'server':
    case 'tool-result':
      return undefined;
  }
}
