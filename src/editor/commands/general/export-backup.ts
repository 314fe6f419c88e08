import * as l10n from '@vscode/l10n';
import type { Vault } from '../../../accounts/vault.ts';
import type { Exported } from '../../../backup/index.ts';
import type { Ui } from '../../input/ui.ts';
import { newPassphrase } from './passphrase.ts';

/** A file the user chose. */
export interface Target {
  /** As the user knows it. */
  name: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Shows it where files are shown. */
  reveal(): Promise<void>;
}

/** Asks where to save; `undefined` when the user left. */
export type Save = (suggested: string) => Promise<Target | undefined>;

export interface ExportContext {
  ui: Ui;
  folder: string;
  vault: Vault;
  save: Save;
  now: Date;
  /** Of the key derivation; tests take less. */
  cost?: number;
}

type Part = 'secrets' | 'ledger';

/** Everything into one file: with the keys only under a passphrase. */
export async function exportBackup({ ui, folder, vault, save, now, cost }: ExportContext): Promise<void> {
  const title = l10n.t('Export Backup');
  const { exportAll, LEAST_PASSPHRASE } = await import('../../../backup/index.ts');
  const parts = await ui.pickMany<Part>({
    title,
    placeholder: l10n.t('Accounts, combos and settings are exported. What else?'),
    items: partItems(),
  });
  if (parts.is !== 'value') return;
  const passphrase = parts.value.includes('secrets') ? await newPassphrase(ui, title, LEAST_PASSPHRASE) : undefined;
  if (parts.value.includes('secrets') && passphrase === undefined) return;
  const target = await save(`omniroute-backup-${dayOf(now)}.zip`);
  if (!target) return;
  const made = await ui.progress(l10n.t('Exporting a backup of OmniRoute'), async (signal) => {
    const include = { ledger: parts.value.includes('ledger') };
    const exported = await exportAll({
      folder,
      vault,
      include,
      now,
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(cost ? { cost } : {}),
    });
    signal.throwIfAborted();
    await target.write(exported.bytes);
    return exported;
  });
  if (made.is === 'value') await tell(ui, made.value, target);
}

function partItems() {
  return [
    {
      label: l10n.t('Keys, encrypted with a passphrase'),
      detail: l10n.t("Providers' keys and this installation's own key. Without them each account needs its key again."),
      icon: 'key',
      value: 'secrets' as const,
      selected: true,
    },
    {
      label: l10n.t('Usage history'),
      detail: l10n.t('Which requests went where and what they cost; no prompts, no answers.'),
      icon: 'graph',
      value: 'ledger' as const,
    },
  ];
}

async function tell(ui: Ui, { secrets, leftOut }: Exported, target: Target): Promise<void> {
  const saved =
    secrets === undefined
      ? l10n.t('Saved {0}, without keys.', target.name)
      : l10n.t('Saved {0}. Its keys ({1}) open with the passphrase alone.', target.name, secrets);
  const show = l10n.t('Show File');
  const chosen = await ui.tell(leftOut.length > 0 ? 'warning' : 'info', [saved, ...leftOut].join(' '), show);
  if (chosen === show) await target.reveal();
}

function dayOf(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
