import type { usageCalls } from '../../contract/calls/usage.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';
import { named, usageView } from '../usage/view.ts';

/** As many as the gateway gives at once. */
const PAGE = '1000';

export function usageHandlers({ admin }: DashboardDeps): Pick<Handlers, keyof typeof usageCalls> {
  return {
    usage: async (query, signal) => await admin.usage(query, signal),
    usageView: async (asked, signal) => await usageView(admin, asked, signal, Date.now()),
    usageRequests: async ({ since, until, where, before }, signal) => {
      const query = { ...named(where), since: String(since), until: String(until), limit: PAGE };
      return await admin.requests(before === undefined ? query : { ...query, before }, signal);
    },
  };
}
