import * as l10n from '@vscode/l10n';
import type { AccountView, QuotaView } from '../../admin/api.ts';
import { formatAge } from '../../format/index.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import type { FactsOf } from '../provider-facts.ts';
import { card, escaped } from '../tree/markdown.ts';
import type { ViewNode } from '../tree/node.ts';
import { budgetGroup } from './budget-node.ts';
import { usedIcon, windowNode } from './window-node.ts';
import { forecastSentence, urgency, type Window } from './window-words.ts';

interface Holder {
  account: AccountView;
  quota: QuotaView;
  windows: Window[];
}

/** The accounts of which something is known, what runs out first on top; then the budgets. */
export function quotaNodes(snapshot: Snapshot, now: number, factsOf: FactsOf): ViewNode[] {
  const holders = holdersOf(snapshot, now).sort((a, b) => mostUrgent(a, now) - mostUrgent(b, now));
  return [...holders.map((holder) => holderNode(holder, now, factsOf)), ...budgetGroup(snapshot.budgets, now)];
}

/** Whether the view has anything to show. */
export function hasQuota({ quota, budgets, accounts }: Snapshot): boolean {
  return budgets.length > 0 || quota.some((entry) => isTold(entry) && accounts.some(({ id }) => id === entry.account));
}

function isTold({ windows, error }: QuotaView): boolean {
  return windows.length > 0 || error !== null;
}

function holdersOf({ accounts, quota }: Snapshot, now: number): Holder[] {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return quota.flatMap((entry) => {
    const account = byId.get(entry.account);
    if (!account || !isTold(entry)) return [];
    const windows = [...entry.windows].sort((a, b) => urgency(a, now) - urgency(b, now));
    return [{ account, quota: entry, windows }];
  });
}

function mostUrgent({ windows }: Holder, now: number): number {
  return Math.min(Number.POSITIVE_INFINITY, ...windows.map((window) => urgency(window, now)));
}

function holderNode({ account, quota, windows }: Holder, now: number, factsOf: FactsOf): ViewNode {
  const first = windows[0];
  const forecast = first && forecastSentence(first, now);
  const failed = quota.error && l10n.t('could not be read {0}', formatAge(now - quota.error.at));
  const words = [quota.plan ?? undefined, forecast, failed ?? undefined].flatMap((text) => text ?? []);
  return {
    id: `quota:${account.id}`,
    ref: { kind: 'quota-account', account: account.id },
    label: account.name,
    description: words.join(' · '),
    tooltip: holderTooltip(account, quota, now, factsOf),
    icon: quota.error && windows.length === 0 ? { id: 'warning' } : usedIcon(first?.usedPercent ?? null, first?.overage),
    contextValue: 'quota-account',
    spoken: [account.name, ...words].join(', '),
    children: windows.map((window) => windowNode(account, window, now)),
    expanded: true,
  };
}

function holderTooltip(account: AccountView, { plan, at, error }: QuotaView, now: number, factsOf: FactsOf): string {
  const rows = [
    [l10n.t('Provider'), escaped(factsOf(account.provider)?.name ?? account.provider)],
    [l10n.t('Plan'), plan === null ? undefined : escaped(plan)],
    [l10n.t('Read'), at === null ? l10n.t('never') : formatAge(now - at)],
  ] as const;
  return card(account.name, rows, error ? [escaped(l10n.t('Could not be read: {0}', error.message))] : []);
}
