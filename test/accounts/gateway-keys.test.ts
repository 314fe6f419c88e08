import { describe, expect, it } from 'vitest';
import { addKey, findKey, keyAllows } from '../../src/accounts/gateway-keys.ts';
import { emptyConfig } from '../../src/config/schema.ts';

describe('gateway keys', () => {
  it('are found by themselves and by nothing else; the config holds no key', () => {
    const config = emptyConfig();
    const { key, entry } = addKey(config, 'cline', undefined, new Date(0));
    addKey(config, 'other', undefined, new Date(0));
    expect(findKey(config.keys, key)).toEqual(entry);
    expect(findKey(config.keys, `${key}x`)).toBeUndefined();
    expect(findKey(config.keys, entry.hash)).toBeUndefined();
    expect(JSON.stringify(config)).not.toContain(key);
    expect(key.length).toBeGreaterThan(40);
  });

  it('refuse a second key of the same name', () => {
    const config = emptyConfig();
    addKey(config, 'a', undefined, new Date(0));
    expect(() => addKey(config, 'a', undefined, new Date(0))).toThrow('already a key named "a"');
  });

  it('allow models by pattern', () => {
    const { entry } = addKey(emptyConfig(), 'a', ['groq/*', 'auto', 'x.y/z'], new Date(0));
    expect(['groq/llama', 'auto', 'x.y/z'].every((model) => keyAllows(entry, model))).toBe(true);
    expect(['openai/gpt', 'autox', 'xzy/z'].some((model) => keyAllows(entry, model))).toBe(false);
  });
});
