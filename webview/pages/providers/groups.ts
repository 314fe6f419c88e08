import type { AccountView } from '../../../src/editor/admin/api.ts';
import { accountBlock, type Conditions } from '../../../src/editor/views/providers/blocks.ts';
import { newPriorities } from '../../../src/editor/views/providers/move-accounts.ts';
import { accountsByTier } from '../../../src/editor/views/providers/nodes.ts';
import { tierWord } from '../../../src/editor/views/words.ts';
import type { Tier } from '../../../src/providers/provider.ts';
import type { Block } from '../../../src/routing/block.ts';
import { isOneOf, isRecord, isText } from '../../fits.ts';
import { hasWords, searchWords } from '../../ui/search-words.ts';

export const STATES = ['all', 'ready', 'blocked', 'disabled'] as const;
export type StateFilter = (typeof STATES)[number];

export interface Filter {
  text: string;
  state: StateFilter;
}

export const ALL: Filter = { text: '', state: 'all' };

const isState = isOneOf(STATES);

export function isFilter(value: unknown): value is Filter {
  return isRecord(value) && isText(value.text) && isState(value.state);
}

/** An account, and why it is not asked now. */
export interface Standing {
  account: AccountView;
  block: Block | undefined;
}

/** The accounts of a tier in the order they are asked, and of them those that the filter leaves. */
export interface TierGroup {
  tier: Tier | undefined;
  all: readonly AccountView[];
  shown: readonly Standing[];
}

/** In the order of the fall-back; tiers of which nothing is left are left out. `nameOf`: of a provider. */
export function groupsOf(conditions: Conditions, filter: Filter, nameOf: (provider: string) => string, now: number): TierGroup[] {
  const words = searchWords(filter.text);
  return accountsByTier(conditions.accounts).flatMap(({ tier, accounts }) => {
    const shown = accounts
      .filter((account) => hasWords(textOf(account, nameOf(account.provider)), words))
      .map((account) => ({ account, block: accountBlock(account, conditions, now) }))
      .filter((standing) => filter.state === 'all' || stateOf(standing) === filter.state);
    return shown.length > 0 ? [{ tier, all: accounts, shown }] : [];
  });
}

export function stateOf({ account, block }: Standing): Exclude<StateFilter, 'all'> {
  if (!account.enabled) return 'disabled';
  return block ? 'blocked' : 'ready';
}

function textOf({ name, provider, prefix, tier }: AccountView, providerName: string): string {
  return [name, provider, providerName, prefix, tierWord(tier)].join(' ');
}

/**
 * The priorities to change when an account is moved among those that are shown: it goes right before the next one that is shown, and
 * where there is none right behind the last; those that are not shown stay where they are.
 */
export function prioritiesAfter({ all, shown }: TierGroup, from: number, to: number): Map<string, number> {
  const ids = shown.map(({ account }) => account.id);
  const [moved] = ids.splice(from, 1);
  if (moved === undefined || from === to) return new Map();
  const rest = all.map(({ id }) => id).filter((id) => id !== moved);
  const [next, last] = [ids[to], ids.at(-1)];
  return newPriorities(all, moved, next ?? rest[last === undefined ? 0 : rest.indexOf(last) + 1]);
}
