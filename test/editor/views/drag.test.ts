import { describe, expect, it } from 'vitest';
import type { DataTransfer } from 'vscode';
import { draggedRefs, MODEL_MIME } from '../../../src/editor/views/drag.ts';

/** What VS Code hands over: kinds with their texts, in order, a kind perhaps more than once. */
function transfer(...items: [string, string][]): DataTransfer {
  return items.map(([kind, text]) => [kind, { asString: async () => text }]) as unknown as DataTransfer;
}

const model = { kind: 'model', model: 'beta/m1', account: 'b' };

describe('what was dragged', () => {
  it('is read past the empty entry that a drag from another tree brings along', async () => {
    expect(await draggedRefs(transfer([MODEL_MIME, ''], [MODEL_MIME, JSON.stringify([model])]), MODEL_MIME, 'model')).toEqual([model]);
  });

  it('is nothing where it is not ours', async () => {
    for (const text of ['', 'text', '{}', '[1, null, {"kind": "model"}]', JSON.stringify([{ ...model, kind: 'account' }])]) {
      expect(await draggedRefs(transfer([MODEL_MIME, text]), MODEL_MIME, 'model')).toEqual([]);
    }
  });
});
