import { describe, expect, it } from 'vitest';
import { COMMANDS, VIEWS } from '../../../src/editor/contributions.ts';
import { placeOf } from '../../../src/editor/dashboard/place-of.ts';
import type { Finding, Notice } from '../../../src/editor/notifications/notice.ts';
import { messageOf } from '../../../src/editor/notifications/texts.ts';
import { NOON } from '../snapshots.ts';

const FINDINGS: Finding[] = [
  { kind: 'quota', account: 'a', accountName: 'groq', window: 'week', left: 0, resetsAt: undefined },
  { kind: 'unavailable', requested: 'auto', until: undefined },
  { kind: 'sign-in', account: 'a', accountName: 'groq' },
  { kind: 'budget', budget: 'day', reached: true, hard: false, resetsAt: NOON },
  { kind: 'port', taken: { wanted: 20128, by: undefined }, port: 20129, url: 'http://127.0.0.1:20129' },
  ...(['config', 'ports', 'crashed', 'other'] as const).map((reason): Finding => ({ kind: 'failed', reason, message: 'm' })),
];

const notice = (...findings: Finding[]): Notice => ({ kind: findings[0]?.kind ?? 'quota', findings });
const known: ReadonlySet<string> = new Set([...COMMANDS, ...VIEWS.map((view) => `${view}.focus`)]);

describe('what a notification offers', () => {
  it.each(FINDINGS.map((finding) => [`${finding.kind} ${'reason' in finding ? finding.reason : ''}`, finding] as const))(
    '%s: buttons that lead somewhere, one of them or several of them',
    (_name, finding) => {
      for (const message of [messageOf(notice(finding), NOON), messageOf(notice(finding, finding), NOON)]) {
        expect(message?.buttons.length).toBeGreaterThan(0);
        for (const { action } of message?.buttons ?? []) if (action.do === 'command') expect(known).toContain(action.command);
      }
    },
  );

  it('of one refused key is to change that one', () => {
    const [button] = messageOf(notice({ kind: 'sign-in', account: 'a1', accountName: 'groq' }), NOON)?.buttons ?? [];
    expect(button?.action).toEqual({
      do: 'command',
      command: 'omniroute.account.setKey',
      argument: { ref: { kind: 'account', account: 'a1' } },
    });
  });

  it('of what one may want to look at is its place in the dashboard', () => {
    const placesOf = (...findings: Finding[]): unknown[] =>
      (messageOf(notice(...findings), NOON)?.buttons ?? []).flatMap(({ action }) =>
        action.do === 'command' && action.command === 'omniroute.openDashboard' ? [placeOf(action.argument, undefined)] : [],
      );
    const low: Finding = { kind: 'quota', account: 'a1', accountName: 'groq', window: 'week', left: 5, resetsAt: undefined };
    expect(placesOf(low)).toEqual([{ page: 'quota', item: 'a1' }]);
    expect(placesOf(low, { ...low, account: 'a2' })).toEqual([{ page: 'quota' }]);
    expect(placesOf({ kind: 'unavailable', requested: 'auto', until: undefined })).toEqual([{ page: 'health' }]);
    const refused: Finding = { kind: 'sign-in', account: 'a', accountName: 'groq' };
    expect(placesOf(refused, refused)).toEqual([{ page: 'providers' }]);
    const spent: Finding = { kind: 'budget', budget: 'day', reached: true, hard: false, resetsAt: NOON };
    expect(placesOf(spent)).toEqual([{ page: 'usage', item: 'budgets' }]);
  });

  it('of a moved port is the new base URL', () => {
    const taken = { wanted: 20128, by: 'node (1)' };
    const message = messageOf(notice({ kind: 'port', taken, port: 20129, url: 'http://127.0.0.1:20129' }), NOON);
    expect(message?.buttons.map(({ label }) => label)).toEqual(['Copy New Base URL', 'Choose Port…']);
    expect(message?.buttons[0]?.action).toEqual({ do: 'copy', text: 'http://127.0.0.1:20129/v1' });
  });

  it('is cut where a message would be a page', () => {
    const many = Array.from({ length: 9 }, (_, index): Finding => ({ kind: 'sign-in', account: `${index}`, accountName: `n${index}` }));
    expect(messageOf(notice(...many), NOON)?.text).toBe('Providers refuse the keys of these accounts: n0; n1; n2; n3 and 5 more.');
    expect(messageOf({ kind: 'quota', findings: [] }, NOON)).toBeUndefined();
  });
});
