import crypto, { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { newShortId } from '../config/file.ts';
import type { Config, KeyConfig } from '../config/schema.ts';
import { matchesAny } from '../config/wildcard.ts';

/** A new gateway key: 256 random bits behind a prefix that secret scanners and people can recognise. */
export function newGatewayKey(): string {
  return `omr-${randomBytes(32).toString('base64url')}`;
}

export function hashKey(key: string): string {
  // The one-shot form (Node 20.12) costs a third of the other; this runs on every request.
  return `sha256:${typeof crypto.hash === 'function' ? crypto.hash('sha256', key, 'hex') : createHash('sha256').update(key).digest('hex')}`;
}

/** What a new key may do; absent: everything but administration, for ever. */
export interface KeyOptions {
  /** Patterns of model names. */
  models?: string[] | undefined;
  /** Requests a minute. */
  rpm?: number | undefined;
  /** ISO 8601. */
  expiresAt?: string | undefined;
  admin?: boolean | undefined;
}

/** Adds a key to a config being changed and gives the key itself, which is nowhere else. Throws when the name is taken. */
export function addKey(
  config: Config,
  name: string,
  options: string[] | KeyOptions | undefined,
  now: Date,
): { key: string; entry: KeyConfig } {
  if (config.keys.some((entry) => entry.name === name)) throw new Error(`There is already a key named "${name}".`);
  const { models, rpm, expiresAt, admin } = Array.isArray(options) ? { models: options } : { ...options };
  const key = newGatewayKey();
  const entry: KeyConfig = {
    id: newShortId(),
    name,
    ...identityOf(key, now),
    ...(models ? { models } : {}),
    ...(rpm === undefined ? {} : { rpm }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(admin === undefined ? {} : { admin }),
  };
  config.keys.push(entry);
  return { key, entry };
}

/**
 * Gives the entry of this name or id, in a config being changed, a new key, and gives that key itself. The old one is taken for
 * `graceMs` more; with 0, and an older one still in its grace, not any more. Throws when there is no such entry, or it has expired: the
 * new key would be refused too. The first key is kept in the vault as well: who rotates it must put the new one there.
 */
export function rotateKey(config: Config, nameOrId: string, graceMs: number, now: Date): { key: string; entry: KeyConfig } {
  const entry = config.keys.find(({ id }) => id === nameOrId) ?? config.keys.find(({ name }) => name === nameOrId);
  if (!entry) throw new Error(`There is no key named "${nameOrId}".`);
  if (isOver(entry.expiresAt, now.getTime()))
    throw new Error(`The key "${entry.name}" expired at ${entry.expiresAt}: a new one would too.`);
  const key = newGatewayKey();
  delete entry.previous;
  if (graceMs > 0) entry.previous = { hash: entry.hash, until: new Date(now.getTime() + graceMs).toISOString() };
  Object.assign(entry, identityOf(key, now));
  return { key, entry };
}

/** Changes what the entry of this name or id may do, in a config being changed; `null` takes a limit away. Throws when there is no such entry. */
export function limitKey(
  config: Config,
  nameOrId: string,
  { models, rpm }: { models?: string[] | null | undefined; rpm?: number | null | undefined },
): KeyConfig {
  const entry = config.keys.find(({ id }) => id === nameOrId) ?? config.keys.find(({ name }) => name === nameOrId);
  if (!entry) throw new Error(`There is no key named "${nameOrId}".`);
  if (models === null) delete entry.models;
  else if (models) entry.models = models;
  if (rpm === null) delete entry.rpm;
  else if (rpm !== undefined) entry.rpm = rpm;
  return entry;
}

/** What an entry says of the key itself. */
function identityOf(key: string, now: Date): { hash: string; hint: string; createdAt: string } {
  return { hash: hashKey(key), hint: key.slice(-4), createdAt: now.toISOString() };
}

/** Whose key was given, and whether it is still good. `until`: ISO 8601. */
export type KeyLookup =
  | { is: 'known'; entry: KeyConfig }
  | { is: 'expired'; entry: KeyConfig; until: string }
  /** The key before the last rotation, after its grace. */
  | { is: 'replaced'; entry: KeyConfig; until: string }
  | { is: 'unknown' };

/** Finds the entry of the key given, compared in constant time with all hashes. `now`: milliseconds since the epoch. */
export function lookUpKey(keys: readonly KeyConfig[], key: string, now: number): KeyLookup {
  const given = Buffer.from(hashKey(key));
  let found: KeyLookup = { is: 'unknown' };
  for (const entry of keys) {
    const isPrevious = entry.previous !== undefined && sameHash(entry.previous.hash, given);
    if (sameHash(entry.hash, given)) found = stateOf(entry, undefined, now);
    else if (isPrevious) found = stateOf(entry, entry.previous?.until, now);
  }
  return found;
}

/** The entry of the key given while it is good; `undefined` when there is none. */
export function findKey(keys: readonly KeyConfig[], key: string, now: number = Date.now()): KeyConfig | undefined {
  const found = lookUpKey(keys, key, now);
  return found.is === 'known' ? found.entry : undefined;
}

function stateOf(entry: KeyConfig, graceUntil: string | undefined, now: number): KeyLookup {
  if (entry.expiresAt !== undefined && isOver(entry.expiresAt, now)) return { is: 'expired', entry, until: entry.expiresAt };
  if (graceUntil !== undefined && isOver(graceUntil, now)) return { is: 'replaced', entry, until: graceUntil };
  return { is: 'known', entry };
}

/** A date nobody can read is over: better refused than taken for ever. */
function isOver(until: string | undefined, now: number): boolean {
  return until !== undefined && !(now < Date.parse(until));
}

function sameHash(hash: string, given: Buffer): boolean {
  const known = Buffer.from(hash);
  return known.length === given.length && timingSafeEqual(known, given);
}

/** True when the key may change accounts, combos, keys and settings. The key of the installation always may. */
export function isAdmin(entry: KeyConfig): boolean {
  return entry.admin === true || entry.name === 'default';
}

/** True when the key may use this model name. Patterns know `*` alone. */
export function keyAllows(entry: KeyConfig, model: string): boolean {
  if (!entry.models) return true;
  return matchesAny(entry.models, model);
}
