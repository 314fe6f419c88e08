import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import { nameProblem } from '../../../src/editor/commands/combo/combo-name.ts';
import type { Problem } from '../../../src/editor/input/ui.ts';
import { useApp } from '../../app.ts';
import { CallError } from '../../host/host.ts';
import { errorOf } from '../../host/thrown.ts';
import { changed, dropped, EMPTY, type Merged, merged, rebased } from './drafts.ts';
import type { Desk } from './index.tsx';
import { refusalWords } from './rows.ts';
import type { View } from './view-of.ts';

/** What the gateway did not take: its words, and the field they are about. */
export interface Refused {
  message: string;
  param: string | undefined;
}

export interface Editing extends Merged {
  isNew: boolean;
  /** It was there when the draft began, and is no more. */
  gone: boolean;
  busy: boolean;
  refused: Refused | undefined;
  nameProblem: Problem | undefined;
  change(patch: Partial<ComboConfig>): void;
  discard(): void;
  /** The user has seen what was changed elsewhere, and goes on from there. */
  keepMine(): void;
  save(): Promise<void>;
}

/** One combo, as it is saved or as the user has changed it. */
export function useEditing(view: Extract<View, { is: 'combo' | 'new' }>, desk: Desk): Editing {
  const { combos, drafts, setDrafts, show } = desk;
  const isNew = view.is === 'new';
  const key = isNew ? view.key : view.name;
  const found = isNew ? undefined : combos.find(({ name }) => name === key);
  const { state, problem } = useMemo(() => stateOf(desk, key, found, isNew), [desk, key, found, isNew]);
  const { save, busy, refused, forget } = useSaving(desk, key, state.combo, isNew || !found);
  const change = useCallback(
    (patch: Partial<ComboConfig>) => {
      forget();
      setDrafts(changed(drafts, key, found, withPatch(state.combo, patch)));
    },
    [forget, setDrafts, drafts, key, found, state.combo],
  );
  const discard = (): void => {
    forget();
    setDrafts(dropped(drafts, key));
    if (!found) show({ is: 'nothing' });
  };
  const keepMine = (): void => {
    if (found) setDrafts(rebased(drafts, key, found));
  };
  const allowed = state.dirty && problem?.severity !== 'error' && !busy;
  const saveIt = async (): Promise<void> => (allowed ? await save() : undefined);
  useSaveKey(saveIt);
  return { ...state, isNew, gone: !isNew && !found, busy, refused, nameProblem: problem, change, discard, keepMine, save: saveIt };
}

function stateOf(desk: Desk, key: string, found: ComboConfig | undefined, isNew: boolean): { state: Merged; problem: Problem | undefined } {
  const draft = desk.drafts[key];
  const state = draft ? merged(draft, found) : clean(found);
  const problem = isNew ? nameProblem(state.combo.name, desk.routes) : undefined;
  return { state, problem };
}

function clean(combo: ComboConfig | undefined): Merged {
  return { combo: combo ?? EMPTY, dirty: false, elsewhere: [], both: [] };
}

/** `undefined` takes a field away. */
function withPatch(combo: ComboConfig, patch: Partial<ComboConfig>): ComboConfig {
  const entries = Object.entries({ ...combo, ...patch }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as ComboConfig;
}

function useSaving(
  desk: Desk,
  key: string,
  combo: ComboConfig,
  isNew: boolean,
): Pick<Editing, 'busy' | 'refused' | 'save'> & { forget(): void } {
  const { host } = useApp();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused>();
  const current = useRef(desk);
  current.current = desk;
  const save = useCallback(async () => {
    setBusy(true);
    setRefused(undefined);
    try {
      const saved = await host.call('saveCombo', { combo, isNew });
      const { drafts, setDrafts, show } = current.current;
      current.current.saved(saved);
      setDrafts(dropped(drafts, key));
      if (key !== saved.name) show({ is: 'combo', name: saved.name });
    } catch (error) {
      setRefused(refusedOf(error));
    } finally {
      setBusy(false);
    }
  }, [host, combo, isNew, key]);
  return { busy, refused, save, forget: useCallback(() => setRefused(undefined), []) };
}

function refusedOf(error: unknown): Refused {
  if (error instanceof CallError) return { message: refusalWords(error.message, error.param), param: error.param };
  return { message: errorOf(error).message, param: undefined };
}

/** Ctrl+S, Cmd+S. */
function useSaveKey(save: () => Promise<void>): void {
  const current = useRef(save);
  current.current = save;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      void current.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}
