import type { ChatRequest } from '../../conversation/request.ts';
import { holdsSealedSignature } from '../../conversation/signature.ts';
import { providerDialect } from '../../dialects/registry.ts';
import type { Exchange } from '../exchange.ts';
import type { Target } from '../target.ts';
import type { SignatureBook } from './book.ts';
import { minterOf } from './minter.ts';
import { signatureOf } from './minting.ts';

/** Which proofs must not go to this target; `undefined` when none of this request can be foreign, so that nothing need be looked at. */
export function foreignProofs(exchange: Exchange, target: Target, book: SignatureBook): ((proof: string) => boolean) | undefined {
  const noted = book.foreignTo(target);
  const sealed = exchange.expanded || holdsSealedSignature(exchange.body) ? sealedForOthers(exchange.request, target) : undefined;
  if (!sealed || sealed.size === 0) return noted;
  return (proof) => sealed.has(proof) || noted?.(proof) === true;
}

/** The proofs of this dialect whose seal names another provider or model. */
function sealedForOthers(request: ChatRequest, target: Target): Set<string> {
  const minter = minterOf(target);
  const proofsOf = providerDialect(target.dialect).replay?.proofsOf ?? ((value: string) => [value]);
  const foreign = new Set<string>();
  for (const { content } of request.messages) {
    for (const part of content) {
      const signature = signatureOf(part);
      if (signature?.dialect !== target.dialect) continue;
      const own = (signature.minter ?? minter) === minter && (signature.model ?? target.model) === target.model;
      if (!own) for (const proof of proofsOf(signature.value)) foreign.add(proof);
    }
  }
  return foreign;
}
