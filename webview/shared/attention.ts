import * as l10n from '@vscode/l10n';
import { COMMANDS } from '../../src/editor/contributions.ts';
import type { Place } from '../../src/editor/dashboard/contract/place.ts';
import { placeOf } from '../../src/editor/dashboard/place-of.ts';
import { formatTime } from '../../src/editor/format/index.ts';
import type { Snapshot } from '../../src/editor/live/snapshot.ts';
import { findings } from '../../src/editor/notifications/findings.ts';
import type { Finding, Notice, NoticeKind } from '../../src/editor/notifications/notice.ts';
import { type Action, type Message, messageOf } from '../../src/editor/notifications/texts.ts';
import { blockedAccounts, soonest, usersAccounts } from '../../src/editor/status-bar/standing.ts';
import { type ItemRef, refOf } from '../../src/editor/views/item.ts';
import type { PageCommand } from '../use-run.ts';

/** What a button on the page does. */
export type Step =
  | { do: 'run'; command: PageCommand; ref: ItemRef | undefined }
  | { do: 'copy'; text: string }
  | { do: 'go'; place: Place };

/** Something that needs the user, in a sentence, and what helps. */
export interface Attention {
  key: string;
  severity: Message['severity'];
  text: string;
  buttons: { label: string; step: Step }[];
}

/** In the order of what stops the user most. Quotas have a place of their own on the page. */
const KINDS: readonly Exclude<NoticeKind, 'quota'>[] = ['failed', 'unavailable', 'sign-in', 'budget', 'port'];

/** What needs the user now: the same that notifications tell, and what they need not tell. */
export function attentionOf(standing: Snapshot, now: number): Attention[] {
  const found = findings(standing, now, 0).map(({ finding }) => finding);
  const told = KINDS.flatMap((kind) => said({ kind, findings: found.filter((each) => each.kind === kind && isUrgent(each)) }, now));
  const own = [stopped(standing), away(standing, found, now)].flatMap((entry) => entry ?? []);
  return [...own, ...told];
}

/** A budget that is nearly used needs nobody yet. */
function isUrgent(finding: Finding): boolean {
  return finding.kind !== 'budget' || finding.reached;
}

function said(notice: Notice, now: number): Attention[] {
  const message = notice.findings.length > 0 ? messageOf(notice, now) : undefined;
  if (!message) return [];
  const buttons = message.buttons.flatMap(({ label, action }) => {
    const step = stepOf(action);
    return step ? [{ label, step }] : [];
  });
  return [{ key: notice.kind, severity: message.severity, text: message.text, buttons }];
}

/** What the button of a notification does, done from the page; `undefined`: it cannot be. */
function stepOf(action: Action): Step | undefined {
  switch (action.do) {
    case 'command':
      return commandStep(action.command, action.argument);
    case 'copy':
      return { do: 'copy', text: action.text };
    case 'open-config':
      return run('omniroute.openConfig');
    case 'settings':
      return undefined;
  }
}

function commandStep(command: string, argument: unknown): Step | undefined {
  const place = command === 'omniroute.openDashboard' ? placeOf(argument, undefined) : undefined;
  if (place) return { do: 'go', place };
  const known = COMMANDS.find((each) => each === command);
  // That one puts a key into the clipboard: the page may not.
  return known && known !== 'omniroute.copyKey' ? run(known, argument) : undefined;
}

function run(command: PageCommand, argument?: unknown): Step {
  return { do: 'run', command, ref: refOf(argument) };
}

function stopped({ link }: Snapshot): Attention | undefined {
  if (link.is !== 'stopped') return undefined;
  const buttons = [{ label: l10n.t('Restart'), step: run('omniroute.restartGateway') }];
  return { key: 'stopped', severity: 'warning', text: l10n.t('The gateway is stopped in this window.'), buttons };
}

/** No account can be asked, though no request has failed of it yet. */
function away(standing: Snapshot, found: readonly Finding[], now: number): Attention | undefined {
  const all = usersAccounts(standing);
  if (standing.link.is !== 'ready' || !standing.loaded || all.length === 0) return undefined;
  if (found.some(({ kind }) => kind === 'unavailable')) return undefined;
  const enabled = all.filter((account) => account.enabled);
  const buttons: Attention['buttons'] = [{ label: l10n.t('Show Accounts'), step: { do: 'go', place: { page: 'providers' } } }];
  if (enabled.length === 0) {
    return { key: 'off', severity: 'warning', text: l10n.t('All accounts are turned off: nobody can be asked.'), buttons };
  }
  const blocked = blockedAccounts(standing, now);
  if (blocked.length < enabled.length) return undefined;
  const until = soonest(blocked.map((entry) => entry.until));
  const text =
    until === undefined
      ? l10n.t('No account can be asked now.')
      : l10n.t('No account can be asked now. The next one can be asked at {0}.', formatTime(until, now));
  return { key: 'away', severity: 'warning', text, buttons };
}
