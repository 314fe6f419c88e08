import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/editor/live/snapshot.ts';
import type { Notice, NoticeKind, Told } from '../../../src/editor/notifications/notice.ts';
import { Noticer, type Standing } from '../../../src/editor/notifications/noticer.ts';
import { messageOf } from '../../../src/editor/notifications/texts.ts';
import { account, blocked, HOUR, MINUTE, NOON, quota, READY, requestUntil, snapshot } from '../snapshots.ts';

const FRONT: Standing = { focused: true, owner: false };
const OWNER: Standing = { focused: false, owner: true };
const OTHER: Standing = { focused: false, owner: false };

/** What the editor keeps for all windows. */
function book(): Told & { all: Record<string, number | null> } {
  const kept = {
    all: {} as Record<string, number | null>,
    read: () => ({ ...kept.all }),
    write: (told: Record<string, number | null>) => {
      kept.all = { ...told };
    },
  };
  return kept;
}

/** A window with a clock of its own: `at` sets the state, `pass` lets time go by as the glue does, and gives what was said. */
class Window {
  readonly #noticer: Noticer;
  #now = NOON;
  standing: Standing;
  wanted: (kind: NoticeKind) => boolean = () => true;
  state: Snapshot = snapshot();

  constructor(told: Told = book(), standing = FRONT, now = NOON) {
    this.#noticer = new Noticer(told, now);
    this.#now = now;
    this.standing = standing;
  }

  get now(): number {
    return this.#now;
  }

