import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import type { Routes } from '../../../src/editor/views/combos/target-state.ts';
import { useApp, useSlice } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/layout.tsx';
import { Loading } from '../../ui/states.tsx';
import { AskPanel } from './ask-panel.tsx';
import { ComboList } from './combo-list.tsx';
import { type Drafts, EMPTY, freeName } from './drafts.ts';
import { Editor } from './editor.tsx';
import { NoCombos } from './no-combos.tsx';
import { useCombos, useDrafts, useFollowing, useRoutes } from './use-combos.ts';
import { freeKey, isNewKey, itemOf, type View, viewOf } from './view-of.ts';

/** What the parts of this page work with. */
export interface Desk {
  combos: readonly ComboConfig[];
  routes: Routes;
  drafts: Drafts;
  setDrafts(drafts: Drafts): void;
  /** Shows one just saved at once. */
  saved(combo: ComboConfig): void;
  show(view: View): void;
  /** Opens a draft of a new combo, under a name that is free. */
  begin(like: Partial<ComboConfig> & { name: string }): void;
}

export function Combos(): VNode {
  const { place } = useApp();
  const loaded = useSlice('loaded');
  const desk = useDesk();
  const view = viewOf(place.item, desk.combos, desk.drafts);
  useFollowing(view.is === 'combo' ? view.name : undefined, desk.combos, desk.drafts, desk.setDrafts);
  const make = (): void => desk.begin({ name: 'best' });
  return (
    <Page
      title={l10n.t('Combos')}
      actions={
        <Button icon="add" kind={view.is === 'nothing' ? 'secondary' : 'primary'} onClick={make}>
          {l10n.t('New Combo')}
        </Button>
      }
    >
      {loaded === false && desk.combos.length === 0 ? <Loading rows={8} /> : <Body view={view} desk={desk} />}
    </Page>
  );
}

function Body({ view, desk }: { view: View; desk: Desk }): VNode {
  if (view.is === 'nothing') return <NoCombos desk={desk} />;
  return (
    <div class="combos">
      <ComboList view={view} desk={desk} />
      <div class="combo-open">
        {view.is === 'ask' ? (
          <AskPanel key={view.name} name={view.name} desk={desk} />
        ) : (
          <Editor key={itemOf(view)} view={view} desk={desk} />
        )}
      </div>
    </div>
  );
}

function useDesk(): Desk {
  const { go } = useApp();
  const { combos, saved } = useCombos();
  const routes = useRoutes(combos);
  const [drafts, setDrafts] = useDrafts();
  const show = useCallback(
    (view: View) => {
      const item = itemOf(view);
      go({ page: 'combos', ...(item === undefined ? {} : { item }) });
    },
    [go],
  );
  return useMemo(() => {
    const begin: Desk['begin'] = (like) => {
      const key = freeKey(drafts);
      const taken = [...combos, ...Object.entries(drafts).flatMap(([own, { now }]) => (isNewKey(own) ? [now] : []))];
      const name = freeName(
        like.name,
        [...taken, ...routes.models].map((entry) => entry.name),
      );
      setDrafts({ ...drafts, [key]: { base: null, now: { ...EMPTY, ...like, name } } });
      show({ is: 'new', key });
    };
    return { combos, routes, drafts, setDrafts, saved, show, begin };
  }, [combos, routes, drafts, setDrafts, saved, show]);
}
