import type { ContentPart } from '../../conversation/content.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { holdsSealedSignature, type Signature } from '../../conversation/signature.ts';
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

/**
 * The conversation without the signatures that another provider or model gave, for requests that are no chat turn (a token count):
 * what is left of reasoning is left out by the target's dialect.
 */
export function withoutForeignSignatures(request: ChatRequest, target: Target, book: SignatureBook): ChatRequest {
  const noted = book.foreignTo(target);
  const minter = minterOf(target);
  const isForeign = (signature: Signature): boolean =>
    signature.dialect === target.dialect &&
    (isOfAnother(signature, target, minter) || (noted !== undefined && proofsOf(signature, target).some(noted)));
  const unsigned = (part: ContentPart): ContentPart => {
    if (!('signature' in part) || !part.signature || !isForeign(part.signature)) return part;
    const { signature: _foreign, ...rest } = part;
    return rest;
  };
  return { ...request, messages: request.messages.map((message) => ({ ...message, content: message.content.map(unsigned) })) };
}

/** The proofs of this dialect whose seal names another provider or model. */
function sealedForOthers(request: ChatRequest, target: Target): Set<string> {
  const minter = minterOf(target);
  const foreign = new Set<string>();
  for (const { content } of request.messages) {
    for (const part of content) {
      const signature = signatureOf(part);
      if (signature?.dialect !== target.dialect || !isOfAnother(signature, target, minter)) continue;
      for (const proof of proofsOf(signature, target)) foreign.add(proof);
    }
  }
  return foreign;
}

/** By what the signature itself tells; one that tells nothing is taken for the target's own. */
function isOfAnother(signature: Signature, target: Target, minter: string): boolean {
  return (signature.minter ?? minter) !== minter || (signature.model ?? target.model) !== target.model;
}

function proofsOf({ value }: Signature, { dialect }: Target): string[] {
  return providerDialect(dialect).replay?.proofsOf?.(value) ?? [value];
}
