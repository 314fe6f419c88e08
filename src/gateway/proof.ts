import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a window sends to see whether the gateway on a port is its own: the nonce, and whether the answer is to stay open. */
export const NONCE_HEADER = 'x-omniroute-nonce';
export const WATCH_HEADER = 'x-omniroute-watch';

/** What a gateway says of itself in a handshake. */
export interface Said {
  nonce: string;
  /** On which it listens: an answer handed on by a program on another port proves nothing. */
  port: number;
  pid: number;
  version: string;
}

/**
 * Proof of being the gateway of an installation: HMAC-SHA256 (hex) under a key derived from the hash of an admin key (`sha256:<hex>`, as
 * config.json has it). Only those who may read config.json, or know that key, can make it; it tells nothing about the key.
 */
export function proofOf(keyHash: string, { nonce, port, pid, version }: Said): string {
  const key = createHmac('sha256', 'omniroute-handshake-1').update(keyHash).digest();
  return createHmac('sha256', key)
    .update(JSON.stringify([nonce, port, pid, version]))
    .digest('hex');
}

/** True when one of these hashes makes that proof. Compared in constant time. */
export function isProven(keyHashes: readonly string[], said: Said, proof: string): boolean {
  const given = Buffer.from(proof);
  return keyHashes.some((hash) => {
    const right = Buffer.from(proofOf(hash, said));
    return right.length === given.length && timingSafeEqual(right, given);
  });
}
