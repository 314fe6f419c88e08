import { describe, expect, it } from 'vitest';
import { type Config, configSchema } from '../../src/config/schema.ts';
import { configChanges } from '../../src/log/config-changes.ts';

const HASHES = ['a', 'b', 'c'].map((letter) => `sha256:${letter.repeat(64)}`);

function config(change: (raw: Record<string, unknown>) => void = () => {}): Config {
  const raw = {
    version: 1,
    accounts: [
      {
        id: 'a1',
        provider: 'openai-compatible',
        name: 'Mock',
        prefix: 'mock',
        baseUrl: 'http://127.0.0.1:9900/v1',
        credential: { secret: 'account/a1' },
        proxy: 'http://user:marked-proxy@proxy.example:8080',
        headers: { 'X-Team': 'marked-header' },
      },
    ],
    combos: [{ name: 'always-on', targets: ['mock/model-a'] }],
    aliases: { fast: 'mock/model-a' },
    routes: [
      { match: 'a/*', to: 'always-on' },
      { match: 'b/*', to: 'always-on' },
    ],
    keys: [{ id: 'k1', name: 'default', hash: HASHES[0], hint: 'hint' }],
    budgets: [{ account: 'a1', period: 'day', usd: 5 }],
  };
  const copy: Record<string, unknown> = structuredClone(raw);
  change(copy);
  return configSchema.parse(copy);
}

/** The first row of a list, to be changed. */
function row(raw: Record<string, unknown>, list: string, n = 0): Record<string, unknown> {
  return (raw[list] as Record<string, unknown>[])[n] ?? {};
}

describe('changes of a config', () => {
  it('are none between equal ones', () => expect(configChanges(config(), config())).toEqual([]));

  it('of an account tell field, before and after', () => {
    const after = config((raw) => Object.assign(row(raw, 'accounts'), { priority: 3, limits: { rpm: 30 } }));
    expect(configChanges(config(), after)).toEqual([
      {
        what: 'account.edited',
        subject: 'Mock',
        changes: [
          { field: 'priority', before: 1, after: 3 },
          { field: 'limits', after: { rpm: 30 } },
        ],
      },
    ]);
  });

  it('tell a rotated key as such', () => {
    const after = config((raw) => Object.assign(row(raw, 'accounts'), { rotatedAt: '2026-11-22T10:00:00.000Z' }));
    expect(configChanges(config(), after)).toEqual([{ what: 'account.key-rotated', subject: 'Mock' }]);
  });

  it('name the environment variable of a credential', () => {
    const after = config((raw) => Object.assign(row(raw, 'accounts'), { credential: { env: 'MOCK_KEY' } }));
    expect(configChanges(config(), after)[0]?.changes).toEqual([
      { field: 'credential', before: 'vault', after: 'environment variable MOCK_KEY' },
    ]);
  });

  it('tell that a hidden value changed, not what it is', () => {
    const after = config((raw) =>
      Object.assign(row(raw, 'accounts'), {
        proxy: 'http://user:marked-new@proxy.example:8080',
        headers: { 'X-Team': 'marked-other', 'X-New': 'marked-third' },
        baseUrl: 'http://127.0.0.1:9900/v1?key=marked-query',
      }),
    );
    const changes = configChanges(config(), after);
    expect(changes[0]?.changes?.map(({ field }) => field)).toEqual([
      'baseUrl',
      'headers.X-New',
      'headers.X-Team',
      'proxy (user, password or query)',
    ]);
    expect(JSON.stringify(changes)).not.toMatch(/marked/);
  });

  it('of everything at once, from nothing and to nothing, hold no secret and no hash', () => {
    const empty = configSchema.parse({ version: 1 });
    const added = configChanges(empty, config());
    expect(added.map(({ what }) => what)).toEqual([
      'account.added',
      'combo.saved',
      'alias.saved',
      'route.saved',
      'route.saved',
      'budget.saved',
      'key.added',
    ]);
    const removed = configChanges(config(), empty);
    expect(removed.map(({ what, subject }) => `${what} ${subject}`)).toEqual([
      'account.removed Mock',
      'combo.removed always-on',
      'alias.removed fast',
      'route.removed a/*',
      'route.removed b/*',
      'budget.removed account a1 per day',
      'key.removed default',
    ]);
    expect(JSON.stringify([added, removed])).not.toMatch(/marked|sha256|hint/);
  });

  it('tell a gateway key that was rotated, and how long the old one is good', () => {
    const until = '2026-11-23T10:00:00.000Z';
    const after = config((raw) => Object.assign(row(raw, 'keys'), { hash: HASHES[1], hint: 'else', previous: { hash: HASHES[0], until } }));
    expect(configChanges(config(), after)).toEqual([
      { what: 'key.rotated', subject: 'default', changes: [{ field: 'old key good until', after: until }] },
    ]);
  });

  it('tell a new order of the routes', () => {
    const after = config((raw) => (raw.routes as unknown[]).reverse());
    expect(configChanges(config(), after)).toEqual([
      { what: 'route.reordered', subject: 'routes', changes: [{ field: 'order', before: ['a/*', 'b/*'], after: ['b/*', 'a/*'] }] },
    ]);
  });

  it('of the settings are told by section, without the text of prompts', () => {
    const rules = (text: string) => ({ systemPrompts: [{ text }] });
    const before = config((raw) => Object.assign(raw, { settings: { rules: rules('private one'), timeouts: { idleMs: 5 } } }));
    const after = config((raw) => Object.assign(raw, { settings: { rules: rules('private two'), timeouts: { idleMs: 6 } } }));
    const changes = configChanges(before, after);
    expect(changes).toEqual([
      { what: 'settings.changed', subject: 'timeouts', changes: [{ field: 'timeouts.idleMs', before: 5, after: 6 }] },
      {
        what: 'settings.changed',
        subject: 'rules',
        changes: [{ field: 'rules.systemPrompts', before: '[not shown]', after: '[not shown]' }],
      },
    ]);
  });
});
