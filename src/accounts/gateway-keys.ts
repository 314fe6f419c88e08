import crypto, { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { newShortId } from '../config/file.ts';
import { matchesAny } from '../config/names.ts';
import type { Config, KeyConfig } from '../config/schema.ts';

/** A new gateway key: 256 random bits behind a prefix that secret scanners and people can recognise. */
export function newGatewayKey(): string {
  return `omr-${randomBytes(32).toString('base64url')}`;
}

export function hashKey(key: string): string {
  // The one-shot form (Node 20.12) costs a third of the other; this runs on every request.
  return `sha256:${typeof crypto.hash === 'function' ? crypto.hash('sha256', key, 'hex') : createHash('sha256').update(key).digest('hex')}`;
}

/** Adds a key to a config being changed and gives the key itself, which is nowhere else. */
export function addKey(config: Config, name: string, models: string[] | undefined, now: Date): { key: string; entry: KeyConfig } {
  if (config.keys.some((entry) => entry.name === name)) throw new Error(`There is already a key named "${name}".`);
  const key = newGatewayKey();
  const entry: KeyConfig = {
    id: newShortId(),
    name,
    hash: hashKey(key),
    hint: key.slice(-4),
    createdAt: now.toISOString(),
    ...(models ? { models } : {}),
  };
  config.keys.push(entry);
  return { key, entry };
}

/** The entry whose hash fits the key given, compared in constant time over all of them; `undefined` when none does. */
export function findKey(keys: readonly KeyConfig[], key: string): KeyConfig | undefined {
  const given = Buffer.from(hashKey(key));
  let found: KeyConfig | undefined;
  for (const entry of keys) {
    const hash = Buffer.from(entry.hash);
    if (hash.length === given.length && timingSafeEqual(hash, given)) found = entry;
  }
  return found;
}

/** True when the key may use this model name. Patterns know `*` alone. */
export function keyAllows(entry: KeyConfig, model: string): boolean {
  if (!entry.models) return true;
  return matchesAny(entry.models, model);
}
