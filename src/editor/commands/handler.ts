import { commands, type Disposable } from 'vscode';
import type { Command } from '../contributions.ts';
import type { Editor } from '../editor.ts';
import { vscodeUi } from '../input/vscode-ui.ts';
import { failureText } from './account/failure-text.ts';

/** Registers a command; what goes wrong in it is told as the gateway says it. The argument is a tree item's, or a link's. */
export function handle(editor: Editor, command: Command, run: (argument: unknown) => Promise<void>): Disposable {
  return commands.registerCommand(command, async (argument: unknown) => {
    try {
      await run(argument);
    } catch (thrown) {
      editor.log.error(`${command}: ${failureText(thrown)}`);
      void vscodeUi.tell('error', failureText(thrown));
    } finally {
      void editor.live.refresh('accounts', 'models', 'health', 'budgets');
    }
  });
}
