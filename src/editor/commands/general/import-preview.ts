import * as l10n from '@vscode/l10n';
import { mergeConfigs } from '../../../backup/merge.ts';
import type { ReadExport } from '../../../backup/read-export.ts';
import { ConfigError, ConfigFile } from '../../../config/file.ts';
import { type Config, emptyConfig } from '../../../config/schema.ts';
import { formatMoment } from '../../format/index.ts';
import type { Question } from '../../input/ui.ts';

const MOST = 10;

/** What an import would change, before it does. Throws ConfigError where the config here is broken and would have to be kept. */
export async function importPreview(read: ReadExport, folder: string, mode: 'merge' | 'replace', name: string): Promise<Question> {
  const detail = mode === 'merge' ? mergeLines(await new ConfigFile(folder).load(), read) : replaceLines(await present(folder), read);
  const message =
    mode === 'merge' ? l10n.t('Add what is in {0} to what is here?', name) : l10n.t('Replace what is here by what is in {0}?', name);
  const made = l10n.t('Made by OmniRoute {0} on {1}.', read.manifest.omniroute, formatMoment(Date.parse(read.manifest.at)));
  return { message, detail: [made, keysLine(read), '', ...detail].join('\n') };
}

/** A broken config can be replaced; nobody knows what is in it. */
async function present(folder: string): Promise<Config> {
  return await new ConfigFile(folder).load().catch((error: unknown) => {
    if (error instanceof ConfigError) return emptyConfig();
    throw error;
  });
}

function keysLine({ secrets, locked }: ReadExport): string {
  if (secrets) return l10n.t('With its keys ({0}).', secrets.size);
  return locked ? l10n.t('Without the keys in it.') : l10n.t('It holds no keys.');
}

function mergeLines(ours: Config, { config }: ReadExport): string[] {
  const { added, left, renamed } = mergeConfigs(ours, config);
  return [
    added.length > 0 ? l10n.t('Comes in: {0}', some(added)) : l10n.t('Nothing comes in: all of it is here.'),
    ...(left.length > 0 ? [l10n.t('Stays as it is here: {0}', some(left))] : []),
    ...(renamed.length > 0 ? [l10n.t('Renamed: {0}', some(renamed))] : []),
  ];
}

function replaceLines(ours: Config, { config, state, ledger }: ReadExport): string[] {
  const here = ours.accounts.filter(({ id }) => !config.accounts.some((entry) => entry.id === id)).map(({ name }) => name);
  const combos = ours.combos.filter(({ name }) => !config.combos.some((entry) => entry.name === name)).map(({ name }) => name);
  return [
    l10n.t('Accounts afterwards: {0}', some(config.accounts.map(({ name }) => name))),
    ...(here.length > 0 ? [l10n.t('Accounts that go: {0}', some(here))] : []),
    ...(combos.length > 0 ? [l10n.t('Combos that go: {0}', some(combos))] : []),
    ...(state !== undefined || ledger.size > 0
      ? [l10n.t('Cool-downs and usage history stay as they are here while the gateway runs.')]
      : []),
  ];
}

function some(entries: readonly string[]): string {
  const shown = entries.slice(0, MOST).join(', ');
  if (entries.length === 0) return '–';
  return entries.length > MOST ? l10n.t('{0} and {1} more', shown, entries.length - MOST) : shown;
}
