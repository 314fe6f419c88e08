import type { ReasoningFilter, ReasoningReplay } from '../../dialects/dialect.ts';
import type { Exchange } from '../exchange.ts';
import type { Target } from '../target.ts';
import type { SignatureBook } from './book.ts';
import { foreignProofs } from './foreign.ts';

/** Which reasoning of earlier turns must stay behind. */
export type ReasoningRule = Omit<ReasoningFilter, 'model'>;

/** What others than the target signed; `undefined` when nothing can be foreign. */
export function withoutForeign(exchange: Exchange, target: Target, book: SignatureBook): ReasoningRule | undefined {
  const foreign = foreignProofs(exchange, target, book);
  return foreign && { drop: (proof) => proof !== undefined && foreign(proof), refused: false };
}

/** All of it. `dropped` hears every proof. */
export function withoutAny(dropped: (proof: string) => void): ReasoningRule {
  return {
    drop: (proof) => {
      if (proof !== undefined) dropped(proof);
      return true;
    },
    refused: true,
  };
}

export function holdsMark(body: string, { marks }: ReasoningReplay): boolean {
  return marks.some((mark) => body.includes(mark));
}
