import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import type { Answer, Place, Ui } from '../../input/ui.ts';
import type { GivenKey } from './draft.ts';
import { type Environment, type EnvKey, envKeyOf } from './env-keys.ts';
import { cleanKey, keyProblem } from './key-text.ts';
import { keyPageButton } from './provider-items.ts';
import { keyWord, worksWithoutKey } from './provider-texts.ts';

/** Where the key comes from, when there is a choice: `typed` leads to the box. */
export async function askKeySource(ui: Ui, provider: Provider, found: EnvKey, place: Place): Promise<Answer<'typed' | 'env'>> {
  return ui.pick<'typed' | 'env'>({
    ...place,
    placeholder: l10n.t('Which key shall {0} be asked with?', provider.name),
    items: [
      {
        label: l10n.t('Use {0} from the environment', found.variable),
        description: found.hint,
        detail: l10n.t('Read where the gateway runs; the key is not copied.'),
        icon: 'symbol-variable',
        value: 'env',
      },
      {
        label: l10n.t('Enter a key'),
        detail: l10n.t("Kept in the editor's secret storage."),
        icon: 'key',
        value: 'typed',
      },
    ],
  });
}

/** Asks for the key itself, or for none where the host may answer without. The box never starts with a key that was typed before. */
export async function askKey(ui: Ui, provider: Provider, place: Place): Promise<Answer<GivenKey>> {
  const optional = worksWithoutKey(provider);
  const serviceAccount = provider.auth.type === 'google-service-account';
  const answer = await ui.ask({
    ...place,
    prompt: optional
      ? l10n.t('{0} for {1}. Leave it empty to connect without a key.', keyWord(provider), provider.name)
      : l10n.t('{0} for {1}. It is tested first, and then kept in secret storage.', keyWord(provider), provider.name),
    password: true,
    ...(provider.keyUrl === undefined ? {} : { buttons: [keyPageButton(provider.keyUrl, ui.open)] }),
    check: (text) => keyProblem(text, { optional, serviceAccount }),
  });
  if (answer.is !== 'value') return answer;
  const key = cleanKey(answer.value);
  return { is: 'value', value: key === '' ? { from: 'none' } : { from: 'typed', key } };
}

/** Both questions as one, for when a key is to be given again. */
export async function askAnyKey(ui: Ui, provider: Provider, environment: Environment, place: Place): Promise<Answer<GivenKey>> {
  const found = envKeyOf(provider, environment);
  if (!found) return askKey(ui, provider, place);
  const source = await askKeySource(ui, provider, found, place);
  if (source.is !== 'value') return source;
  if (source.value === 'env') return { is: 'value', value: { from: 'env', variable: found.variable } };
  return askKey(ui, provider, place);
}
