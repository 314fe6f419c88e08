import * as z from 'zod';
import type { ItemRef } from '../views/item.ts';
import { PAGES, type Place, placeSchema } from './contract/place.ts';

const pageId = z.enum(PAGES);
const state = z.object({ place: placeSchema });

/** What `omniroute.openDashboard` was called with: a page's id, a place, or an item of a tree; `undefined`: wherever it is. */
export function placeOf(argument: unknown, ref: ItemRef | undefined): Place | undefined {
  if (ref) return placeOfItem(ref);
  const page = pageId.safeParse(argument);
  return page.success ? { page: page.data } : placeSchema.safeParse(argument).data;
}

/** Where the page was before the window was reloaded. */
export function keptPlace(saved: unknown): Place {
  return state.safeParse(saved).data?.place ?? { page: 'overview' };
}

function placeOfItem(ref: ItemRef): Place {
  switch (ref.kind) {
    case 'group':
      return ref.name === 'budgets' ? { page: 'usage', item: 'budgets' } : { page: 'providers' };
    case 'auto':
      return { page: 'combos', item: ref.name };
    case 'account':
    case 'model':
      return { page: 'providers', item: ref.account };
    case 'combo':
    case 'target':
      return { page: 'combos', item: ref.combo };
    case 'quota-account':
    case 'window':
      return { page: 'quota', item: ref.account };
    case 'budget':
      return { page: 'usage', item: 'budgets' };
    case 'request':
      return { page: 'requests', item: ref.request };
    case 'tool':
      return { page: 'tools', item: ref.tool };
    case 'copy':
      return { page: 'settings', item: 'backup' };
  }
}
