import * as l10n from '@vscode/l10n';
import type { Vault } from '../../../accounts/vault.ts';
import type { Copy } from '../../../backup/copies.ts';
import { formatMoment } from '../../format/index.ts';
import type { Ui } from '../../input/ui.ts';

export interface RestoreContext {
  ui: Ui;
  folder: string;
  vault: Vault;
  /** The copy's name; absent: the user chooses. */
  name: string | undefined;
  /** A gateway runs on the folder: what it has learned stays. */
  live: boolean;
  now: Date;
}

/** Puts a copy of config.json in its place, after a question. Gives the names of accounts that lack their key; `undefined` when the user left. */
export async function restoreBackupCopy(context: RestoreContext): Promise<string[] | undefined> {
  const { ui, folder, vault, live, now } = context;
  const { listCopies, restoreCopy } = await import('../../../backup/index.ts');
  const copies = await listCopies(folder);
  const copy = context.name === undefined ? await chosen(ui, copies) : copies.find(({ name }) => name === context.name);
  if (!copy && context.name !== undefined) throw new Error(l10n.t('The copy is no longer there.'));
  if (!copy) return undefined;
  const go = l10n.t('Restore');
  const message = l10n.t('Restore the accounts, combos and settings of {0}?', formatMoment(copy.at));
  const detail = l10n.t('What is there now is copied first. Keys and the usage history stay as they are.');
  if ((await ui.confirm({ message, detail }, go)) !== go) return undefined;
  const { withoutKey } = await restoreCopy({ folder, name: copy.name, vault, live, now });
  return withoutKey;
}

async function chosen(ui: Ui, copies: readonly Copy[]): Promise<Copy | undefined> {
  const whole = copies.filter(({ problem }) => problem === undefined);
  if (whole.length === 0) {
    await ui.tell('info', l10n.t('There are no copies yet: one is made each day on which something has changed.'));
    return undefined;
  }
  const answer = await ui.pick({
    title: l10n.t('Restore Copy'),
    placeholder: l10n.t('Which one?'),
    items: whole.map((copy) => ({ label: formatMoment(copy.at), description: copy.name, icon: 'history', value: copy })),
  });
  return answer.is === 'value' ? answer.value : undefined;
}
