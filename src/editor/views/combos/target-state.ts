import type { Block } from '../../../routing/block.ts';
import type { AccountView, ModelView } from '../../admin/api.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import { patternTest } from '../../model-list/pattern.ts';
import { accountBlock, modelBlock } from '../providers/blocks.ts';

/** What of a snapshot tells where a target leads. */
export type Routes = Pick<Snapshot, 'accounts' | 'combos' | 'models' | 'health' | 'quota' | 'budgets'>;

/** How a combo's target is now. */
export type TargetState =
  /** A model: the account that would be asked first, and how many more could be. */
  | { is: 'ready'; account: AccountView; others: number }
  /** A model whose every account is held back; the first to be free again. */
  | { is: 'blocked'; account: AccountView; block: Block }
  /** A combo, an alias, automatic routing: a name that leads to others. */
  | { is: 'name'; kind: 'combo' | 'alias' | 'auto'; ready: boolean }
  | { is: 'disabled-combo' }
  /** A pattern that stands for so many models. */
  | { is: 'pattern'; models: number; ready: boolean }
  /** No enabled account has it. */
  | { is: 'nobody' };

/** What a target's text leads to now. Combos are followed through, each once. */
export function targetState(target: string, snapshot: Routes, now: number, seen: ReadonlySet<string> = new Set()): TargetState {
  const named = namedState(target, snapshot, now, seen);
  if (named) return named;
  if (target.includes('*')) return patternState(target, snapshot, now);
  return modelState(target, snapshot, now);
}

export function isReady(state: TargetState): boolean {
  switch (state.is) {
    case 'ready':
      return true;
    case 'name':
    case 'pattern':
      return state.ready;
    case 'blocked':
    case 'disabled-combo':
    case 'nobody':
      return false;
  }
}

function namedState(target: string, snapshot: Routes, now: number, seen: ReadonlySet<string>): TargetState | undefined {
  const combo = snapshot.combos.find(({ name }) => name === target);
  if (combo) {
    if (!combo.enabled) return { is: 'disabled-combo' };
    const deeper = new Set([...seen, target]);
    const ready = !seen.has(target) && combo.targets.some((next) => isReady(targetState(next, snapshot, now, deeper)));
    return { is: 'name', kind: 'combo', ready };
  }
  const own = snapshot.models.find(({ name, kind }) => name === target && kind !== 'model');
  if (!own || own.kind === 'model') return undefined;
  const accounts = snapshot.accounts.filter(({ id }) => own.accounts.includes(id));
  return { is: 'name', kind: own.kind, ready: accounts.some((account) => account.enabled && !accountBlock(account, snapshot, now)) };
}

function patternState(pattern: string, snapshot: Routes, now: number): TargetState {
  const fits = patternTest([pattern]);
  const models = snapshot.models.filter(
    (model) => model.kind === 'model' && (fits(model.name) || (!pattern.includes('/') && fits(bareId(model)))),
  );
  return { is: 'pattern', models: models.length, ready: models.some(({ name }) => modelState(name, snapshot, now).is === 'ready') };
}

function modelState(target: string, snapshot: Routes, now: number): TargetState {
  const candidates = accountsFor(target, snapshot).sort((a, b) => a.account.priority - b.account.priority);
  const blocked = candidates.flatMap(({ account, model }) => {
    const block = accountBlock(account, snapshot, now) ?? modelBlock(account, model, snapshot, now);
    return block ? [{ account, block }] : [];
  });
  const free = candidates.filter(({ account }) => !blocked.some((entry) => entry.account === account));
  const first = free[0];
  if (first) return { is: 'ready', account: first.account, others: free.length - 1 };
  const soonest = blocked.sort((a, b) => (a.block.until ?? Number.POSITIVE_INFINITY) - (b.block.until ?? Number.POSITIVE_INFINITY))[0];
  return soonest ? { is: 'blocked', ...soonest } : { is: 'nobody' };
}

/** `prefix/model` means every account with the prefix, a bare id every account that lists it. */
function accountsFor(target: string, { accounts, models }: Routes): { account: AccountView; model: string }[] {
  const enabled = accounts.filter((account) => account.enabled);
  const slash = target.indexOf('/');
  const prefixed = slash > 0 ? enabled.filter(({ prefix }) => prefix === target.slice(0, slash)) : [];
  if (prefixed.length > 0) return prefixed.map((account) => ({ account, model: target.slice(slash + 1) }));
  const listing = models.filter((model) => model.kind === 'model' && bareId(model) === target).flatMap((model) => model.accounts);
  return enabled.filter(({ id }) => listing.includes(id)).map((account) => ({ account, model: target }));
}

function bareId({ name }: ModelView): string {
  return name.slice(name.indexOf('/') + 1);
}
