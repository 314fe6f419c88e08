import * as l10n from '@vscode/l10n';
import { error, type Problem, type Ui } from '../../input/ui.ts';

/** A new passphrase, asked twice: a mistyped one opens nothing. `undefined` when the user left. */
export async function newPassphrase(ui: Ui, title: string, least: number): Promise<string | undefined> {
  for (;;) {
    const first = await ui.ask({
      title,
      step: 1,
      totalSteps: 2,
      password: true,
      prompt: l10n.t(
        'A passphrase for the keys in the file, at least {0} characters. Without it nobody can read them, you neither.',
        least,
      ),
      check: (text) => tooShort(text, least),
    });
    if (first.is !== 'value') return undefined;
    const again = await ui.ask({
      title,
      step: 2,
      totalSteps: 2,
      password: true,
      canGoBack: true,
      prompt: l10n.t('The same passphrase once more.'),
      submit: async (text) => (text === first.value ? undefined : error(l10n.t('The passphrases are not the same.'))),
    });
    if (again.is === 'value') return first.value;
    if (again.is === 'cancelled') return undefined;
  }
}

function tooShort(text: string, least: number): Problem | undefined {
  return text.length < least ? error(l10n.t('At least {0} characters.', least)) : undefined;
}
