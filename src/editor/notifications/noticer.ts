import type { Snapshot } from '../live/snapshot.ts';
import { findings, isOver } from './findings.ts';
import type { Candidate, Finding, Notice, NoticeKind, Told } from './notice.ts';

/**
 * Whether this window may speak. All windows see the same: the one the user is in tells, and where he is in none of them, the one whose
 * gateway it is, a moment later, so that both never do. The others keep silent, and what was told by one is told by none again.
 */
export interface Standing {
  focused: boolean;
  owner: boolean;
}

/** How long a finding must hold before it is told: others of its kind that come meanwhile are told with it. */
const WAIT_MS: Record<NoticeKind, number> = {
  quota: 10_000,
  unavailable: 1000,
  'sign-in': 3000,
  budget: 3000,
  port: 2000,
  failed: 2000,
};
const ORDER = Object.keys(WAIT_MS) as NoticeKind[];
/** Time for the window in front to tell, and for that to be known here. */
const OWNER_WAITS_MS = 5000;

/** Decides what is told when. No timers: who uses it looks again after `nextIn`. */
export class Noticer {
  readonly #told: Told;
  readonly #since: number;
  /** What holds and was not told, since when. */
  readonly #firstSeen = new Map<string, number>();
  /** What this window told and what has held since: not told again, whatever happens to the book. */
  readonly #mine = new Set<string>();
  #nextAt: number | undefined;

  constructor(told: Told, since: number) {
    this.#told = told;
    this.#since = since;
  }

  /** What is to be told now. `wanted`: kinds the user has not turned off. What is given counts as told. */
  look(snapshot: Snapshot, now: number, standing: Standing, wanted: (kind: NoticeKind) => boolean): Notice[] {
    const found = findings(snapshot, now, this.#since);
    const told = this.#swept(found, snapshot, now);
    const news = found.filter(({ key, finding }) => !this.#mine.has(key) && !isTold(told, key, now) && wanted(finding.kind));
    this.#remember(news, now);
    this.#nextAt = undefined;
    if (!standing.focused && !standing.owner) return [];
    return ORDER.flatMap((kind) => {
      const ofKind = news.filter(({ finding }) => finding.kind === kind);
      return this.#isDue(kind, ofKind, now, standing) ? [this.#tell(kind, ofKind, told)] : [];
    });
  }

  /** Milliseconds until something may have to be told; `undefined`: not before something changes. */
  nextIn(now: number): number | undefined {
    return this.#nextAt === undefined ? undefined : Math.max(0, this.#nextAt - now);
  }

  #isDue(kind: NoticeKind, news: readonly Candidate[], now: number, { focused }: Standing): boolean {
    if (news.length === 0) return false;
    const first = Math.min(...news.map(({ key }) => this.#firstSeen.get(key) ?? now));
    const dueAt = first + WAIT_MS[kind] + (focused ? 0 : OWNER_WAITS_MS);
    if (dueAt <= now) return true;
    this.#nextAt = Math.min(dueAt, this.#nextAt ?? dueAt);
    return false;
  }

  #tell<K extends NoticeKind>(kind: K, news: readonly Candidate[], told: Record<string, number | null>): Notice<K> {
    for (const { key, also = [], until } of news) {
      this.#mine.add(key);
      for (const each of [key, ...also]) told[each] = until ?? null;
    }
    this.#told.write(told);
    const isKind = (finding: Finding): finding is Extract<Finding, { kind: K }> => finding.kind === kind;
    return { kind, findings: news.map(({ finding }) => finding).filter(isKind) };
  }

  #remember(news: readonly Candidate[], now: number): void {
    const keys = new Set(news.map(({ key }) => key));
    for (const key of this.#firstSeen.keys()) if (!keys.has(key)) this.#firstSeen.delete(key);
    for (const key of keys) if (!this.#firstSeen.has(key)) this.#firstSeen.set(key, now);
  }

  /** What was told, without what is over. */
  #swept(found: readonly Candidate[], snapshot: Snapshot, now: number): Record<string, number | null> {
    const holds = new Set(found.flatMap(({ key, also = [] }) => [key, ...also]));
    for (const key of this.#mine) if (!holds.has(key) && isOver(key, snapshot)) this.#mine.delete(key);
    const before = this.#told.read();
    const after: Record<string, number | null> = {};
    for (const [key, until] of Object.entries(before)) {
      const keep = until === null ? holds.has(key) || !isOver(key, snapshot) : until > now;
      if (keep) after[key] = until;
    }
    if (Object.keys(after).length < Object.keys(before).length) this.#told.write(after);
    return after;
  }
}

function isTold(told: Readonly<Record<string, number | null>>, key: string, now: number): boolean {
  if (!Object.hasOwn(told, key)) return false;
  const until = told[key] ?? null;
  return until === null || until > now;
}
