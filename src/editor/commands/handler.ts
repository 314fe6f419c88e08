import * as l10n from '@vscode/l10n';
import { commands, type Disposable } from 'vscode';
import type { Command } from '../contributions.ts';
import type { Editor } from '../editor.ts';
import { vscodeUi } from '../input/vscode-ui.ts';
import { failureText } from './account/failure-text.ts';

/** What a command is given: a tree item or a link's argument, and in a view with several chosen all of them. */
type Run = (argument: unknown, all: unknown) => Promise<void>;

/** Registers a command; what goes wrong in it is told as the gateway or the system says it, and noted. */
export function command(editor: Editor, name: Command, run: Run): Disposable {
  return commands.registerCommand(name, async (argument: unknown, all: unknown) => {
    try {
      await run(argument, all);
    } catch (thrown) {
      const message = failureText(thrown);
      editor.log.warn(`${name} failed: ${message}`);
      void tellFailure(editor, message);
    }
  });
}

/** A command that changes what the views show: they are read anew when it is over. */
export function handle(editor: Editor, name: Command, run: Run): Disposable {
  return command(editor, name, async (argument, all) => {
    try {
      await run(argument, all);
    } finally {
      void editor.live.refresh('accounts', 'models', 'health', 'budgets');
    }
  });
}

async function tellFailure({ log }: Editor, message: string): Promise<void> {
  const show = l10n.t('Show Log');
  if ((await vscodeUi.tell('error', message, show)) === show) log.show();
}
