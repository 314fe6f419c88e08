import { expect, it } from 'vitest';
import { isFlag, isOneOf, isRecord, isSortedBy, isTexts } from '../../webview/fits.ts';

it('what was kept by another version is taken only where it still fits', () => {
  expect([isFlag(true), isFlag('true')]).toEqual([true, false]);
  expect([isTexts(['a']), isTexts(['a', 1]), isTexts('a')]).toEqual([true, false, false]);
  expect([isRecord({}), isRecord(null), isRecord([])]).toEqual([true, false, false]);
  expect([isOneOf(['a', 'b'])('b'), isOneOf(['a', 'b'])('c')]).toEqual([true, false]);
});

it('a table is sorted by a column it has', () => {
  const fits = isSortedBy(['name', 'cost']);
  expect(fits({ by: 'cost', down: true })).toBe(true);
  expect([fits({ by: 'gone', down: true }), fits({ by: 'cost' }), fits(null), fits('cost')]).toEqual([false, false, false, false]);
});
