import { Disposable } from 'vscode';
import type { Editor } from '../editor.ts';
import * as combo from './combo/index.ts';
import * as model from './model/index.ts';
import * as request from './request/index.ts';
import { VirtualDocuments } from './virtual-documents.ts';

/** The commands of the trees' items: combos, models, requests. */
export function register(editor: Editor): Disposable {
  const documents = new VirtualDocuments();
  return Disposable.from(documents.register(), combo.register(editor, documents), model.register(editor), request.register(editor));
}
