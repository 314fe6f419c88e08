import * as l10n from '@vscode/l10n';
import type { AccountView } from '../admin/api.ts';
import type { Command } from '../contributions.ts';
import { formatCount, formatCountdown, formatPercent, formatTime, formatTokens, formatUsd } from '../format/index.ts';
import type { LinkState } from '../link/link.ts';
import type { Snapshot } from '../live/snapshot.ts';
import { escaped } from '../views/tree/markdown.ts';
import { firstProblem } from './problem.ts';
import { type BlockedAccount, blockedAccounts, usersAccounts, windowsOf } from './standing.ts';

/** The commands a tooltip links to: only these are trusted. */
export const TOOLTIP_COMMANDS = [
  'omniroute.menu',
  'omniroute.openDashboard',
  'omniroute.addProvider',
  'omniroute.showLog',
  'omniroute.restartGateway',
  'omniroute.openConfig',
  'omniroute.quota.focus',
  'omniroute.requests.focus',
] as const satisfies readonly (Command | `omniroute.${string}.focus`)[];
type Linked = (typeof TOOLTIP_COMMANDS)[number];

/** A tooltip that fills the screen is closed again. */
const MOST_ACCOUNTS = 12;

/** Markdown: the gateway, the accounts with their windows, today. Names are escaped; nothing in it is a secret. */
export function tooltip(snapshot: Snapshot, now: number): string {
  return [gateway(snapshot.link), accounts(snapshot, now), today(snapshot), links(snapshot)].filter((part) => part !== '').join('\n\n');
}

function gateway(link: LinkState): string {
  switch (link.is) {
    case 'connecting':
      return `**OmniRoute** · ${l10n.t('connecting to the gateway')}`;
    case 'stopped':
      return `**OmniRoute** · ${l10n.t('the gateway is stopped in this window')}`;
    case 'failed':
      return `**OmniRoute** · ${l10n.t('the gateway is not running')}\n\n${escaped(firstProblem(link.message))}`;
    case 'ready':
      return [`**OmniRoute** · \`${link.url}\` · ${owner(link)}`, ...taken(link)].join('\n\n');
  }
}

function owner({ owner: mine, pid }: Extract<LinkState, { is: 'ready' }>): string {
  return mine ? l10n.t('runs in this window') : l10n.t('runs in another window (process {0})', pid);
}

function taken({ instead }: Extract<LinkState, { is: 'ready' }>): string[] {
  if (!instead) return [];
  const text =
    instead.by === undefined
      ? l10n.t('Port {0} is used by another program.', instead.wanted)
      : l10n.t('Port {0} is used by {1}.', instead.wanted, instead.by);
  return [`$(warning) ${escaped(text)}`];
}

function accounts(snapshot: Snapshot, now: number): string {
  const enabled = usersAccounts(snapshot).filter((account) => account.enabled);
  if (enabled.length === 0) return '';
  const blocked = new Map(blockedAccounts(snapshot, now).map((entry) => [entry.account.id, entry]));
  const rows = enabled.slice(0, MOST_ACCOUNTS).flatMap((account) => accountRows(account, blocked.get(account.id), snapshot, now));
  const more = enabled.length - MOST_ACCOUNTS;
  return [
    head(l10n.t('Account'), l10n.t('Window'), l10n.t('Left'), l10n.t('Resets in')),
    '|:--|:--|--:|:--|',
    ...rows,
    ...(more > 0 ? [row(l10n.t('and {0} more', formatCount(more)), '', '', '')] : []),
  ].join('\n');
}

function accountRows(account: AccountView, blocked: BlockedAccount | undefined, { quota }: Snapshot, now: number): string[] {
  const name = `${blocked ? '$(circle-slash) ' : ''}${escaped(account.name)}`;
  const windows = windowsOf(quota, account.id, now);
  if (blocked && windows.length === 0) return [row(name, why(blocked, now), '', '')];
  if (windows.length === 0) return [row(name, l10n.t('ready'), '', '')];
  return windows.map(({ label, usedPercent, resetsAt }, index) =>
    row(
      index === 0 ? name : '',
      escaped(label),
      usedPercent === null ? '–' : formatPercent(Math.max(0, 100 - usedPercent)),
      resetsAt === null ? '' : formatCountdown(resetsAt - now),
    ),
  );
}

function why({ reason, until }: BlockedAccount, now: number): string {
  if (reason === 'auth') return l10n.t('key refused');
  return until === undefined ? l10n.t('cannot be asked') : l10n.t('not before {0}', formatTime(until, now));
}

function today({ today: sums }: Snapshot): string {
  if (!sums || sums.requests === 0) return '';
  const tokens = (count: number | null): string => (count === null ? '–' : formatTokens(count));
  const usd = (amount: number | null): string => (amount === null ? '–' : formatUsd(amount));
  return [
    head(l10n.t('Today'), l10n.t('Requests'), l10n.t('Tokens in'), l10n.t('Tokens out'), l10n.t('Cost'), l10n.t('Saved')),
    '|:--|--:|--:|--:|--:|--:|',
    row('', formatCount(sums.requests), tokens(sums.inputTokens), tokens(sums.outputTokens), usd(sums.cost), usd(sums.saved)),
  ].join('\n');
}

function links(snapshot: Snapshot): string {
  const { link } = snapshot;
  const entries: [string, Linked][] = [];
  if (link.is === 'failed' && link.reason === 'config') entries.push([l10n.t('Open Configuration File'), 'omniroute.openConfig']);
  if (link.is === 'failed' || link.is === 'stopped') entries.push([l10n.t('Restart'), 'omniroute.restartGateway']);
  if (link.is === 'ready' && usersAccounts(snapshot).length === 0) entries.push([l10n.t('Add a Provider'), 'omniroute.addProvider']);
  if (link.is === 'ready') entries.push([l10n.t('Quota'), 'omniroute.quota.focus'], [l10n.t('Requests'), 'omniroute.requests.focus']);
  entries.push([l10n.t('Dashboard'), 'omniroute.openDashboard']);
  entries.push([l10n.t('Log'), 'omniroute.showLog'], [l10n.t('Menu'), 'omniroute.menu']);
  return entries.map(([text, command]) => `[${escaped(text)}](command:${command})`).join(' · ');
}

function row(...cells: string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** The editor draws tables without any room between their columns. */
function head(...cells: string[]): string {
  return row(...cells.map((cell) => `${cell}&nbsp;&nbsp;`));
}
