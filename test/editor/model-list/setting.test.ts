import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountView, ModelView } from '../../../src/editor/admin/api.ts';
import { informationOf } from '../../../src/editor/language-model/information.ts';
import { FIRST, MANY } from '../../../src/editor/model-list/listed.ts';
import { withHidden, withShown } from '../../../src/editor/model-list/setting.ts';
import { providerNodes } from '../../../src/editor/views/providers/nodes.ts';
import type { ViewNode } from '../../../src/editor/views/tree/node.ts';
import { account, model, NOON, snapshot } from '../snapshots.ts';

const providers = [{ id: 'groq', name: 'Groq' }];

const small = account('small', { id: 'a', prefix: 'a' });
const big = account('big', { id: 'b', prefix: 'b', models: { preferred: 'm70' } });
const accounts: AccountView[] = [small, big];
const models: ModelView[] = [
  model('auto', { kind: 'auto', accounts: ['a', 'b'], providers }),
  ...['1', '2', 'embed-3'].map((id) => model(`a/${id}`, { accounts: ['a'], providers })),
  ...Array.from({ length: MANY + 20 }, (_, at) => model(`b/m${at}`, { accounts: ['b'], providers })),
];

/** What Copilot Chat's picker is told. */
const picker = (hidden: readonly string[]): Set<string> =>
  new Set(informationOf(snapshot({ models, accounts }), hidden, NOON).map(({ id }) => id));
/** What the tree says. */
const tree = (hidden: readonly string[]): Set<string> => {
  const nodes = (list: readonly ViewNode[]): ViewNode[] => list.flatMap((node) => [node, ...nodes(node.children ?? [])]);
  const all = nodes(providerNodes(snapshot({ models, accounts }), NOON, hidden, () => undefined));
  return new Set(all.flatMap(({ ref, contextValue }) => (ref.kind === 'model' && contextValue === 'model.shown' ? [ref.model] : [])));
};
const show = (hidden: readonly string[], ...names: string[]): string[] => withShown(names, models, accounts, hidden);
const hide = (hidden: readonly string[], ...names: string[]): string[] => withHidden(names, models, accounts, hidden);

const own = models.filter(({ kind }) => kind === 'model').map(({ name }) => name);
const patterns = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom(...own, ...own.map((name) => `!${name}`)),
    fc.constantFrom('a/*', '!a/*', 'b/*', '!b/*', 'b/m1*', '!b/m7*', '*', '!*', 'gone/*'),
  ),
  { maxLength: 6 },
);
const chosen = fc.uniqueArray(fc.constantFrom(...own), { minLength: 1, maxLength: 4 });

describe('showing and hiding models', () => {
  it('the tree and the picker agree, whatever the setting says', () =>
    fc.assert(
      fc.property(patterns, (hidden) => {
        const listed = picker(hidden);
        listed.delete('auto');
        expect(tree(hidden)).toEqual(listed);
      }),
      { numRuns: 60 },
    ));

  it('what only a pattern would list is shown as hidden: models past the first of a big account, those that do not chat', () => {
    expect(tree([])).toEqual(new Set(['a/1', 'a/2', ...own.slice(3, 3 + FIRST), 'b/m70']));
  });

  it('“Show” names what is not there by itself, and “Hide” takes that back', () => {
    expect(show([], 'b/m30')).toEqual(['!b/m30']);
    expect(hide(['!b/m30'], 'b/m30')).toEqual([]);
  });

  it('“Hide” names what is there by itself, and “Show” takes that back', () => {
    expect(hide([], 'a/1', 'b/m70')).toEqual(['a/1', 'b/m70']);
    expect(show(['a/1', 'b/m70'], 'a/1', 'b/m70')).toEqual([]);
  });

  it('a pattern that hides others as well stays', () => {
    expect(show(['a/*', 'b/m1'], 'a/1')).toEqual(['a/*', 'b/m1', '!a/1']);
    expect(hide(['a/*', '!a/1'], 'a/1')).toEqual(['a/*']);
  });

  it('a pattern that lists others as well is written out for them', () => {
    expect(hide(['!b/m7*'], 'b/m71', 'b/m7')).toEqual(['b/m7', ...[2, 3, 4, 5, 6, 7, 8, 9].map((at) => `!b/m7${at}`)]);
  });

  it('nothing is written twice', () => {
    expect(show(['!b/m30'], 'b/m30', 'a/1')).toEqual(['!b/m30']);
    expect(hide(['a/*'], 'a/1', 'b/m30')).toEqual(['a/*']);
  });

  it('changes what is listed by just the chosen ones', () =>
    fc.assert(
      fc.property(patterns, chosen, (hidden, names) => {
        const before = picker(hidden);
        expect(picker(show(hidden, ...names))).toEqual(new Set([...before, ...names]));
        const after = picker(hide(hidden, ...names));
        after.delete('auto');
        before.delete('auto');
        expect(after).toEqual(new Set([...before].filter((name) => !names.includes(name))));
      }),
      { numRuns: 60 },
    ));

  it('undone, leaves the setting as it was', () =>
    fc.assert(
      fc.property(fc.constantFrom(...own), fc.constantFrom<string[]>([], ['a/*'], ['b/m1*'], ['a/2', '!b/m40']), (name, hidden) => {
        const back = picker(hidden).has(name) ? show(hide(hidden, name), name) : hide(show(hidden, name), name);
        expect(picker(back)).toEqual(picker(hidden));
        expect(back.length).toBeLessThanOrEqual(hidden.length);
      }),
      { numRuns: 60 },
    ));
});
