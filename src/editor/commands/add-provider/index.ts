import { commands, Disposable } from 'vscode';
import type { Editor } from '../../editor.ts';
import { vscodeUi } from '../../input/vscode-ui.ts';
import { handle } from '../handler.ts';

/** Commands that add accounts. The catalogue and the flows are loaded with the first use. */
export function register(editor: Editor): Disposable {
  return Disposable.from(
    handle(editor, 'omniroute.addProvider', async (argument) => {
      const [{ providers }, { addProvider }, known] = await Promise.all([
        import('../../../providers/catalogue.ts'),
        import('./flow.ts'),
        commands.getCommands(true),
      ]);
      const chat = known.includes('workbench.action.chat.open');
      await addProvider({ ui: vscodeUi, admin: editor.admin, providers, environment: process.env, chat }, providerOf(argument));
    }),
    handle(editor, 'omniroute.importKeys', async () => {
      const [{ providers }, { importKeys }, { httpProbe }] = await Promise.all([
        import('../../../providers/catalogue.ts'),
        import('./import-keys.ts'),
        import('./local-servers.ts'),
      ]);
      await importKeys({ ui: vscodeUi, admin: editor.admin, providers, environment: process.env, probe: httpProbe });
    }),
  );
}

/** `{provider: "groq"}`, as the walkthrough and links give it. */
function providerOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null || !('provider' in argument)) return undefined;
  return typeof argument.provider === 'string' ? argument.provider : undefined;
}
