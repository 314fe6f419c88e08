import { describe, expect, it } from 'vitest';
import { type Facts, type Filter, isFilter, passes, queryOf, SPANS, withField } from '../../../webview/pages/requests/filter/filter.ts';
import { chipsOf } from '../../../webview/pages/requests/words.ts';
import { over, running, START } from './records.ts';

const facts: Facts = { accounts: new Map([['groq', { provider: 'groq', tier: 'free' }]]), combos: new Set(['best', 'cheap']) };
const check = (filter: Filter, row = over('a', 0)): boolean | undefined => passes(filter, row, facts, START + 10_000);

describe('the filter of requests', () => {
  it('is asked of the gateway by the names its routes have', () => {
    const filter: Filter = { key: 'laptop', model: 'groq/llama', outcome: 'failed', search: '  gpt ', span: 'hour' };
    expect(queryOf(filter, START)).toEqual({
      until: String(START),
      since: String(START - SPANS.hour),
      key_name: 'laptop',
      model: 'groq/llama',
      outcome: 'failed',
      search: 'gpt',
    });
  });

  it('asks nothing of the ledger for what is under way', () => {
    expect(queryOf({ outcome: 'running' }, START)).toBeUndefined();
  });

  it.each<[Filter, boolean | undefined]>([
    [{}, true],
    [{ outcome: 'answered' }, true],
    [{ outcome: 'fallback' }, false],
    [{ outcome: 'running' }, false],
    [{ client: 'Codex', key: 'default', account: 'groq', model: 'groq/llama' }, true],
    [{ client: 'opencode' }, false],
    [{ provider: 'groq', tier: 'free' }, true],
    [{ provider: 'openai' }, false],
    [{ combo: 'best' }, true],
    [{ combo: 'cheap' }, false],
    [{ search: 'LLAMA' }, true],
    [{ search: 'claude' }, false],
    [{ span: 'hour' }, true],
  ])('says of a live request what the gateway would say of its record: %j', (filter, expected) => {
    expect(check(filter)).toBe(expected);
  });

  it('knows the combo of a request that is over, whatever name it was reached by', () => {
    const aliased = over('a', 0, { requested: 'gpt-5', combo: 'best' });
    expect(check({ combo: 'best' }, aliased)).toBe(true);
    expect(check({ combo: 'cheap' }, aliased)).toBe(false);
    expect(check({ search: 'BEST' }, aliased)).toBe(true);
    expect(check({ combo: 'best' }, over('a', 0, { requested: 'groq/llama', combo: undefined }))).toBe(false);
  });

  it('knows what it cannot tell: who answers is open, and a name may stand for a combo', () => {
    expect(check({ provider: 'groq' }, running('a', 0))).toBeUndefined();
    const open = { ...over('a', 0, { requested: 'gpt-5' }), combo: undefined };
    expect(check({ combo: 'best' }, open)).toBeUndefined();
    expect(check({ combo: 'best', client: 'opencode' }, open)).toBe(false);
  });

  it('a request older than the span does not pass', () => {
    expect(passes({ span: 'hour' }, over('a', 0), facts, START + SPANS.hour + 1)).toBe(false);
  });

  it('what another version kept is taken only when it fits', () => {
    expect(isFilter({ outcome: 'failed', client: 'Codex' })).toBe(true);
    for (const other of [null, 'failed', { outcome: 'odd' }, { span: 'year' }, { colour: 'red' }, { client: 3 }])
      expect(isFilter(other)).toBe(false);
  });

  it('each field is a chip, and can be taken away', () => {
    const filter: Filter = { outcome: 'failed', span: 'day', tier: 'free', search: 'x' };
    expect(chipsOf(filter).map(({ text }) => text)).toEqual(['Failed', 'Last 24 hours', 'Tier: Free', 'Text: x']);
    expect(withField(filter, 'tier', undefined)).toEqual({ outcome: 'failed', span: 'day', search: 'x' });
    expect(withField(filter, 'search', '')).toEqual({ outcome: 'failed', span: 'day', tier: 'free' });
  });
});
