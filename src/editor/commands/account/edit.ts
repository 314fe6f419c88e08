import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import type { AccountView, AdminApi } from '../../admin/api.ts';
import { error, type PickItem, type Separator, type Ui } from '../../input/ui.ts';
import { modelItem, modelsOf } from '../add-provider/choose-model.ts';
import { namesOf } from '../add-provider/names.ts';
import { failureText } from './failure-text.ts';
import { type Field, fieldsOf } from './fields.ts';

interface Context {
  ui: Ui;
  admin: Pick<AdminApi, 'accounts' | 'editAccount' | 'models'>;
}

type Choice = { is: 'field'; field: Field } | { is: 'preferred' } | { is: 'done' };

/** Shows what can be edited with its present values, until the user is done. Each change is saved as it is made. */
export async function editAccount({ ui, admin }: Context, account: AccountView, provider: Provider | undefined): Promise<void> {
  let present = account;
  let last = '';
  for (;;) {
    const others = (await admin.accounts()).filter(({ id }) => id !== present.id);
    const answer = await ui.pick({
      title: l10n.t('Edit {0}', present.name),
      placeholder: l10n.t('What shall be changed?'),
      items: menu(present, fieldsOf(present, provider, namesOf(present.provider, others))),
      active: (choice) => idOf(choice) === last,
    });
    if (answer.is !== 'value' || answer.value.is === 'done') return;
    last = idOf(answer.value);
    present =
      answer.value.is === 'field'
        ? await editField({ ui, admin }, present, answer.value.field)
        : await choosePreferred({ ui, admin }, present);
  }
}

function idOf(choice: Choice): string {
  return choice.is === 'field' ? choice.field.id : choice.is;
}

function menu(account: AccountView, fields: readonly Field[]): (PickItem<Choice> | Separator)[] {
  return [
    ...fields.map(
      (field): PickItem<Choice> => ({
        label: field.label,
        description: field.shown,
        icon: field.icon,
        value: { is: 'field', field },
      }),
    ),
    {
      label: l10n.t('Default model'),
      description: account.models?.preferred ?? automatic(),
      icon: 'sparkle',
      value: { is: 'preferred' },
    },
    { separator: '' },
    { label: l10n.t('Done'), icon: 'check', value: { is: 'done' } },
  ];
}

async function editField({ ui, admin }: Context, account: AccountView, field: Field): Promise<AccountView> {
  let changed = account;
  await ui.ask({
    title: l10n.t('Edit {0}', account.name),
    canGoBack: true,
    prompt: field.prompt,
    ...(field.placeholder === undefined ? {} : { placeholder: field.placeholder }),
    value: field.text,
    check: (text) => field.check(text),
    submit: async (text) => {
      // What is shown of an address is not all of it: unchanged, it stays whole.
      if (text === field.text) return undefined;
      try {
        changed = await admin.editAccount(account.id, field.patch(text));
        return undefined;
      } catch (thrown) {
        return error(failureText(thrown));
      }
    },
  });
  return changed;
}

async function choosePreferred({ ui, admin }: Context, account: AccountView): Promise<AccountView> {
  const items = admin
    .models()
    .then((models): PickItem<string | null>[] => [
      { label: automatic(), detail: l10n.t('The first that can do what is asked'), icon: 'sparkle', value: null },
      ...modelsOf(account, models).map(modelItem),
    ]);
  const answer = await ui.pick<string | null>({
    title: l10n.t('Default Model of {0}', account.name),
    canGoBack: true,
    placeholder: l10n.t('Which model shall "auto" use of this account?'),
    items,
    active: (id) => id === (account.models?.preferred ?? null),
  });
  return answer.is === 'value' ? admin.editAccount(account.id, { models: { preferred: answer.value } }) : account;
}

function automatic(): string {
  return l10n.t('automatic');
}
