import type { healthCalls } from '../../contract/calls/health.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function healthHandlers({ admin, live }: DashboardDeps): Pick<Handlers, keyof typeof healthCalls> {
  return {
    healthDetail: async (_params, signal) => {
      const [detail, status] = await Promise.all([admin.healthDetail(signal), admin.status(signal)]);
      return { ...detail, ...status };
    },
    resetHealth: async (scope) => {
      const entries = await admin.resetHealth(scope);
      void live.refresh('health', 'accounts');
      return entries;
    },
    ledger: async (_params, signal) => await admin.ledger(signal),
    refreshQuota: async ({ account }, signal) => {
      const read = await admin.refreshQuota(account, signal);
      void live.refresh('quota');
      return read;
    },
  };
}
