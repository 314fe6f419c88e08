import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import type { Routes } from '../../../src/editor/views/combos/target-state.ts';
import { useApp, useKept, useSlice } from '../../app.ts';
import { areDrafts, type Drafts, moved, renamedTo } from './drafts.ts';

const NONE: never[] = [];

/** The combos; one just saved is there before the editor tells of it. */
export function useCombos(): { combos: readonly ComboConfig[]; saved(combo: ComboConfig): void } {
  const told = useSlice('combos') ?? NONE;
  const [own, setOwn] = useState<{ over: readonly ComboConfig[]; combo: ComboConfig }>();
  const current = useRef(told);
  current.current = told;
  const saved = useCallback((combo: ComboConfig) => setOwn({ over: current.current, combo }), []);
  const combos = useMemo(() => (own && own.over === told ? withCombo(told, own.combo) : told), [told, own]);
  return { combos, saved };
}

function withCombo(combos: readonly ComboConfig[], combo: ComboConfig): ComboConfig[] {
  const at = combos.findIndex(({ name }) => name === combo.name);
  return at < 0 ? [...combos, combo] : combos.with(at, combo);
}

/** What tells where a target leads; the same object as long as nothing of it changed. */
export function useRoutes(combos: readonly ComboConfig[]): Routes {
  const accounts = useSlice('accounts') ?? NONE;
  const models = useSlice('models') ?? NONE;
  const health = useSlice('health') ?? NONE;
  const quota = useSlice('quota') ?? NONE;
  const budgets = useSlice('budgets') ?? NONE;
  return useMemo(() => ({ accounts, combos, models, health, quota, budgets }), [accounts, combos, models, health, quota, budgets]);
}

/** What is changed and not saved, kept through reloads. */
export function useDrafts(): [Drafts, (drafts: Drafts) => void] {
  return useKept<Drafts>('combos.drafts', {}, areDrafts);
}

/** The page goes with a combo that is renamed, wherever that is done, and on from one that is removed and has no draft. */
export function useFollowing(
  name: string | undefined,
  combos: readonly ComboConfig[],
  drafts: Drafts,
  setDrafts: (drafts: Drafts) => void,
): void {
  const { go } = useApp();
  const before = useRef(combos);
  useEffect(() => {
    const last = before.current;
    before.current = combos;
    if (name === undefined || last === combos || !last.some((combo) => combo.name === name)) return;
    if (combos.some((combo) => combo.name === name)) return;
    const to = renamedTo(name, last, combos);
    if (to !== undefined) {
      setDrafts(moved(drafts, name, to));
      go({ page: 'combos', item: to });
    } else if (!drafts[name]) go({ page: 'combos' });
  }, [name, combos, drafts, setDrafts, go]);
}
