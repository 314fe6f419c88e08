import type { ContextKey } from '../contributions.ts';
import type { Snapshot } from '../live/snapshot.ts';
import { isOwn } from './providers/nodes.ts';
import { hasQuota } from './quota/nodes.ts';

/** The keys of `when` clauses. Until the first state is there nothing is said to be empty: words of welcome would flash up. */
export function contextValues(snapshot: Snapshot, bridgeOn: boolean): Record<ContextKey, string | boolean> {
  const { link, loaded, accounts, combos, requests } = snapshot;
  return {
    'omniroute.gateway': link.is,
    'omniroute.hasAccounts': !loaded || accounts.some(isOwn),
    'omniroute.hasCombos': !loaded || combos.length > 0,
    'omniroute.hasQuota': !loaded || hasQuota(snapshot),
    'omniroute.hasRequests': !loaded || requests.length > 0,
    'omniroute.bridgeOn': bridgeOn,
  };
}