  look(): string[] {
    return said(this.#noticer.look(this.state, this.#now, this.standing, this.wanted), this.#now);
  }

  /** Shows this state and looks when the noticer says so, until so many milliseconds have passed. */
  pass(ms: number, change?: Partial<Snapshot>): string[] {
    if (change) this.state = snapshot(change);
    const end = this.#now + ms;
    const all = this.look();
    for (
      let next = this.#noticer.nextIn(this.#now);
      next !== undefined && this.#now + next <= end;
      next = this.#noticer.nextIn(this.#now)
    ) {
      this.#now += next;
      all.push(...this.look());
      if (next === 0) break;
    }
    this.#now = end;
    return [...all, ...this.look()];
  }
}

function said(notices: Notice[], now: number): string[] {
  return notices.flatMap((notice) => messageOf(notice, now)?.text ?? []);
}

const low = { quota: [quota('groq', { usedPercent: 81 })] };
const out = { quota: [quota('groq', { usedPercent: 100 })] };

describe('quota', () => {
  it('is told at 80 % and when it is used up, each once until the reset', () => {
    const window = new Window();
    expect(window.pass(30_000, { quota: [quota('groq', { usedPercent: 79 })] })).toEqual([]);
    expect(window.pass(9_000, low)).toEqual([]);
    expect(window.pass(2_000)).toEqual(['groq has 19 % of its quota left (5 hours) until 14:00.']);
    expect(window.pass(20 * MINUTE, { quota: [quota('groq', { usedPercent: 90 })] })).toEqual([]);
    expect(window.pass(MINUTE, out)).toEqual(['groq has used up its quota (5 hours) until 14:00. Others answer where they can.']);
    expect(window.pass(HOUR)).toEqual([]);
    const next = { quota: [quota('groq', { usedPercent: 85, resetsAt: NOON + 7 * HOUR })] };
    expect(window.pass(HOUR, { quota: [quota('groq', { usedPercent: 5, resetsAt: NOON + 7 * HOUR })] })).toEqual([]);
    expect(window.pass(MINUTE, next)).toEqual(['groq has 15 % of its quota left (5 hours) until 19:00.']);
  });

  it('is not low when it has been told to be used up', () => {
    const window = new Window();
    expect(window.pass(MINUTE, out)).toHaveLength(1);
    expect(window.pass(MINUTE, low)).toEqual([]);
  });

  it('is told as one message when several come together', () => {
    const window = new Window();
    window.pass(5000, low);
    const both = { quota: [quota('groq', { usedPercent: 81 }), quota('work', { id: 'week', label: 'week', usedPercent: 100 })] };
    expect(window.pass(MINUTE, both)).toEqual(['Several quotas run low: groq: 19 % of 5 hours left; work: week used up.']);
  });

  it('is not told again after a reload, nor by another window, nor when the reset moves a little', () => {
    const told = book();
    new Window(told).pass(MINUTE, low);
    expect(Object.keys(told.all)).toEqual(['quota|groq-id|5h||low']);
    const jitter = { quota: [quota('groq', { usedPercent: 82, resetsAt: NOON + 2 * HOUR + 3000 })] };
    expect(new Window(told, FRONT, NOON + 2 * MINUTE).pass(HOUR, jitter)).toEqual([]);
  });

  it('without a reset is told again after it was topped up', () => {
    const window = new Window();
    const balance = (usedPercent: number) => ({ quota: [quota('groq', { usedPercent, resetsAt: null })] });
    expect(window.pass(MINUTE, balance(90))).toHaveLength(1);
    expect(window.pass(MINUTE, balance(95))).toEqual([]);
    expect(window.pass(MINUTE, balance(10))).toEqual([]);
    expect(window.pass(MINUTE, balance(85))).toHaveLength(1);
  });

  it('of disabled accounts, of images, and unknown, is not told', () => {
    const accounts = [account('groq', { enabled: false }), account('work')];
    const entries = [quota('groq', { usedPercent: 99 }), quota('work', { usedPercent: 99, notChat: true }, { id: 'x' })];
    expect(new Window().pass(HOUR, { accounts, quota: entries })).toEqual([]);
  });
});

describe('nobody left', () => {
  const failed = (at: number, change = {}) => requestUntil(at, 'failed', { error: 'rate', status: 429, ...change });
  const down = { health: [blocked('groq', 'rate', NOON + HOUR), blocked('work', 'rate', NOON + 2 * HOUR)] };

  it('is told only when a request really failed, once until one is answered', () => {
    const window = new Window();
    expect(window.pass(MINUTE, down)).toEqual([]);
    const first = failed(window.now);
    expect(window.pass(MINUTE, { ...down, requests: [first] })).toEqual([
      'No account could answer a request for auto. The next one can be asked at 13:00.',
    ]);
    const second = failed(window.now);
    expect(window.pass(HOUR / 2, { ...down, requests: [second, first] })).toEqual([]);
    const done = requestUntil(window.now, 'done');
    expect(window.pass(MINUTE, { requests: [done, second, first] })).toEqual([]);
    expect(window.pass(MINUTE, { ...down, requests: [failed(window.now), done, second] })).toHaveLength(1);
  });

  it('is not told of what failed before this window was there', () => {
    expect(new Window().pass(HOUR, { ...down, requests: [failed(NOON - 1)] })).toEqual([]);
  });

  it.each([
    ['the request was wrong', { error: 'request' as const }],
    ['it was against a policy', { error: 'policy' as const }],
    ['the user cancelled', { state: 'cancelled' as const }],
  ])('is not told when %s', (_name, change) => {
    expect(new Window().pass(MINUTE, { ...down, requests: [failed(NOON + 1, change)] })).toEqual([]);
  });

  it('is not told of one model by its own name while others could answer', () => {
    const requests = [failed(NOON + 1, { requested: 'groq/gpt-oss-120b' })];
    expect(new Window().pass(MINUTE, { health: [blocked('groq', 'rate', NOON + HOUR)], requests })).toEqual([]);
    expect(new Window().pass(MINUTE, { ...down, requests })).toHaveLength(1);
  });

  it('is told of a combo whose targets are all down, without a time nobody knows', () => {
    const combos = [{ name: 'best', targets: ['groq/a'] }] as unknown as Snapshot['combos'];
    const requests = [failed(NOON + 1, { requested: 'best', error: 'overload' })];
    expect(new Window().pass(MINUTE, { combos, requests })).toEqual(['No account could answer a request for best.']);
  });

  it('is not told of a test of our own: the test tells it', () => {
    const combos = [{ name: 'best', targets: ['groq/a'] }] as unknown as Snapshot['combos'];
    const requests = [failed(NOON + 1, { requested: 'best', error: 'overload', client: 'OmniRoute' })];
    expect(new Window().pass(MINUTE, { combos, requests })).toEqual([]);
  });
});

describe('keys and budgets', () => {
  it('tells a refused key once, until it was good again', () => {
    const window = new Window();
    const refused = { health: [blocked('work', 'auth')] };
    expect(window.pass(MINUTE, refused)).toEqual([
      'work: the provider refuses the key. Until it is changed, others answer where they can.',
    ]);
    expect(window.pass(HOUR)).toEqual([]);
    expect(window.pass(MINUTE, {})).toEqual([]);
    expect(window.pass(MINUTE, refused)).toHaveLength(1);
  });

  it('tells several refused keys at once', () => {
    const health = [blocked('groq', 'auth'), blocked('work', 'auth')];
    expect(new Window().pass(MINUTE, { health })).toEqual(['Providers refuse the keys of these accounts: groq; work.']);
  });

  it('tells a budget when it is nearly used and when it is, once a period', () => {
    const budget = (state: 'warning' | 'reached') => ({
      budgets: [
        { name: 'tier api-key, day', period: 'day' as const, mode: 'hard' as const, resetsAt: NOON + 12 * HOUR, amounts: [], state },
      ],
    });
    const window = new Window();
    expect(window.pass(MINUTE, budget('warning'))).toEqual([expect.stringContaining('“tier api-key, day” is nearly used.')]);
    expect(window.pass(MINUTE, budget('reached'))).toEqual([expect.stringContaining('“tier api-key, day” is used up: what it covers')]);
    expect(window.pass(HOUR, budget('warning'))).toEqual([]);
  });
});

describe('the gateway', () => {
  const moved = (by: string | undefined) => ({
    link: { ...READY, port: 20129, url: 'http://127.0.0.1:20129', instead: { wanted: 20128, by } },
  });

  it('listens elsewhere: once for each stranger and port, over reloads', () => {
    const told = book();
    const window = new Window(told);
    const text = 'The port 20128 is used by node (4711); OmniRoute listens on 20129. Tools set up for 20128 do not reach it.';
    expect(window.pass(MINUTE, moved('node (4711)'))).toEqual([text]);
    expect(window.pass(MINUTE, {})).toEqual([]);
    expect(window.pass(MINUTE, moved('node (4711)'))).toEqual([]);
    expect(new Window(told, FRONT, NOON + HOUR).pass(MINUTE, moved('node (4711)'))).toEqual([]);
    expect(window.pass(MINUTE, moved(undefined))).toEqual([expect.stringContaining('used by another program')]);
  });

  it('cannot run: told with where the config is broken, again only after it ran', () => {
    const message = '/data/config.json cannot be used and was left as it is:\n  line 3, column 5: ValueExpected';
    const failed = { link: { is: 'failed' as const, reason: 'config' as const, message } };
    const window = new Window();
    expect(window.pass(MINUTE, failed)).toEqual(['OmniRoute cannot start: its configuration is broken. line 3, column 5: ValueExpected']);
    expect(window.pass(HOUR, { link: { is: 'connecting' } })).toEqual([]);
    expect(window.pass(MINUTE, failed)).toEqual([]);
    expect(window.pass(MINUTE, {})).toEqual([]);
    expect(window.pass(MINUTE, failed)).toHaveLength(1);
  });

  it('says nothing of a moment without it', () => {
    const window = new Window();
    window.pass(1000, { link: { is: 'failed', reason: 'crashed', message: 'm' } });
    expect(window.pass(MINUTE, {})).toEqual([]);
  });
});

describe('several windows', () => {
  it('tell once: the one in front, which the owner leaves time for', () => {
    const told = book();
    const [front, owner, other] = [new Window(told), new Window(told, OWNER), new Window(told, OTHER)];
    const all = [front, owner, other].map((window) => window.pass(11_000, low));
    expect(all.map((texts) => texts.length)).toEqual([1, 0, 0]);
    expect([owner, other].flatMap((window) => window.pass(HOUR))).toEqual([]);
  });

  it('tell once when none is in front: the owner', () => {
    const told = book();
    const [owner, other] = [new Window(told, OWNER), new Window(told, OTHER)];
    expect(other.pass(MINUTE, low)).toEqual([]);
    expect(owner.pass(14_000, low)).toEqual([]);
    expect(owner.pass(2_000)).toHaveLength(1);
    other.standing = FRONT;
    expect(other.pass(HOUR)).toEqual([]);
  });

  it('tell what happened while nobody was there when somebody comes', () => {
    const window = new Window(book(), OTHER);
    expect(window.pass(HOUR, { link: { is: 'failed', reason: 'crashed', message: 'm' } })).toEqual([]);
    window.standing = FRONT;
    expect(window.pass(0)).toHaveLength(1);
  });
});

describe('what is not told', () => {
  it('is what the user turned off; it is told once that is undone and it still holds', () => {
    const window = new Window();
    window.wanted = (kind) => kind !== 'quota';
    expect(window.pass(MINUTE, { ...low, health: [blocked('work', 'auth')] })).toHaveLength(1);
    window.wanted = () => true;
    expect(window.pass(MINUTE)).toHaveLength(1);
  });

  it('is what nobody knows yet', () => {
    expect(new Window().pass(HOUR, { ...out, loaded: false })).toEqual([]);
    expect(new Window().pass(HOUR, { ...out, link: { is: 'connecting' } })).toEqual([]);
  });
});
