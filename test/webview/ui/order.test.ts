import { expect, it } from 'vitest';
import { compareKnown } from '../../../webview/ui/table/order.ts';

const sorted = <T extends string | number | boolean>(values: (T | null | undefined)[], down: boolean): (T | null | undefined)[] =>
  [...values].sort((a, b) => compareKnown(a, b, down));

it('what is not known comes last, whichever way', () => {
  expect(sorted([null, 2, 10, 1], false)).toEqual([1, 2, 10, null]);
  expect(sorted([null, 2, 10, 1], true)).toEqual([10, 2, 1, null]);
  expect(compareKnown(undefined, null, true)).toBe(0);
});

it('figures in names count as figures', () => {
  expect(sorted(['gpt-10', 'gpt-9'], false)).toEqual(['gpt-9', 'gpt-10']);
  expect(sorted([true, false], true)).toEqual([true, false]);
});
