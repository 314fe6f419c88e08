import * as l10n from '@vscode/l10n';
import type { Command } from '../../contributions.ts';
import type { PickItem, Separator } from '../../input/ui.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import { blockedAccounts, usersAccounts } from '../../status-bar/standing.ts';

export type MenuCommand = Command | `omniroute.${string}.focus`;
type Entry = PickItem<MenuCommand>;

/** What can be done now, the likeliest first. What would do nothing is left out. */
export function menuItems(snapshot: Snapshot, now: number): (Entry | Separator)[] {
  const groups: [string, Entry[]][] = [
    [l10n.t('Providers and models'), providerEntries(snapshot, now)],
    [l10n.t('For other tools'), toolEntries(snapshot)],
    [l10n.t('Views'), viewEntries(snapshot)],
    [l10n.t('Gateway'), gatewayEntries(snapshot)],
    [l10n.t('Help and backup'), keepingEntries()],
  ];
  const shown = groups.filter(([, entries]) => entries.length > 0);
  // What is broken comes before what one could do if it were not.
  const order =
    snapshot.link.is === 'ready'
      ? shown
      : shown.toReversed().sort(([a], [b]) => Number(b === l10n.t('Gateway')) - Number(a === l10n.t('Gateway')));
  return order.flatMap(([separator, entries]) => [{ separator }, ...entries]);
}

const entry = (icon: string, label: string, value: MenuCommand, detail?: string): Entry => ({
  icon,
  label,
  value,
  ...(detail === undefined ? {} : { description: detail }),
});

function providerEntries(snapshot: Snapshot, now: number): Entry[] {
  if (snapshot.link.is !== 'ready') return [];
  const some = usersAccounts(snapshot).length > 0;
  const refused = blockedAccounts(snapshot, now).find(({ reason }) => reason === 'auth');
  return [
    ...(refused
      ? [entry('key', l10n.t('Change Key…'), 'omniroute.account.setKey', l10n.t('{0} refuses its key', refused.account.name))]
      : []),
    entry('add', l10n.t('Add Provider…'), 'omniroute.addProvider'),
    ...(some
      ? [entry('beaker', l10n.t('Test Account…'), 'omniroute.account.test')]
      : [entry('terminal', l10n.t('Add Providers from Keys in the Environment…'), 'omniroute.importKeys')]),
    entry('play', l10n.t('Try It: Send a Request'), 'omniroute.tryIt', some ? undefined : l10n.t('with the built-in demo')),
    ...(some ? [entry('combine', l10n.t('New Combo…'), 'omniroute.combo.new')] : []),
    ...(snapshot.combos.length > 0 ? [entry('question', l10n.t('Explain: Who Would Answer?'), 'omniroute.combo.explain')] : []),
    ...(some ? [entry('list-selection', l10n.t('Choose Models for Copilot Chat…'), 'omniroute.manageModels')] : []),
    ...(blockedAccounts(snapshot, now).length > 0
      ? [entry('debug-rerun', l10n.t('Forget All Cool-downs'), 'omniroute.resetHealth', l10n.t('ask blocked accounts again'))]
      : []),
  ];
}

function toolEntries({ link }: Snapshot): Entry[] {
  if (link.is !== 'ready') return [];
  return [
    entry('tools', l10n.t('Set Up a Tool…'), 'omniroute.tool.setUp'),
    entry('link', l10n.t('Copy Base URL'), 'omniroute.copyBaseUrl', link.url),
    entry('key', l10n.t('Copy Gateway Key'), 'omniroute.copyKey'),
  ];
}

function viewEntries(snapshot: Snapshot): Entry[] {
  const dashboard = entry('dashboard', l10n.t('Open Dashboard'), 'omniroute.openDashboard');
  if (!snapshot.loaded) return [dashboard];
  return [
    dashboard,
    entry('server-environment', l10n.t('Show Providers'), 'omniroute.providers.focus'),
    entry('combine', l10n.t('Show Combos'), 'omniroute.combos.focus'),
    entry('graph', l10n.t('Show Quota'), 'omniroute.quota.focus'),
    entry('list-tree', l10n.t('Show Requests'), 'omniroute.requests.focus'),
    entry('tools', l10n.t('Show Tools'), 'omniroute.tools.focus'),
  ];
}

function gatewayEntries({ link }: Snapshot): Entry[] {
  const broken = link.is === 'failed' && link.reason === 'config';
  return [
    ...(broken ? [entry('go-to-file', l10n.t('Open Configuration File'), 'omniroute.openConfig', l10n.t('it is broken'))] : []),
    entry('debug-restart', l10n.t('Restart Gateway'), 'omniroute.restartGateway'),
    entry('output', l10n.t('Show Log'), 'omniroute.showLog'),
    ...(broken ? [] : [entry('go-to-file', l10n.t('Open Configuration File'), 'omniroute.openConfig')]),
  ];
}

function keepingEntries(): Entry[] {
  return [
    entry('rocket', l10n.t('Get Started'), 'omniroute.getStarted'),
    entry('cloud-download', l10n.t('Export Backup…'), 'omniroute.exportBackup'),
    entry('cloud-upload', l10n.t('Import Backup…'), 'omniroute.importBackup'),
    entry('bug', l10n.t('Save Diagnostics…'), 'omniroute.saveDiagnostics'),
    entry('sign-out', l10n.t('Sign Out and Remove All Keys…'), 'omniroute.signOut'),
  ];
}
