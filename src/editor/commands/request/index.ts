import * as l10n from '@vscode/l10n';
import { commands, Disposable, env, window } from 'vscode';
import type { Place } from '../../dashboard/contract/place.ts';
import type { Editor } from '../../editor.ts';
import { itemsOf } from '../../views/selection.ts';
import { command } from '../handler.ts';

/** The commands about requests. */
export function register(editor: Editor): Disposable {
  return Disposable.from(
    command(editor, 'omniroute.request.details', async (item, all) => {
      const id = requestOf(item, all);
      if (id !== undefined) await commands.executeCommand('omniroute.openDashboard', placeOfRequest(id));
    }),
    command(editor, 'omniroute.request.copyId', async (item, all) => {
      const id = requestOf(item, all);
      if (id === undefined) return;
      await env.clipboard.writeText(id);
      window.setStatusBarMessage(l10n.t('Copied {0}.', id), 3000);
    }),
  );
}

function requestOf(item: unknown, all: unknown): string | undefined {
  const ref = itemsOf(item, all)[0]?.ref;
  return ref?.kind === 'request' ? ref.request : undefined;
}

function placeOfRequest(id: string): Place {
  return { page: 'requests', item: id };
}
