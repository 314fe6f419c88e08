import type { DataTransfer } from 'vscode';
import type { ItemRef } from './item.ts';

/** What is dragged, as JSON: kinds of our own, so that nothing else takes it for its own. */
export const ACCOUNT_MIME = 'application/vnd.omniroute.account';
export const MODEL_MIME = 'application/vnd.omniroute.model';
export const TARGET_MIME = 'application/vnd.omniroute.target';

/** The text of what was dragged is our own, unless another extension used our kind: then it is nothing. */
export async function draggedRefs<K extends ItemRef['kind']>(
  data: DataTransfer,
  mime: string,
  kind: K,
): Promise<Extract<ItemRef, { kind: K }>[]> {
  const text = await textOf(data, mime);
  if (!text) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.filter((entry): entry is Extract<ItemRef, { kind: K }> => isRef(entry, kind)) : [];
  } catch {
    return [];
  }
}

/**
 * From one tree to another VS Code hands over a kind twice: empty, as the browser carried it, and then as `handleDrag` filled it
 * (seen in 1.139, `CustomTreeViewDragAndDrop.drop`).
 */
async function textOf(data: DataTransfer, mime: string): Promise<string> {
  for (const [kind, item] of data) {
    const text = kind === mime ? await item.asString() : '';
    if (text !== '') return text;
  }
  return '';
}

const FIELDS: Partial<Record<ItemRef['kind'], readonly [name: string, type: string][]>> = {
  account: [['account', 'string']],
  model: [['model', 'string']],
  target: [
    ['combo', 'string'],
    ['at', 'number'],
    ['target', 'string'],
  ],
};

function isRef(entry: unknown, kind: ItemRef['kind']): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  const fields = new Map<string, unknown>(Object.entries(entry));
  return fields.get('kind') === kind && (FIELDS[kind] ?? []).every(([name, type]) => typeof fields.get(name) === type);
}
