import { describe, expect, it } from 'vitest';
import { priceDraft, priceProblem, readPrice } from '../../../webview/pages/settings/price-draft.ts';

const row = { pattern: 'work/*', input: 2, output: 8, cacheRead: 0.5 };

describe('a price that is typed', () => {
  it('is the same again when nothing was changed', () => {
    expect(readPrice(priceDraft(row), [])).toEqual(row);
  });

  it('needs models, input and output, and nothing below nothing', () => {
    const good = priceDraft(row);
    expect(priceProblem({ ...good, pattern: ' ' }, [])?.field).toBe('pattern');
    expect(priceProblem(good, [row])?.field).toBe('pattern');
    expect(priceProblem({ ...good, input: '' }, [])?.field).toBe('input');
    expect(priceProblem({ ...good, output: '-1' }, [])?.field).toBe('output');
    expect(priceProblem({ ...good, cacheWrite: 'free' }, [])?.field).toBe('cacheWrite');
    expect(readPrice({ ...good, output: 'x' }, [])).toBeUndefined();
  });

  it('may leave the cache to the price of input, and takes a comma', () => {
    expect(readPrice({ pattern: ' a/b ', input: '0', output: '1,5', cacheRead: '', cacheWrite: ' ' }, [])).toEqual({
      pattern: 'a/b',
      input: 0,
      output: 1.5,
    });
  });
});
