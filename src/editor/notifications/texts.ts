import * as l10n from '@vscode/l10n';
import type { Command } from '../contributions.ts';
import type { Place } from '../dashboard/contract/place.ts';
import { formatPercent, formatTime } from '../format/index.ts';
import { firstProblem } from '../status-bar/problem.ts';
import type { Finding, Notice, NoticeKind } from './notice.ts';

/** What a button does. */
export type Action =
  | { do: 'command'; command: Command; argument?: unknown }
  /** The tools' new base URL onto the clipboard. */
  | { do: 'copy'; text: string }
  /** The editor's settings, filtered. */
  | { do: 'settings'; query: string }
  | { do: 'open-config'; message: string };

export interface Message {
  severity: 'info' | 'warning' | 'error';
  text: string;
  buttons: { label: string; action: Action }[];
}

type Of<K extends NoticeKind> = Extract<Finding, { kind: K }>;
type Findings<K extends NoticeKind> = readonly [Of<K>, ...Of<K>[]];

/** A notice in words. `undefined` when it is about nothing. */
export function messageOf(notice: Notice, now: number): Message | undefined {
  switch (notice.kind) {
    case 'quota':
      return some<'quota'>(notice.findings, (all) => quota(all, now));
    case 'unavailable':
      return some<'unavailable'>(notice.findings, ([first]) => unavailable(first, now));
    case 'sign-in':
      return some<'sign-in'>(notice.findings, signIn);
    case 'budget':
      return some<'budget'>(notice.findings, (all) => budget(all, now));
    case 'port':
      return some<'port'>(notice.findings, ([first]) => port(first));
    case 'failed':
      return some<'failed'>(notice.findings, ([first]) => failed(first));
  }
}

/** Where more is told of it. */
function dashboard(place: Place): Action {
  return { do: 'command', command: 'omniroute.openDashboard', argument: place };
}

function some<K extends NoticeKind>(found: readonly Finding[], say: (all: Findings<K>) => Message): Message | undefined {
  const [first, ...others] = found as readonly Of<K>[];
  return first && say([first, ...others]);
}

function quota([first, ...others]: Findings<'quota'>, now: number): Message {
  const all = [first, ...others];
  const buttons = [
    { label: l10n.t('Show Quota'), action: dashboard({ page: 'quota', ...(others.length === 0 ? { item: first.account } : {}) }) },
  ];
  const severity = all.some(({ left }) => left === 0) ? 'warning' : 'info';
  if (others.length === 0) return { severity, text: oneQuota(first, now), buttons };
  return { severity, text: l10n.t('Several quotas run low: {0}.', list(all.map(shortQuota))), buttons };
}

function oneQuota({ accountName, window, left, resetsAt }: Of<'quota'>, now: number): string {
  if (left === 0) {
    return resetsAt === undefined
      ? l10n.t('{0} has used up its quota ({1}).', accountName, window)
      : l10n.t('{0} has used up its quota ({1}) until {2}. Others answer where they can.', accountName, window, formatTime(resetsAt, now));
  }
  return resetsAt === undefined
    ? l10n.t('{0} has {1} of its quota left ({2}).', accountName, formatPercent(left), window)
    : l10n.t('{0} has {1} of its quota left ({2}) until {3}.', accountName, formatPercent(left), window, formatTime(resetsAt, now));
}

function shortQuota({ accountName, window, left }: Of<'quota'>): string {
  return left === 0
    ? l10n.t('{0}: {1} used up', accountName, window)
    : l10n.t('{0}: {1} of {2} left', accountName, formatPercent(left), window);
}

function unavailable({ requested, until }: Of<'unavailable'>, now: number): Message {
  const text =
    until === undefined
      ? l10n.t('No account could answer a request for {0}.', requested)
      : l10n.t('No account could answer a request for {0}. The next one can be asked at {1}.', requested, formatTime(until, now));
  const buttons: Message['buttons'] = [
    { label: l10n.t('Show Health'), action: dashboard({ page: 'health' }) },
    { label: l10n.t('Add a Provider'), action: { do: 'command', command: 'omniroute.addProvider' } },
  ];
  return { severity: 'error', text, buttons };
}

