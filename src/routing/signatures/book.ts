import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Signature } from '../../conversation/signature.ts';
import { providerDialect } from '../../dialects/registry.ts';
import type { Target } from '../target.ts';
import { minterOf } from './minter.ts';

/** A long session of an agent signs a few hundred thoughts; an entry is about 150 bytes. */
const MOST_PROOFS = 20_000;

/** The origin of a proof that a provider has refused. */
const REFUSED = 'refused';

/**
 * Remembers who minted which thinking signature, by hashes alone and in memory only, so that no provider or model is sent what
 * another one signed. What it does not know (after a restart, or signed elsewhere) it lets pass.
 */
export class SignatureBook {
  readonly #origins = new LRUCache<string, string>({ max: MOST_PROOFS });
  /** Every origin that was ever noted: few, and with none but the target's own there is nothing to look for. */
  readonly #known = new Set<string>();

  /** The target has just signed this. */
  note(signature: Signature, target: Target): void {
    const origin = originOf(target);
    const proofs = providerDialect(target.dialect).replay?.proofsOf?.(signature.value) ?? [signature.value];
    for (const proof of proofs) this.#set(proof, origin);
  }

  /**
   * A provider has refused a conversation with these: none of them is sent again, to anybody, so that the conversation's next turns
   * are not refused first.
   */
  distrust(proofs: Iterable<string>): void {
    for (const proof of proofs) this.#set(proof, REFUSED);
  }

  /** Tells of each proof whether somebody other than the target signed it; `undefined` when none can be foreign. */
  foreignTo(target: Target): ((proof: string) => boolean) | undefined {
    const own = originOf(target);
    if (this.#known.size === 0 || (this.#known.size === 1 && this.#known.has(own))) return undefined;
    return (proof) => {
      const origin = this.#origins.get(hashOf(proof));
      return origin !== undefined && origin !== own;
    };
  }

  #set(proof: string, origin: string): void {
    this.#known.add(origin);
    this.#origins.set(hashOf(proof), origin);
  }
}

const originOf = (target: Target): string => `${minterOf(target)} ${target.model}`;

const hashOf = (proof: string): string => createHash('sha256').update(proof).digest('base64').slice(0, 24);
