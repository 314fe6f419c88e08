import { describe, expect, it } from 'vitest';
import { TOOLTIP_COMMANDS, tooltip } from '../../../src/editor/status-bar/tooltip.ts';
import { account, blocked, HOUR, MINUTE, NOON, quota, READY, snapshot, today } from '../snapshots.ts';

describe('the tooltip of the status bar', () => {
  it('tells the gateway, the accounts with their windows, and today', () => {
    const state = snapshot({
      quota: [quota('groq', { usedPercent: 62 }, { id: 'week', label: 'week', usedPercent: null, resetsAt: NOON + 50 * HOUR })],
      health: [blocked('work', 'auth')],
      today: today({ cost: 0.42 }),
    });
    expect(tooltip(state, NOON)).toBe(
      [
        '**OmniRoute** · `http://127.0.0.1:20128` · runs in this window',
        '',
        '| Account&nbsp;&nbsp; | Window&nbsp;&nbsp; | Left&nbsp;&nbsp; | Resets in&nbsp;&nbsp; |',
        '|:--|:--|--:|:--|',
        '| groq | 5 hours | 38 % | 2 h |',
        '|  | week | – | 2 d 2 h |',
        '| $(circle-slash) work | key refused |  |  |',
        '',
        `| ${['Today', 'Requests', 'Tokens in', 'Tokens out', 'Cost', 'Saved'].map((cell) => `${cell}&nbsp;&nbsp;`).join(' | ')} |`,
        '|:--|--:|--:|--:|--:|--:|',
        '|  | 12 | 1.2 M | 34 K | $0.42 | $0.31 |',
        '',
        '[Quota](command:omniroute.quota.focus) · [Requests](command:omniroute.requests.focus) · [Dashboard](command:omniroute.openDashboard) · [Log](command:omniroute.showLog) · [Menu](command:omniroute.menu)',
      ].join('\n'),
    );
  });

  it('tells who has the port that was asked for, and whose the gateway is', () => {
    const link = { ...READY, owner: false, port: 20129, url: 'http://127.0.0.1:20129', instead: { wanted: 20128, by: 'node (4711)' } };
    const text = tooltip(snapshot({ link }), NOON);
    expect(text).toContain('`http://127.0.0.1:20129` · runs in another window (process 4711)');
    expect(text).toContain('$(warning) Port 20128 is used by node \\(4711\\).');
    expect(tooltip(snapshot({ link: { ...link, instead: { wanted: 20128, by: undefined } } }), NOON)).toContain('used by another program');
  });

  it('leads on from a gateway that does not run', () => {
    const link = {
      is: 'failed',
      reason: 'config',
      message: 'config.json cannot be used and was left as it is:\n  line 3, column 5: x',
    } as const;
    const text = tooltip(snapshot({ link, accounts: [] }), NOON);
    expect(text).toContain('line 3, column 5: x');
    expect(text).toContain('[Open Configuration File](command:omniroute.openConfig) · [Restart](command:omniroute.restartGateway)');
    expect(tooltip(snapshot({ accounts: [] }), NOON)).toContain('[Add a Provider](command:omniroute.addProvider)');
  });

  it('takes names for names, whatever they look like', () => {
    const name = '[x](command:workbench.action.quit) | $(error) **b** <b> `c`';
    const text = tooltip(snapshot({ accounts: [account(name)] }), NOON);
    const line = text.split('\n').find((row) => row.includes('workbench'));
    expect(line).toBe('| \\[x\\]\\(command:workbench.action.quit\\) \\| \\$\\(error\\) \\*\\*b\\*\\* \\<b\\> \\`c\\` | ready |  |  |');
  });

  it('links to no command but the trusted ones, and fits a screen', () => {
    const accounts = Array.from({ length: 30 }, (_, index) => account(`a${index}`));
    const texts = [snapshot({ accounts }), snapshot({ accounts: [] }), snapshot({ link: { is: 'stopped' } })].map((state) =>
      tooltip(state, NOON),
    );
    for (const [, command] of texts.join('\n').matchAll(/\]\(command:([^)]+)\)/g)) expect(TOOLTIP_COMMANDS).toContain(command);
    expect(texts[0]).toContain('and 18 more');
    expect(texts[0]).not.toContain('a12 ');
  });

  it('changes no more than once a minute by itself', () => {
    const state = snapshot({ quota: [quota('groq', { usedPercent: 62 })] });
    expect(tooltip(state, NOON + 1000)).toBe(tooltip(state, NOON + MINUTE - 1000));
  });
});
