import { Disposable, env } from 'vscode';
import type { Editor } from '../editor.ts';
import { Emitter } from '../emitter.ts';
import { useLocale } from '../format/index.ts';
import { onSettingChange, readSetting } from '../settings.ts';
import { combosDrag } from './combos/drag.ts';
import { comboNodes } from './combos/nodes.ts';
import { Pending } from './pending.ts';
import { LazyFacts } from './provider-facts.ts';
import { providersDrag } from './providers/drag.ts';
import { providerNodes } from './providers/nodes.ts';
import { quotaNodes } from './quota/nodes.ts';
import { requestNodes } from './requests/nodes.ts';
import { follow } from './selection.ts';
import { createTree } from './tree/tree-view.ts';

/** The four trees of the view container. */
export function register(editor: Editor): Disposable {
  useLocale(env.language);
  const pending = pendingOf(editor);
  const facts = new LazyFacts();
  const firstSeen = (): void => void facts.load().catch((error) => editor.log.error('The provider catalogue could not be loaded.', error));
  const hidden = new Emitter<void>();
  const trees = [
    createTree(editor, {
      view: 'omniroute.providers',
      slices: ['loaded', 'accounts', 'health', 'quota', 'budgets', 'models', 'todayByAccount'],
      nodes: (snapshot, now) => providerNodes(pending.over(snapshot), now, readSetting('models.hidden'), facts.of),
      also: [facts.onDidLoad, pending.onDidChange, hidden.event],
      firstSeen,
      dragAndDrop: providersDrag(editor, pending),
      manySelected: true,
    }),
    createTree(editor, {
      view: 'omniroute.combos',
      slices: ['loaded', 'combos', 'accounts', 'health', 'quota', 'budgets', 'models'],
      nodes: (snapshot, now) => comboNodes(pending.over(snapshot), now),
      also: [pending.onDidChange],
      dragAndDrop: combosDrag({ ...editor, pending }),
      manySelected: true,
    }),
    createTree(editor, {
      view: 'omniroute.quota',
      slices: ['loaded', 'accounts', 'quota', 'budgets'],
      nodes: (snapshot, now) => quotaNodes(snapshot, now, facts.of),
      also: [facts.onDidLoad],
      firstSeen,
    }),
    createTree(editor, { view: 'omniroute.requests', slices: ['loaded', 'requests'], nodes: requestNodes }),
  ];
  return Disposable.from(
    ...trees,
    ...trees.map((tree) => follow(tree.view)),
    onSettingChange('models.hidden', () => hidden.fire()),
    hidden,
  );
}

const pendings = new WeakMap<Editor, Pending>();

/** What commands and drags have arranged and the gateway has not yet said: one for all. */
export function pendingOf(editor: Editor): Pending {
  const known = pendings.get(editor) ?? new Pending();
  pendings.set(editor, known);
  return known;
}
