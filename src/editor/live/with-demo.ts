import type { AccountView, ComboConfig } from '../admin/api.ts';

/** The built-in provider: there without an account of the user's, after all others. */
const DEMO: AccountView = {
  id: 'demo',
  provider: 'demo',
  name: 'Demo',
  prefix: 'demo',
  tier: 'free',
  priority: 1_000_000,
  enabled: true,
  proxy: null,
  health: [],
};

/** Best priority first; the demo is among them while nothing else is on, a combo names it, or it was asked today. */
export function withDemo(accounts: readonly AccountView[], combos: readonly ComboConfig[], askedToday: boolean): AccountView[] {
  const sorted = [...accounts].sort((a, b) => a.priority - b.priority);
  if (accounts.some(({ id }) => id === DEMO.id)) return sorted;
  const named = combos.some(({ targets }) => targets.some((target) => target.startsWith('demo/')));
  const alone = !accounts.some(({ enabled }) => enabled);
  return named || alone || askedToday ? [...sorted, DEMO] : sorted;
}

/** The name the demo's requests are kept under. */
export const DEMO_NAME = DEMO.name;
