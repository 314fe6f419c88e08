import { Disposable, window } from 'vscode';
import { command } from '../commands/handler.ts';
import type { Command } from '../contributions.ts';
import type { Editor } from '../editor.ts';
import { refOf } from '../views/item.ts';
import { itemsOf } from '../views/selection.ts';
import type { PageId } from './contract/place.ts';
import { OverviewView } from './side.ts';
import { DashboardTab, TAB_TYPE } from './tab.ts';

/** The icon in a view's title opens the page that shows the same at length. */
const PAGE_OF: readonly [Command, PageId][] = [
  ['omniroute.dashboard.providers', 'providers'],
  ['omniroute.dashboard.combos', 'combos'],
  ['omniroute.dashboard.quota', 'quota'],
  ['omniroute.dashboard.requests', 'requests'],
  ['omniroute.dashboard.tools', 'tools'],
];

/** The dashboard: in a tab, and its overview among our views. What it is made of is loaded when it is first shown. */
export function register(editor: Editor): Disposable {
  const tab = new DashboardTab(editor);
  return Disposable.from(
    tab,
    command(editor, 'omniroute.openDashboard', (argument) => openAt(tab, argument)),
    command(editor, 'omniroute.showInDashboard', (item, all) => openAt(tab, itemsOf(item, all)[0])),
    ...PAGE_OF.map(([name, page]) => command(editor, name, () => tab.open({ page }))),
    window.registerWebviewPanelSerializer(TAB_TYPE, {
      deserializeWebviewPanel: (panel, state: unknown) => tab.fill(panel, async () => (await import('./place-of.ts')).keptPlace(state)),
    }),
    window.registerWebviewViewProvider('omniroute.overview', new OverviewView(editor, tab)),
  );
}

/** `argument`: a page's id, a place, or an item of a tree. */
async function openAt(tab: DashboardTab, argument: unknown): Promise<void> {
  const { placeOf } = await import('./place-of.ts');
  await tab.open(placeOf(argument, refOf(argument)));
}
