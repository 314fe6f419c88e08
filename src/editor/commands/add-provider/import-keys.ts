import * as l10n from '@vscode/l10n';
import type { Provider } from '../../../providers/provider.ts';
import type { AccountView, AdminApi } from '../../admin/api.ts';
import { runSteps } from '../../input/steps.ts';
import type { PickItem, Separator, Ui } from '../../input/ui.ts';
import { attempt } from './attempt.ts';
import { type Draft, emptyDraft, newAccountOf } from './draft.ts';
import { type Environment, importable } from './env-keys.ts';
import { type ImportResult, importText } from './import-text.ts';
import { type LocalServer, localServers, type Probe } from './local-servers.ts';
import { costText } from './provider-texts.ts';
import { questions } from './questions.ts';

export interface ImportKeys {
  ui: Ui;
  admin: Pick<AdminApi, 'accounts' | 'addAccount'>;
  providers: readonly Provider[];
  environment: Environment;
  probe: Probe;
}

type Candidate = { provider: Provider; variable: string | undefined };

/** "Add Providers from Keys in the Environment": what is found is shown, what is chosen is tested and added, one after the other. */
export async function importKeys(context: ImportKeys): Promise<void> {
  const { ui, admin, providers, environment, probe } = context;
  const accounts = await admin.accounts();
  const looked = await ui.progress(l10n.t('Looking for keys and local servers…'), (signal) =>
    localServers(providers, accounts, probe, signal),
  );
  if (looked.is === 'cancelled') return;
  const items = [...keyItems(importable(providers, environment, accounts)), ...serverItems(looked.value)];
  if (items.length === 0) return void (await nothingFound(ui));
  const answer = await ui.pickMany({
    title: l10n.t('Add Providers from This Computer'),
    placeholder: l10n.t('Choose what to add. Keys stay where they are; the gateway reads them there.'),
    items,
  });
  if (answer.is !== 'value' || answer.value.length === 0) return;
  const drafts = await drafted(context, answer.value, accounts);
  if (drafts.length === 0) return;
  const results = await addEach(context, drafts);
  const { kind, message } = importText(results);
  await ui.tell(kind, message);
}

async function nothingFound(ui: Ui): Promise<void> {
  const add = l10n.t('Add Provider…');
  const message = l10n.t('No key that is not in use yet was found in the environment, and no local server answers.');
  if ((await ui.tell('info', message, add)) === add) await ui.run('omniroute.addProvider');
}

function keyItems(found: ReturnType<typeof importable>): (PickItem<Candidate> | Separator)[] {
  if (found.length === 0) return [];
  const items = found.map(({ provider, key }) => ({
    label: provider.name,
    description: `${key.variable} ${key.hint}`,
    detail: [costText(provider), provider.terms.notice].filter((text) => text !== undefined).join(' · '),
    icon: provider.terms.notice === undefined ? 'key' : 'shield',
    value: { provider, variable: key.variable },
  }));
  return [{ separator: l10n.t('Keys in the environment') }, ...items];
}

function serverItems(found: readonly LocalServer[]): (PickItem<Candidate> | Separator)[] {
  if (found.length === 0) return [];
  const items = found.map(({ provider, baseUrl, models }) => ({
    label: provider.name,
    description: baseUrl,
    detail: models === 1 ? l10n.t('Answers, with one model') : l10n.t('Answers, with {0} models', models),
    icon: 'vm',
    value: { provider, variable: undefined },
  }));
  return [{ separator: l10n.t('On this computer') }, ...items];
}

type Chosen = Draft & { provider: Provider };

/** The chosen ones with what their providers want asked: terms, parameters. Those the user leaves are left out. */
async function drafted({ ui, providers }: ImportKeys, chosen: readonly Candidate[], accounts: readonly AccountView[]): Promise<Chosen[]> {
  const drafts: Chosen[] = [];
  for (const { provider, variable } of chosen) {
    const draft: Chosen = {
      ...emptyDraft(provider),
      provider,
      key: variable === undefined ? { from: 'none' } : { from: 'env', variable },
    };
    const wanted = questions({ ui, providers, environment: {}, accounts }, true).filter(({ name }) => name !== 'key' && name !== 'name');
    if (await runSteps(provider.name, wanted, draft)) drafts.push(draft);
  }
  return drafts;
}

async function addEach({ ui, admin }: ImportKeys, drafts: readonly Chosen[]): Promise<ImportResult[]> {
  const results: ImportResult[] = [];
  await ui.progress(l10n.t('Adding providers'), async (signal, report) => {
    for (const [at, draft] of drafts.entries()) {
      const { name } = draft.provider;
      report(l10n.t('{0} ({1} of {2})', name, at + 1, drafts.length));
      const tried = await attempt(admin, newAccountOf(draft, await admin.accounts(signal)), signal);
      results.push({ name, ...tried });
    }
  });
  return results;
}
