import * as l10n from '@vscode/l10n';
import type { AccountView, AdminApi, ModelView } from '../../admin/api.ts';
import { formatContext, formatPrice } from '../../format/index.ts';
import type { PickItem, Ui } from '../../input/ui.ts';

interface Context {
  ui: Ui;
  admin: Pick<AdminApi, 'editAccount' | 'models'>;
}

/** A model of one account: its vendor id, and what is known of it. */
export interface AccountModel {
  id: string;
  view: ModelView;
}

/** The models of an account, those first that can chat and use tools; the provider's order within. */
export function modelsOf(account: Pick<AccountView, 'id' | 'prefix'>, models: readonly ModelView[]): AccountModel[] {
  const prefix = `${account.prefix ?? ''}/`;
  const own = models
    .filter(({ kind, name, accounts }) => kind === 'model' && accounts.includes(account.id) && name.startsWith(prefix))
    .map((view) => ({ id: view.name.slice(prefix.length), view }));
  return [...own.filter(isGood), ...own.filter((model) => !isGood(model))];
}

const OTHER_THAN_CHAT = /embed|whisper|\btts\b|rerank|moderation|image|guard|\bocr\b|transcri|speech|audio|realtime/i;

function isGood({ id, view }: AccountModel): boolean {
  return view.tools !== false && !OTHER_THAN_CHAT.test(id);
}

export function modelItem({ id, view }: AccountModel): PickItem<string> {
  const { title, contextWindow, price } = view;
  const context = contextWindow === null ? undefined : l10n.t('{0} tokens of context', formatContext(contextWindow));
  const detail = [context, formatPrice(price)].filter((text) => text !== undefined).join(' · ');
  return { label: id, ...(title === id ? {} : { description: title }), ...(detail === '' ? {} : { detail }), value: id };
}

/** Asks which model `auto` shall take of a new account. Escape, and whatever goes wrong, leave the choice to the gateway. */
export async function chooseModel({ ui, admin }: Context, account: AccountView, providerName: string): Promise<AccountView> {
  try {
    const waited = await ui.progress(l10n.t('Reading the models of {0}…', providerName), (signal) => admin.models(signal));
    const models = waited.is === 'value' ? modelsOf(account, waited.value) : [];
    if (models.length < 2) return account;
    const answer = await ui.pick({
      title: l10n.t('Default Model of {0}', providerName),
      placeholder: l10n.t('Which model shall "auto" use? Escape leaves it to the gateway.'),
      items: models.map(modelItem),
    });
    return answer.is === 'value' ? await admin.editAccount(account.id, { models: { preferred: answer.value } }) : account;
  } catch {
    // The account is added: a list that cannot be read changes nothing about that, and the trees tell it.
    return account;
  }
}