function signIn([first, ...others]: Findings<'sign-in'>): Message {
  if (others.length === 0) {
    // As an item of the Providers view would be.
    const action: Action = {
      do: 'command',
      command: 'omniroute.account.setKey',
      argument: { ref: { kind: 'account', account: first.account } },
    };
    const text = l10n.t('{0}: the provider refuses the key. Until it is changed, others answer where they can.', first.accountName);
    return { severity: 'warning', text, buttons: [{ label: l10n.t('Change Key…'), action }] };
  }
  const names = list([first, ...others].map(({ accountName }) => accountName));
  return {
    severity: 'warning',
    text: l10n.t('Providers refuse the keys of these accounts: {0}.', names),
    buttons: [
      { label: l10n.t('Change Key…'), action: { do: 'command', command: 'omniroute.account.setKey' } },
      { label: l10n.t('Show Accounts'), action: dashboard({ page: 'providers' }) },
    ],
  };
}

function budget([first, ...others]: Findings<'budget'>, now: number): Message {
  const buttons: Message['buttons'] = [
    { label: l10n.t('Show Budgets'), action: dashboard({ page: 'usage', item: 'budgets' }) },
    { label: l10n.t('Open Configuration File'), action: { do: 'command', command: 'omniroute.openConfig' } },
  ];
  const severity = [first, ...others].some(({ reached, hard }) => reached && hard) ? 'warning' : 'info';
  if (others.length === 0) return { severity, text: oneBudget(first, now), buttons };
  return {
    severity,
    text: l10n.t('Budgets are nearly or wholly used: {0}.', list([first, ...others].map((each) => each.budget))),
    buttons,
  };
}

function oneBudget({ budget: name, reached, hard, resetsAt }: Of<'budget'>, now: number): string {
  const until = formatTime(resetsAt, now);
  if (!reached) return l10n.t('The budget “{0}” is nearly used. It begins anew at {1}.', name, until);
  return hard
    ? l10n.t('The budget “{0}” is used up: what it covers is not asked until {1}.', name, until)
    : l10n.t('The budget “{0}” is used up. Requests still go out; it begins anew at {1}.', name, until);
}

function port({ taken, port: own, url }: Of<'port'>): Message {
  const { wanted, by } = taken;
  const text =
    by === undefined
      ? l10n.t('The port {0} is used by another program; OmniRoute listens on {1}. Tools set up for {0} do not reach it.', wanted, own)
      : l10n.t('The port {0} is used by {1}; OmniRoute listens on {2}. Tools set up for {0} do not reach it.', wanted, by, own);
  const buttons: Message['buttons'] = [
    { label: l10n.t('Copy New Base URL'), action: { do: 'copy', text: `${url}/v1` } },
    { label: l10n.t('Choose Port…'), action: { do: 'settings', query: 'omniroute.port' } },
  ];
  return { severity: 'warning', text, buttons };
}

function failed({ reason, message }: Of<'failed'>): Message {
  const log = { label: l10n.t('Show Log'), action: { do: 'command', command: 'omniroute.showLog' } as const };
  const restart = { label: l10n.t('Restart'), action: { do: 'command', command: 'omniroute.restartGateway' } as const };
  switch (reason) {
    case 'config':
      return {
        severity: 'error',
        text: l10n.t('OmniRoute cannot start: its configuration is broken. {0}', firstProblem(message)),
        buttons: [{ label: l10n.t('Open File'), action: { do: 'open-config', message } }, restart],
      };
    case 'ports':
      return {
        severity: 'error',
        text: l10n.t('OmniRoute found no free port. {0}', firstProblem(message)),
        buttons: [{ label: l10n.t('Choose Port…'), action: { do: 'settings', query: 'omniroute.port' } }, restart],
      };
    case 'crashed':
      return {
        severity: 'error',
        text: l10n.t('The gateway of OmniRoute stopped unexpectedly and does not start again.'),
        buttons: [restart, log],
      };
    case 'other':
      return {
        severity: 'error',
        text: l10n.t('The gateway of OmniRoute cannot run: {0}', firstProblem(message)),
        buttons: [restart, log],
      };
  }
}

/** As many as a message can hold. */
const MOST = 4;

function list(entries: readonly string[]): string {
  const shown = entries.slice(0, MOST).join('; ');
  return entries.length > MOST ? l10n.t('{0} and {1} more', shown, entries.length - MOST) : shown;
}
