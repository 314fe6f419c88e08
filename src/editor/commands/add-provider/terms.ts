import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import type { Ui } from '../../input/ui.ts';
import { termsOf, termsText } from './provider-texts.ts';

/** Tells what the provider's terms want told, before anything is sent to it. False: the user would rather not. */
export async function agreesToTerms(ui: Ui, provider: Provider): Promise<boolean> {
  const wants = termsOf(provider);
  if (wants === 'nothing') return true;
  const { notice } = provider.terms;
  const question = { message: termsText(provider.name, provider.terms.status), ...(notice === undefined ? {} : { detail: notice }) };
  const action = wants === 'ask' ? l10n.t('Connect Anyway') : l10n.t('Continue');
  return (await ui.confirm(question, action)) === action;
}
