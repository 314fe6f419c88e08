import * as l10n from '@vscode/l10n';
import type { Vault } from '../../../accounts/vault.ts';
import { formatCount } from '../../format/index.ts';
import type { Ui } from '../../input/ui.ts';
import type { Link } from '../../link/link.ts';
import type { Save } from './export-backup.ts';

export interface DiagnosticsContext {
  ui: Ui;
  folder: string;
  vault: Vault;
  link: Link;
  save: Save;
  env: Readonly<Record<string, string | undefined>>;
  now: Date;
}

const ANSWER_MS = 5000;

/** What a bug report needs, into a file: no secret, no prompt, no answer. */
export async function saveDiagnostics({ ui, folder, vault, link, save, env, now }: DiagnosticsContext): Promise<void> {
  const names = await ui.pick<'hide' | 'keep'>({
    title: l10n.t('Save Diagnostics'),
    placeholder: l10n.t('The file holds no keys, prompts or answers. What about the names you gave?'),
    items: [
      { label: l10n.t('Leave Names Out'), detail: l10n.t('Accounts, combos and hosts are numbered.'), icon: 'eye-closed', value: 'hide' },
      { label: l10n.t('Keep Names'), detail: l10n.t('Easier to follow for you.'), icon: 'eye', value: 'keep' },
    ],
  });
  if (names.is !== 'value') return;
  const target = await save(`omniroute-diagnostics-${now.toISOString().slice(0, 10)}.zip`);
  if (!target) return;
  const made = await ui.progress(l10n.t('Collecting diagnostics of OmniRoute'), async (signal) => {
    const [{ collectDiagnostics }, { strToU8, zipSync }] = await Promise.all([import('../../../diagnostics/index.ts'), import('fflate')]);
    const running = link.state.is === 'ready';
    const gateway = running ? { get: (path: string) => read(link, path, signal) } : undefined;
    const entries = await collectDiagnostics({ folder, env, vault, gateway, running, anonymous: names.value === 'hide' });
    signal.throwIfAborted();
    await target.write(zipSync(Object.fromEntries(entries.map(({ name, text }) => [name, strToU8(text)]))));
    return entries.length;
  });
  if (made.is !== 'value') return;
  const open = l10n.t('Show File');
  const text = l10n.t('Saved {0} with {1} files. Look at it before you send it to anybody.', target.name, formatCount(made.value));
  if ((await ui.tell('info', text, open)) === open) await target.reveal();
}

/** The gateway's answer to a GET; what it refuses is said in its place in the file. */
async function read(link: Link, path: string, signal: AbortSignal): Promise<unknown> {
  const response = await link.request(path, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]) });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(l10n.t('The gateway answered with status {0}.', response.status));
  }
  return await response.json();
}
