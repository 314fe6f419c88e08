import type { QuotaSnapshot, QuotaWindow } from '../../accounts/quota/types.ts';
import type { Point } from './forecast.ts';
import { History } from './history.ts';
import type { SavedQuota } from './saved.ts';
import { Schedule } from './schedule.ts';
import { keyOf, merged, moved, wasReset } from './windows.ts';

/** What no answer has told of for so long is no window of the account any more. */
const KEPT_MS = 8 * 86_400_000;

/** What is known of one account, whoever told it. */
export class QuotaEntry {
  /** Whose figures these are: provider, host and key (its reference). */
  readonly of: string;
  readonly schedule: Schedule;
  plan: string | undefined;
  error: QuotaSnapshot['error'];
  pending: Promise<void> | undefined;
  /** When the windows of other books were last looked at. */
  sampledAt = Number.NEGATIVE_INFINITY;
  /** By the reader and by headers of percentages. */
  #windows: QuotaWindow[] = [];
  readonly #histories = new Map<string, History>();
  /** Each window as it was last told to watchers. */
  readonly #told = new Map<string, QuotaWindow>();

  constructor(of: string, random: () => number) {
    this.of = of;
    this.schedule = new Schedule(random);
  }

  get windows(): readonly QuotaWindow[] {
    return this.#windows;
  }

  points(window: QuotaWindow): readonly Point[] {
    return this.#histories.get(keyOf(window))?.points ?? [];
  }

  /** A reading came in: what the reader told before is over. True when it is news. */
  took(snapshot: QuotaSnapshot): boolean {
    const failed = snapshot.error !== undefined;
    const news = failed !== (this.error !== undefined) || (!failed && snapshot.plan !== this.plan);
    this.error = snapshot.error;
    if (failed) return news;
    this.plan = snapshot.plan;
    const gone = this.#windows.filter(({ source }) => source === 'reader').map(keyOf);
    this.#windows = this.#windows.filter(({ source }) => source !== 'reader');
    const now = new Set(snapshot.windows.map(keyOf));
    const vanished = gone.some((key) => !now.has(key));
    return this.heard(snapshot.windows) || news || vanished;
  }

  /** An answer's headers told of these. True when one is news. */
  heard(windows: readonly QuotaWindow[]): boolean {
    if (windows.length === 0) return false;
    const newest = Math.max(...windows.map(({ at }) => at));
    this.#windows = merged([...windows, ...this.#windows]).filter(({ at }) => newest - at < KEPT_MS);
    return this.note(windows);
  }

  /** Keeps the windows' pace, also of those that other books own. True when one is news. */
  note(windows: readonly QuotaWindow[]): boolean {
    let news = false;
    for (const window of windows) {
      const told = this.#told.get(keyOf(window));
      if (told && wasReset(told, window)) this.#histories.get(keyOf(window))?.clear();
      this.#record(window);
      if (!moved(told, window)) continue;
      this.#told.set(keyOf(window), window);
      news = true;
    }
    return news;
  }

  toJSON(): unknown {
    const points = [...this.#histories].map(([key, { points: list }]) => [key, list.map(({ at, usedPercent }) => [at, usedPercent])]);
    return { of: this.of, ...(this.plan !== undefined && { plan: this.plan }), windows: this.#windows, points: Object.fromEntries(points) };
  }

  restore({ plan, windows, points }: SavedQuota): void {
    this.plan ??= plan;
    this.#windows = merged([...this.#windows, ...windows]);
    for (const window of windows) if (!this.#told.has(keyOf(window))) this.#told.set(keyOf(window), window);
    for (const [key, list] of points) {
      if (!this.#histories.has(key)) this.#historyOf(key).restore(list);
    }
  }

  #record({ id, model, at, usedPercent }: QuotaWindow): void {
    if (usedPercent !== undefined) this.#historyOf(keyOf({ id, ...(model !== undefined && { model }) })).add({ at, usedPercent });
  }

  #historyOf(key: string): History {
    const history = this.#histories.get(key) ?? new History();
    this.#histories.set(key, history);
    return history;
  }
}
