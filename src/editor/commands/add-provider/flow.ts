import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import type { AccountView, AdminApi, TestResult } from '../../admin/api.ts';
import { runSteps } from '../../input/steps.ts';
import type { Ui } from '../../input/ui.ts';
import { testText } from '../account/result-text.ts';
import { type Attempt, tryToAdd } from './attempt.ts';
import { chooseModel } from './choose-model.ts';
import { type Draft, emptyDraft, newAccountOf } from './draft.ts';
import type { Environment } from './env-keys.ts';
import { askAnyKey } from './key-steps.ts';
import { offerNextSteps } from './next-steps.ts';
import { type Known, questions } from './questions.ts';

export interface AddProvider {
  ui: Ui;
  admin: Pick<AdminApi, 'accounts' | 'addAccount' | 'editAccount' | 'models'>;
  providers: readonly Provider[];
  /** Of the extension host, which is the gateway's as well. */
  environment: Environment;
  /** Whether the editor has a chat to open. */
  chat: boolean;
}

type Chosen = Draft & { provider: Provider };

/** "Add Provider": questions, test, storage, the model to begin with. Gives the account, or `undefined` when the user left. */
export async function addProvider(context: AddProvider, providerId?: string): Promise<AccountView | undefined> {
  const { ui, admin, providers, environment } = context;
  const accounts = await admin.accounts();
  const known: Known = { ui, providers, environment, accounts };
  const preset = providers.find(({ id, offline }) => id === providerId && !offline);
  const draft = emptyDraft(preset);
  const title = l10n.t('Add Provider');
  if (!(await runSteps(title, questions(known, preset !== undefined), draft)) || !isChosen(draft)) return undefined;
  const added = await connect(context, known, draft);
  if (!added) return undefined;
  const name = draft.provider.name;
  const account = await chooseModel({ ui, admin }, added.account, name);
  await offerNextSteps(context, { account, others: accounts, ...successText(name, added.test) });
  return account;
}

function isChosen(draft: Draft): draft is Chosen {
  return draft.provider !== undefined;
}

function successText(name: string, test: TestResult | undefined): { kind: 'info' | 'warning'; message: string } {
  if (!test) return { kind: 'info', message: l10n.t('{0} is added. Its key was not tested.', name) };
  const { kind, message } = testText(name, test);
  return { kind: kind === 'info' ? 'info' : 'warning', message };
}

type Added = Extract<Attempt, { is: 'added' }>;

/** Adds it, asking again as long as the user wants to mend what is in the way. */
async function connect(context: AddProvider, known: Known, draft: Chosen): Promise<Added | undefined> {
  const { ui, admin } = context;
  let untested = false;
  for (;;) {
    const account = { ...newAccountOf(draft, known.accounts), ...(untested ? { test: false } : {}) };
    const tried = await tryToAdd(ui, admin, draft.provider.name, account);
    switch (tried.is) {
      case 'added':
        return tried;
      case 'cancelled':
        return undefined;
      case 'refused':
        if (!(await anotherKey(known, draft, tried.message))) return undefined;
        break;
      case 'not-reached': {
        const action = await unreached(ui, draft.provider.name, tried.message);
        if (action === undefined) return undefined;
        untested = action === 'anyway';
        break;
      }
      case 'impossible':
        if (!(await mended(known, draft, tried))) return undefined;
        break;
    }
  }
}

async function anotherKey(known: Known, draft: Chosen, words: string): Promise<boolean> {
  const { ui, environment } = known;
  const { provider } = draft;
  draft.key = { from: 'none' };
  const again = l10n.t('Try Another Key');
  const message = l10n.t('{0} refuses this key. Nothing was stored.', provider.name);
  if ((await ui.confirm({ message, detail: words }, again)) !== again) return false;
  const answer = await askAnyKey(ui, provider, environment, { title: l10n.t('Add Provider') });
  if (answer.is !== 'value') return false;
  draft.key = answer.value;
  return true;
}

async function unreached(ui: Ui, name: string, words: string): Promise<'again' | 'anyway' | undefined> {
  const again = l10n.t('Try Again');
  const anyway = l10n.t('Add Anyway');
  const message = l10n.t('{0} could not be reached, so the key was not tested. Nothing was stored yet.', name);
  const action = await ui.confirm({ message, detail: words }, again, anyway);
  if (action === undefined) return undefined;
  return action === anyway ? 'anyway' : 'again';
}

/** The gateway found something that was entered impossible: back to it, if the user wants to. */
async function mended(known: Known, draft: Chosen, { message, param }: Extract<Attempt, { is: 'impossible' }>): Promise<boolean> {
  const change = l10n.t('Change…');
  const title = l10n.t('{0} could not be added.', draft.provider.name);
  if ((await known.ui.confirm({ message: title, detail: message }, change)) !== change) return false;
  return runSteps(l10n.t('Add Provider'), questions(known, true), draft, questionOf(draft.provider, param));
}

/** The question whose answer the gateway names as at fault. */
function questionOf(provider: Provider, param: string | undefined): string {
  if (param === 'key' || param === 'env') return provider.env ? 'keySource' : 'key';
  if (param === 'name' || param === 'baseUrl') return param;
  return 'parameter-0';
}
