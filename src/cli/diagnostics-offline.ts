import type { AdminReader } from '../diagnostics/index.ts';
import { offlineRouter } from './offline.ts';

/** What the files of a data folder tell in place of a running gateway. */
export function offlineReader(folder: string): AdminReader {
  return {
    get: async (path) => {
      const { health, router } = await offlineRouter(folder, () => {});
      if (path.startsWith('/admin/health')) return { health: health.list(), limits: router.limits.list() };
      if (path.startsWith('/admin/budgets/state')) return { budgets: router.budgets.list() };
      throw new Error('known to a running gateway alone');
    },
  };
}
