import type { AccountView, ModelView } from '../../../src/editor/admin/api.ts';
import { hasWords, searchWords } from '../../ui/search-words.ts';
import type { Sorted } from '../../ui/table/columns.ts';
import { compareKnown } from '../../ui/table/order.ts';

export interface ModelRow {
  /** The model's id at its vendor. */
  id: string;
  view: ModelView;
}

type Value = string | number | boolean | null;

const VALUES: Record<string, (row: ModelRow) => Value> = {
  name: ({ id }) => id,
  context: ({ view }) => view.contextWindow,
  input: ({ view }) => view.price?.input ?? null,
  output: ({ view }) => view.price?.output ?? null,
  tools: ({ view }) => view.tools,
  vision: ({ view }) => view.vision,
};

export const SORTS = Object.keys(VALUES);

/** The account's models that fit the words, in the account's own order or as sorted; what is not known comes last either way. */
export function modelRows(
  { id, prefix }: Pick<AccountView, 'id' | 'prefix'>,
  models: readonly ModelView[],
  text: string,
  sorted: Sorted | undefined,
): ModelRow[] {
  const begin = `${prefix ?? ''}/`;
  const words = searchWords(text);
  const rows = models
    .filter(({ kind, accounts }) => kind === 'model' && accounts.includes(id))
    .map((view) => ({ id: view.name.startsWith(begin) ? view.name.slice(begin.length) : view.name, view }))
    .filter(({ view: { name, title } }) => hasWords(`${name} ${title}`, words));
  const value = sorted && VALUES[sorted.by];
  return value ? rows.sort((a, b) => compareKnown(value(a), value(b), sorted.down)) : rows;
}
