import * as l10n from '@vscode/l10n';
import { Disposable, env, Position, Selection, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Client } from '../../clients/client.ts';
import type { ToolLook } from '../../clients/tool-look.ts';
import { handle } from '../commands/handler.ts';
import type { Command } from '../contributions.ts';
import type { Editor } from '../editor.ts';
import { vscodeUi } from '../input/vscode-ui.ts';
import { offerOnMovedPort } from '../notifications/port-offer.ts';
import { refOf } from '../views/item.ts';
import { createTree } from '../views/tree/tree-view.ts';
import type { ToolDesk } from './desk.ts';
import { deskOf } from './desk-of.ts';
import { type ToolContext, whichTool } from './flows/context.ts';
import { rewriteMoved } from './flows/moved.ts';
import { revoke } from './flows/revoke.ts';
import { mend, setUp } from './flows/set-up.ts';
import { setUpAll } from './flows/set-up-all.ts';
import { copySnippet } from './flows/snippets.ts';
import { undo } from './flows/undo.ts';
import { verify } from './flows/verify.ts';
import { keepInStep } from './in-step.ts';
import { toolNodes } from './nodes.ts';
import { ChangeViewer } from './show-change.ts';

/** The view "Tools" and its commands. */
export function register(editor: Editor): Disposable {
  const desk = deskOf(editor);
  const viewer = new ChangeViewer();
  const context = contextOf(editor, desk, viewer);
  const tree = createTree(editor, {
    view: 'omniroute.tools',
    slices: ['requests', 'link'],
    nodes: ({ link, requests }, now) =>
      link.is === 'failed' || link.is === 'stopped' ? [] : toolNodes({ looks: desk.looks, state: desk.state, requests }, now),
    also: [desk.onDidChange],
  });
  const seen = tree.view.onDidChangeVisibility(({ visible }) => visible && void desk.lookAtAll());
  if (tree.view.visible) void desk.lookAtAll();
  return Disposable.from(
    desk,
    viewer,
    tree,
    seen,
    ...toolCommands(editor, context),
    handle(editor, 'omniroute.setUpAll', async () => await setUpAll(context)),
    handle(editor, 'omniroute.tool.copySnippet', async () => await copySnippet(context)),
    handle(editor, 'omniroute.tool.lookAgain', async () => await desk.lookAtAll()),
    offerOnMovedPort(async (moved) => await rewriteMoved(context, moved)),
    keepInStep(editor, desk, (count) => {
      tree.view.badge = count === 0 ? undefined : { value: count, tooltip: l10n.t('Not as they were set up: {0}', count) };
    }),
  );
}

function contextOf({ admin, live }: Editor, desk: ToolDesk, viewer: ChangeViewer): ToolContext {
  return {
    ui: vscodeUi,
    desk,
    live,
    admin,
    showChange: async (title, files) => await viewer.show(title, files),
    openFile: async (path, place) => {
      const document = await workspace.openTextDocument(Uri.file(path));
      const at = new Position(Math.max(0, (place?.line ?? 1) - 1), Math.max(0, (place?.column ?? 1) - 1));
      await window.showTextDocument(document, { selection: new Selection(at, at) });
    },
    showText: async (_title, content, language = 'markdown') => {
      const document = await workspace.openTextDocument({ content, language });
      await window.showTextDocument(document, { preview: true, viewColumn: ViewColumn.Active });
    },
    copy: async (text) => await env.clipboard.writeText(text),
    now: Date.now,
  };
}

interface ToolCommand {
  command: Command;
  run(context: ToolContext, client: Client): Promise<void>;
  fits(look: ToolLook): boolean;
  title(): string;
  none(): string;
}

const nothingOurs = (): string => l10n.t('No tool is set up by OmniRoute.');

const COMMANDS_OF_TOOLS: readonly ToolCommand[] = [
  {
    command: 'omniroute.tool.setUp',
    run: setUp,
    fits: ({ found, client, applied }) => found.installed || applied !== undefined || client.instructions !== undefined,
    title: () => l10n.t('Set Up a Tool'),
    none: () => l10n.t('No tool was found on this machine.'),
  },
  {
    command: 'omniroute.tool.undo',
    run: undo,
    fits: ({ applied }) => applied !== undefined,
    title: () => l10n.t('Undo Tool Setup'),
    none: nothingOurs,
  },
  {
    command: 'omniroute.tool.verify',
    run: verify,
    fits: ({ key }) => 'row' in key,
    title: () => l10n.t('Verify a Tool'),
    none: nothingOurs,
  },
  {
    command: 'omniroute.tool.mend',
    run: mend,
    fits: ({ state }) => state.is === 'drifted',
    title: () => l10n.t('Mend Tool Setup'),
    none: () => l10n.t('Every tool is as it was set up.'),
  },
  {
    command: 'omniroute.tool.revoke',
    run: revoke,
    fits: ({ key }) => 'row' in key,
    title: () => l10n.t('Revoke a Tool’s Key'),
    none: () => l10n.t('No tool has a key of its own.'),
  },
  {
    command: 'omniroute.tool.openFile',
    run: openSettings,
    fits: ({ applied, state }) => state.is === 'broken' || (applied?.files.length ?? 0) > 0,
    title: () => l10n.t('Open the Settings of a Tool'),
    none: nothingOurs,
  },
];

function toolCommands(editor: Editor, context: ToolContext): Disposable[] {
  return COMMANDS_OF_TOOLS.map(({ command, run, fits, title, none }) =>
    handle(editor, command, async (argument) => {
      const client = await whichTool(context, toolOf(argument), { title: title(), none: none(), fits });
      if (client) await run(context, client);
    }),
  );
}

/** From an item of the view, or by its id from a link. */
function toolOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') return argument;
  const ref = refOf(argument);
  return ref?.kind === 'tool' ? ref.tool : undefined;
}

async function openSettings({ desk, openFile, ui }: ToolContext, client: Client): Promise<void> {
  const { state, applied } = await desk.lookAt(client);
  if (state.is === 'broken') {
    const { line, column } = state;
    return await openFile(state.path, { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) });
  }
  const path = applied?.files[0]?.path;
  if (path === undefined) await ui.tell('info', nothingOurs());
  else await openFile(path);
}
