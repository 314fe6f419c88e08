import type { BlockReason } from '../../routing/block.ts';
import type { WindowView } from '../../routing/quota/view.ts';
import type { AccountView, QuotaView, UsageRow } from '../admin/api.ts';
import type { Snapshot } from '../live/snapshot.ts';
import { accountBlock } from '../views/providers/blocks.ts';

/** An account that cannot be asked now. `until`: when that ends by itself, where it does. */
export interface BlockedAccount {
  account: AccountView;
  reason: BlockReason;
  until: number | undefined;
}

/** The accounts the user added: the demo answers only who asks for it. */
export function usersAccounts({ accounts }: Pick<Snapshot, 'accounts'>): AccountView[] {
  return accounts.filter(({ provider }) => provider !== 'demo');
}

/** The enabled accounts that cannot be asked at all: themselves, their provider, or a quota that is used up. */
export function blockedAccounts(snapshot: Snapshot, now: number): BlockedAccount[] {
  return usersAccounts(snapshot).flatMap((account) => (account.enabled ? (blockOf(account, snapshot, now) ?? []) : []));
}

function blockOf(account: AccountView, snapshot: Snapshot, now: number): BlockedAccount | undefined {
  const block = accountBlock(account, snapshot, now);
  return block && { account, reason: block.reason, until: block.until };
}

/** The windows of an account that say something now: of chat, and not reset since. */
export function windowsOf(quota: readonly QuotaView[], account: string, now: number): WindowView[] {
  const windows = quota.find((entry) => entry.account === account)?.windows ?? [];
  return windows.filter(({ notChat, resetsAt }) => !notChat && (resetsAt === null || resetsAt > now));
}

/** The window with the least left, over all enabled accounts whose share is known. */
export function lowestWindow(snapshot: Snapshot, now: number): { account: AccountView; window: WindowView; left: number } | undefined {
  let lowest: ReturnType<typeof lowestWindow>;
  for (const account of usersAccounts(snapshot)) {
    if (!account.enabled) continue;
    for (const window of windowsOf(snapshot.quota, account.id, now)) {
      if (window.usedPercent === null) continue;
      const left = Math.max(0, 100 - window.usedPercent);
      if (!lowest || left < lowest.left) lowest = { account, window, left };
    }
  }
  return lowest;
}

/** Nothing was paid, as far as that is known. */
export function isFree({ cost }: UsageRow): boolean {
  return cost === null || cost === 0;
}

/** The least of those that are known. */
export function soonest(moments: readonly (number | undefined)[]): number | undefined {
  const known = moments.filter((at) => at !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
