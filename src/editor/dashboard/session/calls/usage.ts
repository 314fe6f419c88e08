import type { usageCalls } from '../../contract/calls/usage.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function usageHandlers({ admin }: DashboardDeps): Pick<Handlers, keyof typeof usageCalls> {
  return {
    usage: async (query, signal) => await admin.usage(query, signal),
  };
}
