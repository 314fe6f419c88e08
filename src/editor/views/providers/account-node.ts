import * as l10n from '@vscode/l10n';
import type { Block } from '../../../routing/block.ts';
import type { AccountView, QuotaView, UsageRow } from '../../admin/api.ts';
import { formatCount, formatPercent, formatUsd } from '../../format/index.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import { blockIcon, blockWords } from '../block-words.ts';
import type { ProviderFacts } from '../provider-facts.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../tree/node.ts';
import { type AccountScene, accountTooltip } from './account-tooltip.ts';
import { accountBlock } from './blocks.ts';

export function accountNode(account: AccountView, scene: AccountScene, children: readonly ViewNode[]): ViewNode {
  const { snapshot, facts, now } = scene;
  const block = accountBlock(account, snapshot, now);
  const state = stateWords(account, block, now);
  const description = [state, ...figures(account, snapshot)].filter(Boolean).join(' · ');
  return {
    id: `account:${account.id}`,
    ref: { kind: 'account', account: account.id },
    label: account.name,
    description,
    tooltip: accountTooltip(account, scene, block),
    icon: stateIcon(account, block),
    contextValue: contextValue(account, block, facts),
    spoken: [account.name, facts?.name ?? account.provider, state ?? l10n.t('ready'), ...figures(account, snapshot)].join(', '),
    children,
  };
}

/** The account's state, where there is something to say. */
export function stateWords(account: AccountView, block: Block | undefined, now: number): string | undefined {
  if (!account.enabled) return l10n.t('disabled');
  return block && blockWords(block, now);
}

/** Its state's icon; ready, where nothing is said. */
export function stateIcon(account: AccountView, block: Block | undefined): NodeIcon {
  if (!account.enabled) return { id: 'circle-slash', color: COLORS.off };
  return block ? blockIcon(block) : { id: 'pass', color: COLORS.good };
}

function contextValue(account: AccountView, block: Block | undefined, facts: ProviderFacts | undefined): string {
  // The demo is built in: it has no key to change and cannot be removed.
  if (account.provider === 'demo') return 'demo';
  return [
    'account',
    account.enabled ? 'enabled' : 'disabled',
    account.credential?.kind ?? 'nokey',
    ...(block ? ['blocked'] : []),
    ...(facts?.keyUrl ? ['keypage'] : []),
  ].join('.');
}

/** What matters of the account's figures: the fullest window, what was used today. */
function figures(account: AccountView, snapshot: Snapshot): string[] {
  const today = snapshot.todayByAccount.get(account.name);
  const fullest = fullestWindow(account, snapshot.quota);
  return [fullest && windowWords(fullest), today && todayWords(today)].flatMap((text) => text ?? []);
}

export interface FullestWindow {
  usedPercent: number;
  label: string;
  /** What goes beyond is billed, not refused. */
  overage: boolean;
}

/** The window of which most is used; `undefined` where nothing is known. */
export function fullestWindow({ id }: AccountView, quota: readonly QuotaView[]): FullestWindow | undefined {
  const windows = quota.find(({ account }) => account === id)?.windows ?? [];
  const known = windows.flatMap(({ usedPercent, label, notChat, overage }) =>
    usedPercent === null || notChat ? [] : [{ usedPercent, label, overage }],
  );
  return known.sort((a, b) => b.usedPercent - a.usedPercent)[0];
}

export function windowWords({ usedPercent, label }: FullestWindow): string {
  return l10n.t('{0} of {1} used', formatPercent(usedPercent), label);
}

function todayWords({ requests, cost }: UsageRow): string | undefined {
  if (requests === 0) return undefined;
  return cost === null ? l10n.t('{0} today', formatCount(requests)) : l10n.t('{0} today, {1}', formatCount(requests), formatUsd(cost));
}
