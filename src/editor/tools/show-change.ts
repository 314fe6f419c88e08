import { basename } from 'node:path';
import { commands, type Disposable, TabInputTextDiff, type TextDocumentContentProvider, Uri, window, workspace } from 'vscode';
import type { PreviewFile } from '../../clients/setup-contract.ts';
import type { ShownChange } from './flows/context.ts';

const SCHEME = 'omniroute-setup';

type Pair = { present: Uri; planned: Uri; name: string };

/** Shows changes in VS Code's own diff editor; several files in its multi-file one where it has that. Nothing is on disk but what was there. */
export class ChangeViewer implements TextDocumentContentProvider, Disposable {
  readonly #texts = new Map<string, string>();
  readonly #registered: Disposable;
  #count = 0;

  constructor() {
    this.#registered = workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async show(title: string, files: readonly PreviewFile[]): Promise<ShownChange> {
    this.#count += 1;
    const pairs = files.map((file) => this.#pair(file));
    await opened(title, pairs);
    return { close: async () => await this.#close(pairs) };
  }

  dispose(): void {
    this.#registered.dispose();
  }

  #pair({ path, realPath, exists, shown }: PreviewFile): Pair {
    const present = exists ? Uri.file(realPath) : this.#text(realPath, 'none', '');
    return { present, planned: this.#text(realPath, 'planned', shown), name: basename(path) };
  }

  /** The file's own path: editors show it, and know the language by it. */
  #text(path: string, side: string, text: string): Uri {
    const uri = Uri.file(path).with({ scheme: SCHEME, query: `${this.#count}-${side}` });
    this.#texts.set(uri.toString(), text);
    return uri;
  }

  async #close(pairs: readonly Pair[]): Promise<void> {
    const planned = new Set(pairs.map((pair) => pair.planned.toString()));
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs).filter(({ input }) => isOf(input, planned));
    if (tabs.length > 0) await window.tabGroups.close(tabs, true);
    for (const pair of pairs) for (const uri of [pair.planned, pair.present]) this.#texts.delete(uri.toString());
  }
}

async function opened(title: string, pairs: readonly Pair[]): Promise<void> {
  const [first] = pairs;
  if (!first) return;
  if (pairs.length === 1) {
    await commands.executeCommand('vscode.diff', first.present, first.planned, `${title}: ${first.name}`, { preview: true });
    return;
  }
  const several = pairs.map(({ present, planned }) => [present, present, planned]);
  await commands.executeCommand('vscode.changes', title, several);
}

/** The multi-file editor is a kind of tab of its own, with the pairs in it (VS Code 1.90 and later; not in the API's types). */
function isOf(input: unknown, planned: ReadonlySet<string>): boolean {
  if (input instanceof TabInputTextDiff) return planned.has(input.modified.toString());
  if (typeof input !== 'object' || input === null || !('textDiffs' in input) || !Array.isArray(input.textDiffs)) return false;
  return input.textDiffs.some((diff: unknown) => isOf(diff, planned));
}
