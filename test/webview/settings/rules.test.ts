import { describe, expect, it } from 'vitest';
import { rulesSchema } from '../../../src/config/rules.ts';
import { ruleKinds, rulesOf } from '../../../webview/pages/settings/rules.ts';

const rules = rulesSchema.parse({
  systemPrompts: [{ text: 'Answer in French.', position: 'prepend', models: ['openai/*', 'best'] }, { text: 'Be brief.' }],
  reasoning: [{ mode: 'custom', effort: 'high' }, { mode: 'custom', budget: 4000, models: ['x/*'] }, { mode: 'adaptive' }],
  maxTokens: [{ cap: 1000 }],
});

describe('rules as they are edited', () => {
  it.each(ruleKinds())('$id: opened and saved unchanged, they are the same', (kind) => {
    for (const rule of rules[kind.id]) expect(kind.read(kind.draft(rule))).toEqual({ ok: true, rule });
  });

  it.each(ruleKinds())('$id: a new one lacks something, and that is said', (kind) => {
    const read = kind.read({ ...kind.draft(undefined), ...(kind.id === 'reasoning' ? { mode: 'custom' } : {}) });
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.message).toMatch(/\w+\.$/);
  });

  it('asks for effort or tokens only where they count', () => {
    const kind = ruleKinds()[1];
    expect(kind?.inputs({ mode: 'auto' }).map(({ id }) => id)).toEqual(['mode', 'models']);
    expect(kind?.inputs({ mode: 'custom' }).map(({ id }) => id)).toEqual(['mode', 'effort', 'budget', 'models']);
    // What was typed for another mode is not saved with this one.
    expect(kind?.read({ mode: 'auto', effort: 'high', budget: '12', models: '' })).toEqual({ ok: true, rule: { mode: 'auto' } });
  });

  it('are none where the settings hold what cannot be read', () => {
    expect(rulesOf({ rules: { systemPrompts: 'x' } }).systemPrompts).toEqual([]);
    expect(rulesOf({ rules }).maxTokens).toEqual([{ cap: 1000 }]);
  });
});
