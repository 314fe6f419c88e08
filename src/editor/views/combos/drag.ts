import * as l10n from '@vscode/l10n';
import { type DataTransfer, DataTransferItem, type TreeDragAndDropController, window } from 'vscode';
import { draggedRefs, MODEL_MIME, TARGET_MIME } from '../drag.ts';
import type { TreeEntry } from '../tree/tree-state.ts';
import { type ArrangeDesk, dropModels, dropTargets } from './arrange.ts';

/** Targets are dragged within their combo and to others; models come from the providers. */
export function combosDrag(desk: ArrangeDesk): TreeDragAndDropController<TreeEntry> {
  return {
    dragMimeTypes: [TARGET_MIME],
    dropMimeTypes: [TARGET_MIME, MODEL_MIME],
    handleDrag: (source, data) => {
      const refs = source.map(({ ref }) => ref).filter((ref) => ref.kind === 'target');
      if (refs.length > 0) data.set(TARGET_MIME, new DataTransferItem(JSON.stringify(refs)));
    },
    handleDrop: async (onto, data) => {
      try {
        await dropped(desk, onto, data);
      } catch (error) {
        void window.showErrorMessage(l10n.t('The combo was not changed: {0}', error instanceof Error ? error.message : String(error)));
      }
    },
  };
}

async function dropped(desk: ArrangeDesk, onto: TreeEntry | undefined, data: DataTransfer): Promise<void> {
  const ref = onto?.ref;
  if (ref?.kind !== 'combo' && ref?.kind !== 'target') return;
  const before = ref.kind === 'target' ? ref : undefined;
  const taken = await draggedRefs(data, TARGET_MIME, 'target');
  if (taken.length > 0) return dropTargets(desk, taken, ref.combo, before);
  const models = await draggedRefs(data, MODEL_MIME, 'model');
  await dropModels(
    desk,
    models.map(({ model }) => model),
    ref.combo,
    before,
  );
}
