import * as l10n from '@vscode/l10n';
import type { Vault } from '../../../accounts/vault.ts';
import type { Imported } from '../../../backup/index.ts';
import type { ReadExport } from '../../../backup/read-export.ts';
import { error, type Ui } from '../../input/ui.ts';
import { importPreview } from './import-preview.ts';

export interface ImportContext {
  ui: Ui;
  folder: string;
  vault: Vault;
  /** Asks for the file; `undefined` when the user left. */
  open(): Promise<{ name: string; bytes: Uint8Array } | undefined>;
  /** A gateway runs on the folder: what it has learned and counted stays. */
  live: boolean;
  now: Date;
}

type Mode = 'merge' | 'replace';

/**
 * Takes in an export: shown before, checked before anything is touched. Gives what came in; `undefined` when the user left. The gateway
 * watches the config and reads keys as it needs them, so that it goes on with what was imported.
 */
export async function importBackup(context: ImportContext): Promise<Imported | undefined> {
  const { ui, folder, vault, live, now } = context;
  const title = l10n.t('Import Backup');
  const [{ importAll }, { readExport }] = await Promise.all([import('../../../backup/index.ts'), import('../../../backup/read-export.ts')]);
  const file = await context.open();
  if (!file) return undefined;
  // Checked before anybody is asked for a passphrase.
  const bare = await readExport(file.bytes, undefined);
  const opened = bare.locked ? await unlock(ui, title, (passphrase) => readExport(file.bytes, passphrase)) : { read: bare };
  if (!opened) return undefined;
  const mode = await chosenMode(ui, title);
  if (mode === undefined) return undefined;
  const { message, detail } = await importPreview(opened.read, folder, mode, file.name);
  const go = mode === 'merge' ? l10n.t('Add') : l10n.t('Replace');
  if ((await ui.confirm({ message, detail }, go)) !== go) return undefined;
  const { passphrase } = opened;
  const options = { folder, vault, mode, live, now, ...(passphrase === undefined ? {} : { passphrase }) };
  const done = await ui.progress(l10n.t('Importing a backup of OmniRoute'), () => importAll(file.bytes, options));
  return done.is === 'value' ? done.value : undefined;
}

interface Opened {
  read: ReadExport;
  passphrase?: string;
}

/** The export with its keys, or without them when the user has no passphrase. */
async function unlock(ui: Ui, title: string, read: (passphrase: string | undefined) => Promise<ReadExport>): Promise<Opened | undefined> {
  const choice = await ui.pick<'with' | 'without'>({
    title,
    placeholder: l10n.t('The file holds keys under a passphrase.'),
    items: [
      { label: l10n.t('Import with Keys'), detail: l10n.t('You are asked for the passphrase.'), icon: 'key', value: 'with' },
      { label: l10n.t('Import without Keys'), detail: l10n.t('Each account needs its key again.'), icon: 'circle-slash', value: 'without' },
    ],
  });
  if (choice.is !== 'value') return undefined;
  if (choice.value === 'without') return { read: await read(undefined) };
  let opened: ReadExport | undefined;
  const asked = await ui.ask({
    title,
    password: true,
    prompt: l10n.t('The passphrase the backup was made with.'),
    submit: async (text) => {
      try {
        opened = await read(text);
        return undefined;
      } catch (thrown) {
        return error(thrown instanceof Error ? thrown.message : String(thrown));
      }
    },
  });
  return asked.is === 'value' && opened ? { read: opened, passphrase: asked.value } : undefined;
}

async function chosenMode(ui: Ui, title: string): Promise<Mode | undefined> {
  const answer = await ui.pick<Mode>({
    title,
    placeholder: l10n.t('What is to become of what is here?'),
    items: [
      {
        label: l10n.t('Add to What Is Here'),
        detail: l10n.t('What is here stays; what has the same name comes in under another.'),
        icon: 'add',
        value: 'merge',
      },
      {
        label: l10n.t('Replace What Is Here'),
        detail: l10n.t('A copy of the present configuration is kept.'),
        icon: 'replace-all',
        value: 'replace',
      },
    ],
  });
  return answer.is === 'value' ? answer.value : undefined;
}

/** What was done, for a message. */
export function importedText({ added, secrets, kept, withoutKey, notices }: Imported): string {
  const first =
    kept === undefined
      ? added.length > 0
        ? l10n.t('Added: {0}. Keys: {1}.', added.join(', '), secrets)
        : l10n.t('Nothing was added. Keys: {0}.', secrets)
      : l10n.t('Replaced the configuration. Keys: {0}. What was there is kept as {1}.', secrets, kept);
  const missing = withoutKey.length > 0 ? [l10n.t('These accounts have no key here: {0}.', withoutKey.join(', '))] : [];
  return [first, ...missing, ...notices].join(' ');
}
