import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import type { Drafts } from './drafts.ts';

/** What the page shows beside its list. */
export type View =
  | { is: 'combo'; name: string }
  /** One that is not saved yet: the key of its draft. */
  | { is: 'new'; key: string }
  /** Who would answer any name: a model's, an alias, `auto`. */
  | { is: 'ask'; name: string }
  | { is: 'nothing' };

/** No name of a combo holds a slash first. */
const NEW = '/new';
const ASK = '/ask';

/** What a link's item points at; without one the first combo. */
export function viewOf(item: string | undefined, combos: readonly Pick<ComboConfig, 'name'>[], drafts: Drafts): View {
  if (item === undefined || item.startsWith(NEW))
    return item !== undefined && drafts[item] ? { is: 'new', key: item } : first(combos, drafts);
  if (item === ASK) return { is: 'ask', name: '' };
  // A draft of a combo that was removed elsewhere is still there to be saved.
  if (combos.some(({ name }) => name === item) || drafts[item]) return { is: 'combo', name: item };
  return { is: 'ask', name: item };
}

/** The item that leads there again. */
export function itemOf(view: View): string | undefined {
  switch (view.is) {
    case 'combo':
      return view.name;
    case 'new':
      return view.key;
    case 'ask':
      return view.name === '' ? ASK : view.name;
    case 'nothing':
      return undefined;
  }
}

export function isNewKey(key: string): boolean {
  return key.startsWith(NEW);
}

/** A key no draft has. */
export function freeKey(drafts: Drafts): string {
  let turn = 1;
  while (drafts[`${NEW}${turn}`]) turn += 1;
  return `${NEW}${turn}`;
}

function first(combos: readonly Pick<ComboConfig, 'name'>[], drafts: Drafts): View {
  const [combo] = combos;
  if (combo) return { is: 'combo', name: combo.name };
  const key = Object.keys(drafts).find(isNewKey);
  return key === undefined ? { is: 'nothing' } : { is: 'new', key };
}
