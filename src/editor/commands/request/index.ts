import * as l10n from '@vscode/l10n';
import { Disposable, env, window } from 'vscode';
import type { Editor } from '../../editor.ts';
import { itemsOf } from '../../views/selection.ts';
import { command } from '../handler.ts';
import type { VirtualDocuments } from '../virtual-documents.ts';
import { recordText } from './record-text.ts';

/** How far back the book is searched: the view shows 200, and more may have come since. */
const SEARCHED = '1000';

/** The commands about requests. */
export function register(editor: Editor, documents: VirtualDocuments): Disposable {
  return Disposable.from(
    command(editor, 'omniroute.request.details', async (item, all) => {
      const id = requestOf(item, all);
      if (id !== undefined) await showRequest(editor, documents, id);
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

async function showRequest({ admin }: Editor, documents: VirtualDocuments, id: string): Promise<void> {
  const record = (await admin.requests({ limit: SEARCHED })).find((entry) => entry.id === id);
  if (!record) {
    void window.showInformationMessage(l10n.t('This request is still under way; its record is written when it ends.'));
    return;
  }
  await documents.show(l10n.t('Request {0}', id), recordText(record));
}
