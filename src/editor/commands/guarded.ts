import * as l10n from '@vscode/l10n';
import { commands, type Disposable, window } from 'vscode';
import type { Command } from '../contributions.ts';
import type { Editor } from '../editor.ts';
import { failureText } from './account/failure-text.ts';

/** A command whose failures are told in the words they came with, and noted. */
export function command({ log }: Editor, name: Command, run: (argument: unknown, all: unknown) => Promise<void>): Disposable {
  return commands.registerCommand(name, async (argument: unknown, all: unknown) => {
    try {
      await run(argument, all);
    } catch (error) {
      const message = failureText(error);
      log.warn(`${name} failed: ${message}`);
      const show = l10n.t('Show Log');
      if ((await window.showErrorMessage(message, show)) === show) log.show();
    }
  });
}
