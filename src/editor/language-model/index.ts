import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { register as manageModels } from '../commands/manage-models.ts';
import type { Editor } from '../editor.ts';
import type { Disposable } from '../emitter.ts';
import { onSettingChange, readSetting } from '../settings.ts';
import type { Piece } from './answer-reader.ts';
import type { AskError } from './ask-error.ts';
import { chosenEffort } from './effort-choice.ts';
import { informationOf, type ModelInformation, sameList } from './information.ts';
import { readTurn, type Turn } from './parts.ts';
import { estimateText, estimateTurn } from './token-estimate.ts';

/** What newer editors add to the options of a request (seen in 1.139). */
type Options = vscode.ProvideLanguageModelChatResponseOptions & { requestInitiator?: unknown; modelConfiguration?: unknown };
type Report = vscode.Progress<vscode.LanguageModelResponsePart>;

/** Classes that came after 1.104, our minimum: data parts are final since, thoughts still proposed but there for every extension (1.139). */
interface NewerParts {
  LanguageModelDataPart?: new (data: Uint8Array, mimeType: string) => vscode.LanguageModelResponsePart;
  LanguageModelThinkingPart?: new (text: string, id?: string, metadata?: object) => vscode.LanguageModelResponsePart;
}

const VENDOR = 'omniroute';
/** Asked silently, the editor waits for nobody: longer than this the list is empty, and the change told. */
const SILENT_MS = 3000;
const ASKED_MS = 10_000;

/** Our models in VS Code's Language Model API: Copilot Chat's picker, and `vscode.lm` of every extension. */
export function register(editor: Editor): Disposable {
  const changed = new vscode.EventEmitter<void>();
  const models = new Models(editor, () => changed.fire());
  const provider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: (options, token) => models.list(options.silent ? SILENT_MS : ASKED_MS, token),
    provideLanguageModelChatResponse: (model, messages, options, progress, token) =>
      answer(editor, model.id, messages, options, progress, token),
    provideTokenCount: (_model, text) => Promise.resolve(typeof text === 'string' ? estimateText(text) : estimateTurn(readTurn(text))),
  } satisfies vscode.LanguageModelChatProvider<ModelInformation>;
  return vscode.Disposable.from(vscode.lm.registerLanguageModelChatProvider(VENDOR, provider), models, changed, manageModels(editor));
}

/** The list as the editor has it, which is told only when it would find another. */
class Models {
  readonly #editor: Editor;
  readonly #subscriptions: Disposable[];
  readonly #changed: () => void;
  #told: ModelInformation[] = [];

  constructor(editor: Editor, changed: () => void) {
    this.#editor = editor;
    this.#changed = changed;
    this.#subscriptions = [
      editor.live.onDidChange((slices) => {
        if (slices.has('models') || slices.has('accounts') || slices.has('loaded')) this.#check();
      }),
      onSettingChange('models.hidden', () => this.#check()),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async list(patienceMs: number, token: vscode.CancellationToken): Promise<ModelInformation[]> {
    if (!this.#editor.live.snapshot.loaded) await this.#loaded(patienceMs, token);
    this.#told = this.#now();
    return this.#told;
  }

  #now(): ModelInformation[] {
    return informationOf(this.#editor.live.snapshot, readSetting('models.hidden'), Date.now());
  }

  #check(): void {
    if (!sameList(this.#told, this.#now())) this.#changed();
  }

  #loaded(patienceMs: number, token: vscode.CancellationToken): Promise<void> {
    return new Promise((resolve) => {
      const ends: Disposable[] = [];
      const done = (): void => {
        clearTimeout(timer);
        for (const end of ends) end.dispose();
        resolve();
      };
      const timer = setTimeout(done, patienceMs);
      ends.push(
        token.onCancellationRequested(done),
        this.#editor.live.onDidChange(() => {
          if (this.#editor.live.snapshot.loaded) done();
        }),
      );
    });
  }
}

async function answer(
  editor: Editor,
  model: string,
  messages: readonly vscode.LanguageModelChatRequestMessage[],
  options: Options,
  progress: Report,
  token: vscode.CancellationToken,
): Promise<void> {
  const abort = new AbortController();
  const cancelled = token.onCancellationRequested(() => abort.abort());
  if (token.isCancellationRequested) abort.abort();
  try {
    // Read when first needed: nobody should wait for it at start-up.
    const { ask } = await import('./ask.ts');
    const turns: Turn[] = messages.map(readTurn);
    const { tools = [], toolMode, modelOptions = {}, requestInitiator, modelConfiguration } = options;
    await ask(
      (path, request) => editor.link.request(path, request),
      {
        model,
        turns,
        tools: [...tools],
        mustCall: toolMode === vscode.LanguageModelChatToolMode.Required,
        options: modelOptions,
        effort: chosenEffort(modelConfiguration),
        initiator: typeof requestInitiator === 'string' ? requestInitiator : undefined,
        signal: abort.signal,
      },
      (piece) => give(piece, progress),
    );
  } catch (error) {
    if (abort.signal.aborted) throw new vscode.CancellationError();
    throw asLanguageModelError(error);
  } finally {
    cancelled.dispose();
  }
}

function give(piece: Piece, progress: Report): void {
  const { LanguageModelDataPart, LanguageModelThinkingPart } = vscode as NewerParts;
  switch (piece.type) {
    case 'text':
      progress.report(new vscode.LanguageModelTextPart(piece.text));
      break;
    case 'tool-call':
      progress.report(new vscode.LanguageModelToolCallPart(piece.id, piece.name, piece.input));
      break;
    case 'thinking':
      if (LanguageModelThinkingPart) progress.report(new LanguageModelThinkingPart(piece.text, piece.id, piece.metadata));
      break;
    case 'data':
      if (LanguageModelDataPart) progress.report(new LanguageModelDataPart(piece.data, piece.mimeType));
      break;
  }
}

/** A class of ours by its name: the module that has it may not have been read. */
function isAskError(error: unknown): error is AskError {
  return error instanceof Error && error.name === 'AskError' && 'failure' in error;
}

function asLanguageModelError(error: unknown): Error {
  if (!isAskError(error)) return error instanceof Error ? error : new Error(l10n.t('The request failed: {0}', String(error)));
  switch (error.failure) {
    case 'not-found':
      return vscode.LanguageModelError.NotFound(error.message);
    case 'no-permissions':
      return vscode.LanguageModelError.NoPermissions(error.message);
    case 'blocked':
      return vscode.LanguageModelError.Blocked(error.message);
    case 'other':
      return new Error(error.message);
  }
}
