import * as l10n from '@vscode/l10n';
import { type DataTransfer, DataTransferItem, type TreeDragAndDropController, window } from 'vscode';
import type { Editor } from '../../editor.ts';
import { ACCOUNT_MIME, draggedRefs, MODEL_MIME } from '../drag.ts';
import type { Pending } from '../pending.ts';
import type { TreeEntry } from '../tree/tree-state.ts';
import { newPriorities, placeBefore, writePriorities } from './move-accounts.ts';
import { accountsByTier } from './nodes.ts';

/** Accounts are dragged to another place of their tier, models to the combos. */
export function providersDrag(editor: Editor, pending: Pending): TreeDragAndDropController<TreeEntry> {
  return {
    dragMimeTypes: [ACCOUNT_MIME, MODEL_MIME],
    dropMimeTypes: [ACCOUNT_MIME],
    handleDrag: (source, data) => {
      for (const [kind, mime] of [
        ['account', ACCOUNT_MIME],
        ['model', MODEL_MIME],
      ] as const) {
        const refs = source.map(({ ref }) => ref).filter((ref) => ref.kind === kind);
        if (refs.length > 0) data.set(mime, new DataTransferItem(JSON.stringify(refs)));
      }
    },
    handleDrop: (onto, data) => dropped(editor, pending, onto, data),
  };
}

async function dropped(editor: Editor, pending: Pending, onto: TreeEntry | undefined, data: DataTransfer): Promise<void> {
  const [moved] = await draggedRefs(data, ACCOUNT_MIME, 'account');
  if (!moved || !onto) return;
  const tiers = accountsByTier(editor.live.snapshot.accounts);
  const tier = tiers.find(({ accounts }) => accounts.some(({ id }) => id === moved.account));
  const goal = onto.ref.kind === 'account' || onto.ref.kind === 'model' ? onto.ref.account : undefined;
  const inTier =
    goal === undefined ? onto.ref.kind === 'group' && onto.ref.name === tier?.tier : tier?.accounts.some(({ id }) => id === goal);
  if (!tier || !inTier) {
    void window.showInformationMessage(l10n.t('Accounts are asked tier by tier: an account can be moved within its tier.'));
    return;
  }
  const before = goal === undefined ? undefined : placeBefore(tier.accounts, moved.account, goal);
  await savePriorities(editor, pending, newPriorities(tier.accounts, moved.account, before));
}

async function savePriorities({ admin, live, log }: Editor, pending: Pending, changes: ReadonlyMap<string, number>): Promise<void> {
  if (changes.size === 0) return;
  await pending.priorities(changes, async () => {
    try {
      await writePriorities(admin, changes);
    } catch (error) {
      log.warn('The order of the accounts was not saved.', error);
      void window.showErrorMessage(l10n.t('The order was not saved: {0}', error instanceof Error ? error.message : String(error)));
    }
    await live.refresh('accounts');
  });
}
