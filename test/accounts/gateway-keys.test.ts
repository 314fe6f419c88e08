import { describe, expect, it } from 'vitest';
import { addKey, findKey, isAdmin, keyAllows, lookUpKey, rotateKey } from '../../src/accounts/gateway-keys.ts';
import { type Config, configSchema, emptyConfig } from '../../src/config/schema.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const HOUR = 3_600_000;

function later(ms: number): number {
  return NOW.getTime() + ms;
}

describe('gateway keys', () => {
  it('are found by themselves and by nothing else; the config holds no key', () => {
    const config = emptyConfig();
    const { key, entry } = addKey(config, 'cline', undefined, NOW);
    addKey(config, 'other', undefined, NOW);
    expect(findKey(config.keys, key)).toEqual(entry);
    expect(findKey(config.keys, `${key}x`)).toBeUndefined();
    expect(findKey(config.keys, entry.hash)).toBeUndefined();
    expect(lookUpKey([], key, later(0))).toEqual({ is: 'unknown' });
    expect(JSON.stringify(config)).not.toContain(key);
    expect(key.length).toBeGreaterThan(40);
  });

  it('refuse a second key of the same name', () => {
    const config = emptyConfig();
    addKey(config, 'a', undefined, NOW);
    expect(() => addKey(config, 'a', undefined, NOW)).toThrow('already a key named "a"');
  });

  it('allow models by pattern', () => {
    const { entry } = addKey(emptyConfig(), 'a', ['groq/*', 'auto', 'x.y/z'], NOW);
    expect(['groq/llama', 'auto', 'x.y/z'].every((model) => keyAllows(entry, model))).toBe(true);
    expect(['openai/gpt', 'autox', 'xzy/z'].some((model) => keyAllows(entry, model))).toBe(false);
  });

  it('are made with limits that the config accepts', () => {
    const config = emptyConfig();
    const options = { models: ['groq/*'], rpm: 5, expiresAt: '2027-01-01T00:00:00Z', admin: true };
    expect(addKey(config, 'a', options, NOW).entry).toMatchObject(options);
    expect(Object.keys(addKey(config, 'b', {}, NOW).entry).sort()).toEqual(['createdAt', 'hash', 'hint', 'id', 'name']);
    expect(configSchema.parse(config)).toEqual(config);
  });

  it('administrate when they are told to, and the first one always', () => {
    const config = emptyConfig();
    expect(isAdmin(addKey(config, 'a', { admin: true }, NOW).entry)).toBe(true);
    expect(isAdmin(addKey(config, 'default', undefined, NOW).entry)).toBe(true);
    expect(isAdmin(addKey(config, 'b', { admin: false }, NOW).entry)).toBe(false);
    expect(isAdmin(addKey(config, 'c', undefined, NOW).entry)).toBe(false);
  });
});

describe('a key that expires', () => {
  it('is good until then, whatever the offset the date is written in', () => {
    const config = emptyConfig();
    const { key, entry } = addKey(config, 'a', { expiresAt: '2026-11-22T14:00:00+01:00' }, NOW);
    expect(findKey(config.keys, key, later(HOUR - 1))).toBe(entry);
    expect(findKey(config.keys, key, later(HOUR))).toBeUndefined();
    expect(lookUpKey(config.keys, key, later(HOUR))).toEqual({ is: 'expired', entry, until: '2026-11-22T14:00:00+01:00' });
  });

  it('is refused when its date cannot be read', () => {
    const config = emptyConfig();
    const { key } = addKey(config, 'a', { expiresAt: 'next week' }, NOW);
    expect(lookUpKey(config.keys, key, later(0)).is).toBe('expired');
  });
});

describe('rotation', () => {
  function rotated(graceMs: number): { config: Config; first: string; second: string } {
    const config = emptyConfig();
    addKey(config, 'before', undefined, NOW);
    const first = addKey(config, 'a', { models: ['groq/*'], rpm: 3 }, new Date(0)).key;
    addKey(config, 'after', undefined, NOW);
    return { config, first, second: rotateKey(config, 'a', graceMs, NOW).key };
  }

  it('gives a new key at once and takes the old one for its grace', () => {
    const { config, first, second } = rotated(HOUR);
    const entry = config.keys[1];
    expect(findKey(config.keys, second, later(10 * HOUR))).toBe(entry);
    expect(findKey(config.keys, first, later(HOUR - 1))).toBe(entry);
    expect(lookUpKey(config.keys, first, later(HOUR))).toEqual({ is: 'replaced', entry, until: '2026-11-22T13:00:00.000Z' });
    expect(findKey(config.keys, first, later(HOUR))).toBeUndefined();
    expect(entry).toMatchObject({ name: 'a', models: ['groq/*'], rpm: 3, hint: second.slice(-4), createdAt: NOW.toISOString() });
    expect(configSchema.parse(config)).toEqual(config);
    expect(JSON.stringify(config)).not.toContain(second);
  });

  it('without grace refuses the old key at once', () => {
    const { config, first, second } = rotated(0);
    expect(lookUpKey(config.keys, first, later(0))).toEqual({ is: 'unknown' });
    expect(findKey(config.keys, second, later(0))?.name).toBe('a');
    expect(config.keys[1]).not.toHaveProperty('previous');
  });

  it('a second time takes the one before only', () => {
    const { config, first, second } = rotated(HOUR);
    const third = rotateKey(config, config.keys[1]?.id ?? '', HOUR, NOW).key;
    expect([first, second, third].map((key) => lookUpKey(config.keys, key, later(1)).is)).toEqual(['unknown', 'known', 'known']);
    rotateKey(config, 'a', 0, NOW);
    expect([first, second, third].map((key) => lookUpKey(config.keys, key, later(1)).is)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('does not prolong what expires, and says so when it is too late', () => {
    const config = emptyConfig();
    const { key } = addKey(config, 'a', { expiresAt: '2026-11-22T12:30:00Z' }, NOW);
    const next = rotateKey(config, 'a', HOUR, NOW).key;
    expect([key, next].map((each) => lookUpKey(config.keys, each, later(HOUR / 2)).is)).toEqual(['expired', 'expired']);
    expect(() => rotateKey(config, 'a', 0, new Date(later(HOUR)))).toThrow('expired at 2026-11-22T12:30:00Z');
    expect(() => rotateKey(config, 'b', 0, NOW)).toThrow('no key named "b"');
  });
});
