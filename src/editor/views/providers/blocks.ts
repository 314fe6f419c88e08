import type { Block } from '../../../routing/block.ts';
import type { AccountView, BudgetEntry, HealthEntry, QuotaView } from '../../admin/api.ts';

/** What of a snapshot tells how accounts are. */
export interface Conditions {
  accounts: readonly AccountView[];
  health: readonly HealthEntry[];
  quota: readonly QuotaView[];
  budgets: readonly BudgetEntry[];
}

/** Why the account is not asked now, whatever the model; the one that stays longest. Blocks that are over by `now` count no more. */
export function accountBlock(account: AccountView, conditions: Conditions, now: number): Block | undefined {
  const noted = conditions.health.filter((entry) => entry.scope !== 'model' && concerns(entry, account));
  return longest([...blocksOf(noted), ...quotaBlocks(account, conditions.quota, now), ...budgetBlocks(account, conditions.budgets)], now);
}

/** Why the account's model (the vendor's id) is not asked now, its account's own block apart. */
export function modelBlock(account: AccountView, model: string, { health }: Conditions, now: number): Block | undefined {
  return longest(blocksOf(health.filter((entry) => entry.scope === 'model' && entry.id === account.id && entry.model === model)), now);
}

/** The account's models that are not asked now. */
export function blockedModels(account: AccountView, { health }: Conditions, now: number): { model: string; block: Block }[] {
  return health.flatMap(({ scope, id, model, block }) =>
    scope === 'model' && id === account.id && model !== undefined && block && holds(block, now) ? [{ model, block }] : [],
  );
}

function blocksOf(entries: readonly HealthEntry[]): Block[] {
  return entries.flatMap(({ block }) => block ?? []);
}

function longest(blocks: readonly Block[], now: number): Block | undefined {
  const held = blocks.filter((block) => holds(block, now));
  return held.reduce<Block | undefined>((most, block) => (most && endOf(most) >= endOf(block) ? most : block), undefined);
}

function holds(block: Block, now: number): boolean {
  return endOf(block) > now;
}

const endOf = ({ until }: Block): number => until ?? Number.POSITIVE_INFINITY;

/** A breaker's name is the provider's id, with the host and the proxy where accounts of one provider may differ in them (`routing/health/breaker-name.ts`). */
function concerns({ scope, id }: HealthEntry, account: AccountView): boolean {
  if (scope !== 'provider') return id === account.id;
  const [name, proxy] = id.split(' via ', 2);
  const [provider, host] = (name ?? '').split(' ', 2);
  const own = account.baseUrl ?? account.parameters?.baseUrl;
  if (provider !== account.provider) return false;
  if (host !== undefined && own !== undefined && hostOf(own) !== host) return false;
  return hostOf(account.proxy ?? '') === proxy;
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

function quotaBlocks(account: AccountView, quota: readonly QuotaView[], now: number): Block[] {
  const windows = quota.find((entry) => entry.account === account.id)?.windows ?? [];
  return windows.flatMap(({ model, usedPercent, overage, notChat, resetsAt, label }) => {
    if (model !== null || overage || notChat || (usedPercent ?? 0) < 100 || (resetsAt ?? 0) <= now) return [];
    return [{ reason: 'quota', scope: 'account', until: resetsAt ?? undefined, detail: label } satisfies Block];
  });
}

/** Hard budgets that are reached and are about this account alone: their names say whom they concern (`routing/budgets/rules.ts`). */
function budgetBlocks(account: AccountView, budgets: readonly BudgetEntry[]): Block[] {
  const subjects = [
    `account ${account.name}`,
    `account ${account.id}`,
    `provider ${account.provider}`,
    `tier ${account.tier}`,
    'everything',
  ];
  return budgets.flatMap(({ name, mode, state, resetsAt }) => {
    const about = name.split(', ').slice(0, -1);
    const mine = about.length > 0 && about.every((part) => subjects.includes(part));
    return mode === 'hard' && state === 'reached' && mine
      ? [{ reason: 'budget', scope: 'budget', until: resetsAt, detail: name } satisfies Block]
      : [];
  });
}
