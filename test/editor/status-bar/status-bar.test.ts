import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/editor/live/snapshot.ts';
import { changesIn, running, type Show, situationOf } from '../../../src/editor/status-bar/situation.ts';
import { itemText } from '../../../src/editor/status-bar/text.ts';
import { account, blocked, HOUR, MINUTE, model, NOON, quota, requestUntil, snapshot, today } from '../snapshots.ts';

/** `icon text`, with `!` before an alarm; `undefined` when nothing is shown. */
function bar(state: Snapshot, show: Show = 'auto', connectingSince?: number, now = NOON): string | undefined {
  const item = itemText(situationOf(state, show, now, connectingSince), show, running(state), now);
  return item && `${item.alarm ? '!' : ''}${item.icon} ${item.text}`;
}

const FALLBACK = { requested: 'best', target: 'glm/glm-5', account: 'work', at: NOON - MINUTE };
const busy = { requests: [requestUntil(NOON, 'streaming')] };

describe('what the status bar says', () => {
  it.each<[string, Partial<Snapshot>, string]>([
    ['failed', { link: { is: 'failed', reason: 'crashed', message: 'm' } }, '!error OmniRoute: not running'],
    ['stopped', { link: { is: 'stopped' } }, '!error OmniRoute: not running'],
    ['no accounts', { accounts: [] }, 'type-hierarchy-sub OmniRoute: add a provider'],
    ['the demo alone', { accounts: [account('demo')] }, 'type-hierarchy-sub OmniRoute: add a provider'],
    ['all disabled', { accounts: [account('groq', { enabled: false })] }, 'type-hierarchy-sub OmniRoute: all disabled'],
    [
      'nothing can answer',
      { health: [blocked('groq', 'rate', NOON + HOUR), blocked('work', 'quota', NOON + 2 * HOUR)] },
      '!circle-slash Blocked until 13:00',
    ],
    [
      'nothing can answer, nobody knows how long',
      { health: [blocked('groq', 'auth'), blocked('work', 'billing')] },
      '!circle-slash OmniRoute: none can answer',
    ],
    [
      'used up quotas count',
      { accounts: [account('groq')], quota: [quota('groq', { usedPercent: 100 })] },
      '!circle-slash Blocked until 14:00',
    ],
    ['one of two is blocked', { health: [blocked('groq', 'rate', NOON + HOUR)] }, 'type-hierarchy-sub OmniRoute'],
    ['a block that is over', { accounts: [account('groq')], health: [blocked('groq', 'rate', NOON - 1)] }, 'type-hierarchy-sub OmniRoute'],
    ['fall-back, by the name the user gave', { fallback: FALLBACK }, 'type-hierarchy-sub via work (fallback)'],
    [
      'fall-back, by the provider where he gave none',
      {
        fallback: { ...FALLBACK, account: 'glm' },
        accounts: [account('glm')],
        models: [model('glm/x', { providers: [{ id: 'glm', name: 'GLM' }] })],
      },
      'type-hierarchy-sub via GLM (fallback)',
    ],
    ['a fall-back of old', { fallback: { ...FALLBACK, at: NOON - 5 * MINUTE } }, 'type-hierarchy-sub OmniRoute'],
    ['key refused', { health: [blocked('work', 'auth')] }, 'key work: key refused'],
    [
      'the lowest window',
      { quota: [quota('groq', { usedPercent: 60 }, { id: 'week', usedPercent: 88 }), quota('work', { usedPercent: 70 })] },
      'type-hierarchy-sub groq 12 %',
    ],
    [
      'windows with half left',
      { quota: [quota('groq', { usedPercent: 50 })], today: today({ cost: 0.42 }) },
      'type-hierarchy-sub $0.42 today',
    ],
    ['a window that was reset since', { quota: [quota('groq', { usedPercent: 99, resetsAt: NOON })] }, 'type-hierarchy-sub OmniRoute'],
    ['a window of images', { quota: [quota('groq', { usedPercent: 99, notChat: true })] }, 'type-hierarchy-sub OmniRoute'],
    ['unknown is not nothing', { quota: [quota('groq', { usedPercent: null })] }, 'type-hierarchy-sub OmniRoute'],
    ['all was free', { today: today() }, 'type-hierarchy-sub 1.2 M tokens today'],
    ['nothing today', { today: today({ inputTokens: null, outputTokens: null, cost: null }) }, 'type-hierarchy-sub OmniRoute'],
    ['a request runs', busy, 'sync~spin OmniRoute'],
    ['not loaded yet', { loaded: false, accounts: [] }, 'type-hierarchy-sub OmniRoute'],
  ])('%s', (_name, change, expected) => {
    expect(bar(snapshot(change))).toBe(expected);
  });

  it('goes by what matters more: gateway, nobody, fall-back, key, quota, cost', () => {
    const all = {
      fallback: FALLBACK,
      health: [blocked('groq', 'auth'), blocked('work', 'auth')],
      quota: [quota('groq', { usedPercent: 88 })],
      today: today({ cost: 1 }),
    };
    expect(bar(snapshot({ ...all, link: { is: 'stopped' } }))).toContain('not running');
    expect(bar(snapshot(all))).toContain('none can answer');
    const one = { ...all, health: [blocked('work', 'auth')] };
    expect(bar(snapshot(one))).toContain('fallback');
    expect(bar(snapshot({ ...one, fallback: undefined }))).toContain('key refused');
    expect(bar(snapshot({ ...one, fallback: undefined, health: [] }))).toContain('12 %');
    expect(bar(snapshot({ today: all.today }))).toContain('$1.00 today');
  });

  it('keeps what it said for the first second of connecting', () => {
    const state = snapshot({ link: { is: 'connecting' }, quota: [quota('groq', { usedPercent: 88 })] });
    expect(bar(state, 'auto', NOON - 999)).toBe('type-hierarchy-sub groq 12 %');
    expect(bar(state, 'auto', NOON - 1000)).toBe('sync~spin OmniRoute');
  });

  it.each<[Show, string | undefined]>([
    ['quota', 'type-hierarchy-sub groq 70 %'],
    ['cost', 'type-hierarchy-sub $0.42 today'],
    ['requests', 'type-hierarchy-sub 0 running'],
    ['icon', 'type-hierarchy-sub '],
    ['hidden', undefined],
  ])('shows what the setting says: %s', (show, expected) => {
    const state = snapshot({ fallback: FALLBACK, quota: [quota('groq', { usedPercent: 30 })], today: today({ cost: 0.42 }) });
    expect(bar(state, show)).toBe(expected);
  });

  it('tells what stops the user whatever the setting says, unless it is hidden', () => {
    const state = snapshot({ link: { is: 'failed', reason: 'config', message: 'm' } });
    expect((['quota', 'cost', 'requests'] as const).map((show) => bar(state, show))).toEqual(
      Array(3).fill('!error OmniRoute: not running'),
    );
    expect(bar(state, 'icon')).toBe('!error ');
    expect(bar(state, 'hidden')).toBeUndefined();
  });

  it('is never longer than some 30 characters', () => {
    const name = 'An account with a name as long as the night';
    const long = { accounts: [account(name), account('groq')] };
    const states = [
      snapshot({ ...long, fallback: { ...FALLBACK, account: name } }),
      snapshot({ ...long, health: [blocked(name, 'auth')] }),
      snapshot({ ...long, quota: [quota(name, { usedPercent: 90 })] }),
    ];
    for (const state of states) expect(bar(state)?.split(' ').slice(1).join(' ').length).toBeLessThanOrEqual(31);
  });

  it('has a sentence for who does not see it', () => {
    const item = (state: Snapshot) => itemText(situationOf(state, 'icon', NOON, undefined), 'icon', 0, NOON);
    expect(item(snapshot({ health: [blocked('groq', 'auth'), blocked('work', 'rate', NOON + HOUR)] }))?.label).toBe(
      'OmniRoute: no account can answer until 13:00',
    );
  });

  it('says when it has to be looked at again', () => {
    expect(changesIn(snapshot(), NOON, undefined)).toBeUndefined();
    expect(changesIn(snapshot(), NOON, NOON - 400)).toBe(600);
    expect(changesIn(snapshot({ fallback: FALLBACK, quota: [quota('groq', {})] }), NOON, undefined)).toBe(4 * MINUTE);
  });
});
