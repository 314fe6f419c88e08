import { Disposable, EventEmitter, type TextDocumentContentProvider, Uri, ViewColumn, window, workspace } from 'vscode';

const SCHEME = 'omniroute';
/** Texts of tabs closed long ago are of no use; those kept are a few kilobytes each. */
const MOST = 50;

/** Texts to read in a tab: nothing to save, nothing on disk. */
export class VirtualDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changes = new EventEmitter<Uri>();
  readonly onDidChange = this.#changes.event;

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.path) ?? '';
  }

  /** The same title again shows the new text in the same tab. */
  async show(title: string, text: string): Promise<void> {
    const path = `/${title.replace(/[/\\]/g, '-')}.md`;
    this.#texts.delete(path);
    this.#texts.set(path, text);
    for (const old of [...this.#texts.keys()].slice(0, -MOST)) this.#texts.delete(old);
    const uri = Uri.from({ scheme: SCHEME, path });
    this.#changes.fire(uri);
    const document = await workspace.openTextDocument(uri);
    await window.showTextDocument(document, { preview: true, viewColumn: ViewColumn.Active });
  }

  register(): Disposable {
    return Disposable.from(workspace.registerTextDocumentContentProvider(SCHEME, this), this.#changes);
  }
}
