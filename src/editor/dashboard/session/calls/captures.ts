import type { captureCalls } from '../../contract/calls/captures.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function captureHandlers({ admin }: DashboardDeps): Pick<Handlers, keyof typeof captureCalls> {
  return {
    captures: async (_params, signal) => await admin.captures(signal),
    capture: async ({ id }, signal) => (await admin.capture(id, signal)) ?? null,
    keepCaptures: async ({ last }) => {
      await admin.editSettings({ ledger: { capture: { last } } });
      return null;
    },
    clearCaptures: async () => {
      await admin.clearCaptures();
      return null;
    },
  };
}
