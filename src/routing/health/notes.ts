import { LRUCache } from 'lru-cache';
import type { Block } from '../block.ts';
import { CAUSES, type Cause, REASON_OF_CAUSE } from './cause.ts';
import { detailOf } from './detail.ts';
import { isRunning, type Note } from './note.ts';

/** What notes are about: an account, or one model of it. */
export interface Subject {
  account: string;
  model?: string;
}

/** All that is wrong with one subject, by cause. */
export interface Shelf extends Subject {
  notes: Map<Cause, Note>;
}

const MAX_SHELVES = 5000;
const DAY_MS = 24 * 60 * 60_000;
const SWEEP_MS = 60 * 60_000;

/** A key for account and model; as JSON, so that no two pairs share one, whatever their ids hold. */
export const pairKey = (account: string, model: string): string => JSON.stringify([account, model]);
const keyOf = ({ account, model }: Subject): string => (model === undefined ? account : pairKey(account, model));

/** Notes by subject: at most 5,000 subjects, those noted longest ago are forgotten first; notes that ended a day ago vanish. */
export class Notes {
  readonly #shelves = new LRUCache<string, Shelf>({ max: MAX_SHELVES });
  #sweptAt = Number.NEGATIVE_INFINITY;

  get size(): number {
    return this.#shelves.size;
  }

  of(subject: Subject): Shelf | undefined {
    return this.#shelves.peek(keyOf(subject));
  }

  set(subject: Subject, cause: Cause, note: Note, now: number): void {
    this.#sweep(now);
    const shelf = this.of(subject) ?? { ...subject, notes: new Map<Cause, Note>() };
    shelf.notes.set(cause, note);
    this.#shelves.set(keyOf(subject), shelf);
  }

  /** Drops the notes of a subject that `drop` says yes to; tells whether there were any. */
  drop(subject: Subject, drop: (cause: Cause, note: Note) => boolean): boolean {
    const shelf = this.#shelves.peek(keyOf(subject));
    if (!shelf) return false;
    let dropped = false;
    for (const [cause, note] of shelf.notes) {
      if (drop(cause, note)) dropped = shelf.notes.delete(cause) || dropped;
    }
    if (shelf.notes.size === 0) this.#shelves.delete(keyOf(subject));
    return dropped;
  }

  remove(subject: Subject): void {
    this.#shelves.delete(keyOf(subject));
  }

  /** Those noted longest ago first. */
  list(): Shelf[] {
    return [...this.#shelves.values()].reverse();
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < SWEEP_MS) return;
    this.#sweptAt = now;
    for (const shelf of this.list()) this.drop(shelf, (_, note) => !isRunning(note, now - DAY_MS));
  }
}

/** The note of a shelf that holds longest, as a block; `undefined` when all are over. */
export function blockOf(shelf: Shelf | undefined, now: number): { block: Block; failures: number } | undefined {
  let found: { cause: Cause; note: Note } | undefined;
  for (const cause of CAUSES) {
    const note = shelf?.notes.get(cause);
    if (note && isRunning(note, now) && (!found || endOf(note) > endOf(found.note))) found = { cause, note };
  }
  if (!shelf || !found) return undefined;
  const { cause, note } = found;
  const block: Block = {
    reason: REASON_OF_CAUSE[cause],
    scope: shelf.model === undefined ? 'account' : 'model',
    ...(note.until === undefined ? {} : { until: note.until }),
    detail: detailOf(cause, note, now),
  };
  return { block, failures: note.failures };
}

/** The block that holds longest: a target can be asked when all are over. */
export function longest(blocks: readonly (Block | undefined)[]): Block | undefined {
  return blocks.reduce((best, block) => (block && (!best || endOf(block) > endOf(best)) ? block : best), undefined);
}

const endOf = ({ until }: { until?: number }): number => until ?? Number.POSITIVE_INFINITY;
