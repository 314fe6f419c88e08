import { describe, expect, it } from 'vitest';
import {
  accountNamed,
  addAccount,
  draftAccount,
  editAccount,
  knownModels,
  ManageError,
  removeAccount,
  removeAlias,
  removeCombo,
  removeRoute,
  renameCombo,
  saveBudgets,
  saveCombo,
  saveRoute,
  saveRoutes,
  setAlias,
  setCredential,
} from '../../src/accounts/manage.ts';
import { mergePatch } from '../../src/accounts/merge-patch.ts';
import { type Config, configSchema, emptyConfig } from '../../src/config/schema.ts';

function withAccounts(...names: string[]): Config {
  const config = emptyConfig();
  for (const name of names) addAccount(config, draftAccount({ provider: 'groq', name }, `id-${name}`));
  return config;
}

/** Runs a change that must be refused; the config must be as before. */
function refusal(config: Config, change: (config: Config) => unknown): { code: string; param: string | undefined; message: string } {
  const before = JSON.stringify(config);
  try {
    change(config);
  } catch (error) {
    if (!(error instanceof ManageError)) throw error;
    expect(JSON.stringify(config)).toBe(before);
    return { code: error.code, param: error.param, message: error.message };
  }
  throw new Error('was not refused');
}

describe('a new account', () => {
  it('is named after its provider when no name is given, and a valid part of a config', () => {
    const config = emptyConfig();
    addAccount(config, draftAccount({ provider: 'groq', limits: { rpm: 5 } }));
    expect(config.accounts[0]).toMatchObject({
      provider: 'groq',
      name: 'groq',
      priority: 1,
      enabled: true,
      proxy: null,
      limits: { rpm: 5 },
    });
    expect(configSchema.safeParse(config).success).toBe(true);
  });

  it.each([
    ['an unknown provider, with the nearest', { provider: 'grok-cloud' }, 'provider', /nearest: /],
    ['the demo provider', { provider: 'demo' }, 'provider', /unknown provider "demo"/],
    ['a custom node without its URL', { provider: 'openai-compatible' }, 'baseUrl', /base URL/],
    ['a missing parameter, with an example', { provider: 'azure' }, 'parameters.resource', /such as/],
    ['a limit that cannot be', { provider: 'groq', limits: { rpm: 0 } }, 'limits.rpm', /limits\.rpm/],
    ['a proxy of another scheme', { provider: 'groq', proxy: 'file:///etc/passwd' }, 'proxy', /http, https or socks5/],
    ['a base URL of another scheme', { provider: 'openai-compatible', baseUrl: 'file:///etc' }, 'baseUrl', /http or https/],
    ['a field nobody knows', { provider: 'groq', limits: { rps: 1 } }, 'limits.rps', /rps/],
  ])('refuses %s', (_what, input, param, words) => {
    const told = refusal(emptyConfig(), () => draftAccount(input as never));
    expect(told).toMatchObject({ code: 'invalid', param });
    expect(told.message).toMatch(words);
  });

  it('must not have the name of another account of its provider', () => {
    const config = withAccounts('me');
    expect(refusal(config, (c) => addAccount(c, draftAccount({ provider: 'groq', name: 'me' })))).toMatchObject({
      code: 'duplicate',
      param: 'name',
    });
    addAccount(config, draftAccount({ provider: 'mistral', name: 'me' }, 'id-other'));
    const told = refusal(config, (c) => accountNamed(c, 'me'));
    expect(told.code).toBe('ambiguous');
    expect(told.message).toContain('id-me (groq)');
    expect(told.message).toContain('id-other (mistral)');
    expect(accountNamed(config, 'id-other').provider).toBe('mistral');
  });
});

describe('editing an account', () => {
  it('changes what is named, merges limits, and takes away what is null', () => {
    const config = withAccounts('me', 'you');
    editAccount(config, 'me', { limits: { rpm: 5, tpm: 100 }, headroom: 10, prefix: 'mine', enabled: false, models: { deny: ['x*'] } });
    expect(editAccount(config, 'me', { limits: { rpm: null }, headroom: null, prefix: null, models: { deny: null } })).toEqual({
      id: 'id-me',
      provider: 'groq',
      name: 'me',
      priority: 1,
      enabled: false,
      proxy: null,
      limits: { tpm: 100 },
    });
    expect(config.accounts.map((entry) => entry.id)).toEqual(['id-me', 'id-you']);
  });

  it.each([
    ['its id', { id: 'x' }, 'invalid', 'id'],
    ['its credential', { credential: { env: 'X' } }, 'invalid', 'credential'],
    ['a name that is taken', { name: 'you' }, 'duplicate', 'name'],
    ['a headroom over 100', { headroom: 101 }, 'invalid', 'headroom'],
    ['no name', { name: null }, 'invalid', 'name'],
    ['a wrong custom model', { models: { custom: [{ id: '' }] } }, 'invalid', 'models.custom[0].id'],
  ])('refuses %s', (_what, edit, code, param) => {
    expect(refusal(withAccounts('me', 'you'), (c) => editAccount(c, 'me', edit as never))).toMatchObject({ code, param });
  });

  it('knows nobody of another name', () => {
    expect(refusal(withAccounts('me'), (c) => editAccount(c, 'nobody', {})).code).toBe('not_found');
  });
});

describe("an account's key", () => {
  it('is another from the moment it is set, and the old secret is told when nothing uses it any more', () => {
    const config = withAccounts('me');
    expect(setCredential(config, 'me', { secret: 'account/id-me' }, new Date(0))).toEqual({ unused: undefined });
    expect(setCredential(config, 'me', { secret: 'account/id-me' }, new Date(1))).toEqual({ unused: undefined });
    expect(setCredential(config, 'me', { env: 'KEY' }, new Date(2))).toEqual({ unused: 'account/id-me' });
    expect(config.accounts[0]).toMatchObject({ credential: { env: 'KEY' }, rotatedAt: '1970-01-01T00:00:00.002Z' });
  });

  it('stays while another account uses it', () => {
    const config = withAccounts('me', 'you');
    setCredential(config, 'me', { secret: 'shared' }, new Date(0));
    setCredential(config, 'you', { secret: 'shared' }, new Date(0));
    expect(removeAccount(config, 'me').secret).toBeUndefined();
    expect(setCredential(config, 'you', { env: 'KEY' }, new Date(0)).unused).toBe('shared');
  });

  it('leaves with the account', () => {
    const config = withAccounts('me', 'you');
    setCredential(config, 'me', { secret: 'account/id-me' }, new Date(0));
    expect(removeAccount(config, 'me')).toMatchObject({ secret: 'account/id-me', account: { name: 'me' } });
    expect(removeAccount(config, 'you').secret).toBeUndefined();
    expect(config.accounts).toEqual([]);
  });
});

describe('combos', () => {
  it('are added, and replaced in their place', () => {
    const config = emptyConfig();
    saveCombo(config, { name: 'a', targets: ['demo/echo'] });
    saveCombo(config, { name: 'b', targets: ['a'] });
    saveCombo(config, { name: 'a', targets: ['demo/tools'], strategy: 'random' });
    expect(config.combos.map(({ name, targets }) => [name, targets])).toEqual([
      ['a', ['demo/tools']],
      ['b', ['a']],
    ]);
    expect(configSchema.safeParse(config).success).toBe(true);
  });

  it.each([
    ['a circle, at the target that closes it', { name: 'a', targets: ['demo/echo', 'b'] }, 'targets[1]', /a → b → a/],
    ['itself', { name: 'a', targets: ['a'] }, 'targets[0]', /circle/],
    ['no targets', { name: 'c', targets: [] }, 'targets', /targets/],
    ['the name of automatic routing', { name: 'auto', targets: ['demo/echo'] }, 'name', /automatic/],
    ['the name of an alias', { name: 'short', targets: ['demo/echo'] }, 'aliases.short', /already the name/],
    ['a strategy nobody knows', { name: 'c', targets: ['x'], strategy: 'best' }, 'strategy', /strategy/],
    ['a failure nobody falls back from', { name: 'c', targets: ['x'], fallbackOn: ['cancelled'] }, 'fallbackOn[0]', /not fallen back/],
  ])('refuse %s', (_what, combo, param, words) => {
    const config = emptyConfig();
    saveCombo(config, { name: 'a', targets: ['demo/echo'] });
    saveCombo(config, { name: 'b', targets: ['a'] });
    setAlias(config, 'short', 'a');
    const told = refusal(config, (c) => saveCombo(c, combo));
    expect(told).toMatchObject({ code: 'invalid', param });
    expect(told.message).toMatch(words);
  });

  it('name the place in the combo being saved, also when the circle goes through an earlier one', () => {
    const config = emptyConfig();
    saveCombo(config, { name: 'a', targets: ['demo/echo', 'b'] });
    expect(refusal(config, (c) => saveCombo(c, { name: 'b', targets: ['a'] })).param).toBe('targets[0]');
  });

  it('lead to what the accounts answer to, where that is known', () => {
    const config = withAccounts('me');
    const known = knownModels(config);
    saveCombo(config, { name: 'a', targets: ['groq/anything', 'demo/echo', 'auto'] }, known);
    saveCombo(config, { name: 'old', targets: ['gone/model'] });
    const told = refusal(config, (c) => saveCombo(c, { name: 'b', targets: ['a', 'grok/anything'] }, known));
    expect(told).toMatchObject({ code: 'invalid', param: 'targets[1]' });
    expect(told.message).toContain('nearest: "groq/anything"');
    expect(refusal(config, (c) => setAlias(c, 'x', 'gone/model', known)).message).toContain('gone/model');
    expect(refusal(config, (c) => saveRoutes(c, [{ match: 'x-*', to: 'gone/model' }], known)).param).toBe('routes[0].to');
    expect(refusal(config, (c) => saveRoute(c, { match: 'x-*', to: 'gone/model' }, known)).param).toBe('to');
  });

  it('stay while a combo, an alias or a route leads to them', () => {
    const config = emptyConfig();
    saveCombo(config, { name: 'a', targets: ['demo/echo'] });
    saveCombo(config, { name: 'b', targets: ['a'] });
    setAlias(config, 'short', 'a');
    saveRoute(config, { match: 'claude-*', to: 'a' });
    const told = refusal(config, (c) => removeCombo(c, 'a'));
    expect(told.code).toBe('in_use');
    expect(told.message).toContain('the combo "b", the alias "short", the route "claude-*"');
    removeCombo(config, 'b');
    removeAlias(config, 'short');
    removeRoute(config, 'claude-*');
    removeCombo(config, 'a');
    expect(config).toEqual(emptyConfig());
    expect(refusal(config, (c) => removeCombo(c, 'a')).code).toBe('not_found');
  });
});

describe('aliases and routes', () => {
  it('lead one step, and not to themselves', () => {
    const config = emptyConfig();
    setAlias(config, 'short', 'demo/echo');
    expect(refusal(config, (c) => setAlias(c, 'shorter', 'short')).message).toContain('alias too');
    expect(refusal(config, (c) => setAlias(c, 'own', 'own')).message).toContain('stands for itself');
    expect(refusal(config, (c) => setAlias(c, 'auto', 'demo/echo')).message).toContain('already the name');
    expect(refusal(config, (c) => setAlias(c, '__proto__', 'demo/echo')).code).toBe('invalid');
    expect(refusal(config, (c) => removeAlias(c, 'toString')).code).toBe('not_found');
  });

  it('keep their order, and name the one that is wrong', () => {
    const config = emptyConfig();
    saveRoute(config, { match: 'a-*', to: 'x' });
    saveRoute(config, { match: 'b-*', to: 'x' });
    saveRoute(config, { match: 'a-*', to: 'y' });
    expect(config.routes).toEqual([
      { match: 'a-*', to: 'y' },
      { match: 'b-*', to: 'x' },
    ]);
    expect(
      refusal(config, (c) =>
        saveRoutes(c, [
          { match: 'c-*', to: 'x' },
          { match: 'plain', to: 'x' },
        ]),
      ).param,
    ).toBe('routes[1].match');
    expect(refusal(config, (c) => removeRoute(c, 'z-*')).code).toBe('not_found');
  });
});

/** A config in which everything that can names the account `me` (prefix `groq`) or the combo `a`. */
function named(): Config {
  const config = withAccounts('me');
  saveCombo(config, { name: 'a', targets: ['groq/x', 'groq/*', 'other/x', 'groqs/x'] });
  saveCombo(config, { name: 'b', targets: ['a', 'groq/x'] });
  setAlias(config, 'short', 'groq/x');
  setAlias(config, 'better', 'a');
  saveRoutes(config, [
    { match: 'groq/*', to: 'a' },
    { match: 'claude-*', to: 'groq/*' },
  ]);
  config.keys = [{ id: 'k', name: 'tool', hash: `sha256:${'0'.repeat(64)}`, models: ['a', 'groq/*', 'g*'] }];
  config.settings.rules = {
    ...config.settings.rules,
    maxTokens: [{ models: ['groq/x', 'a'], cap: 5 }, { cap: 9 }],
    systemPrompts: [{ models: ['groq/*'], position: 'append', text: 'x' }],
    reasoning: [{ models: ['a'], mode: 'auto' }],
  };
  return config;
}

describe('another prefix', () => {
  it('is followed by whatever leads to the account, and by nothing else', () => {
    const config = named();
    editAccount(config, 'me', { prefix: 'mine' });
    expect(config.combos.map(({ targets }) => targets)).toEqual([
      ['mine/x', 'mine/*', 'other/x', 'groqs/x'],
      ['a', 'mine/x'],
    ]);
    expect(config.aliases).toEqual({ short: 'mine/x', better: 'a' });
    expect(config.routes).toEqual([
      { match: 'groq/*', to: 'a' },
      { match: 'claude-*', to: 'mine/*' },
    ]);
    expect(config.keys[0]?.models).toEqual(['a', 'mine/*', 'g*']);
    expect(config.settings.rules).toMatchObject({
      maxTokens: [{ models: ['mine/x', 'a'] }, { cap: 9 }],
      systemPrompts: [{ models: ['mine/*'] }],
    });
    editAccount(config, 'me', { prefix: null });
    expect(config.combos[1]?.targets).toEqual(['a', 'groq/x']);
    expect(configSchema.safeParse(config).success).toBe(true);
  });

  it('leaves names alone that still mean another account, or an alias', () => {
    const config = named();
    addAccount(config, draftAccount({ provider: 'groq', name: 'you' }, 'id-you'));
    const before = structuredClone(config);
    editAccount(config, 'me', { prefix: 'mine' });
    expect({ ...config, accounts: [] }).toEqual({ ...before, accounts: [] });
    editAccount(config, 'me', { prefix: null });
    removeAccount(config, 'you');
    config.aliases = { 'groq/x': 'other/x' };
    editAccount(config, 'me', { prefix: 'mine' });
    expect(config.combos[0]?.targets).toEqual(['groq/x', 'mine/*', 'other/x', 'groqs/x']);
  });

  it('gives a limited key no other account', () => {
    const config = named();
    addAccount(config, draftAccount({ provider: 'mistral', name: 'you', prefix: 'shared' }, 'id-you'));
    editAccount(config, 'me', { prefix: 'shared' });
    expect(config.combos[1]?.targets).toEqual(['a', 'shared/x']);
    expect(config.keys[0]?.models).toEqual(['a', 'groq/*', 'g*']);
  });
});

describe('renaming a combo', () => {
  it('is followed by what names it', () => {
    const config = named();
    expect(renameCombo(config, 'a', 'best')).toMatchObject({ name: 'best', targets: ['groq/x', 'groq/*', 'other/x', 'groqs/x'] });
    expect(config.combos.map(({ name, targets }) => [name, targets[0]])).toEqual([
      ['best', 'groq/x'],
      ['b', 'best'],
    ]);
    expect(config.aliases).toEqual({ short: 'groq/x', better: 'best' });
    expect(config.routes[0]).toEqual({ match: 'groq/*', to: 'best' });
    expect(config.keys[0]?.models).toEqual(['best', 'groq/*', 'g*']);
    expect(config.settings.rules).toMatchObject({ maxTokens: [{ models: ['groq/x', 'best'] }, {}], reasoning: [{ models: ['best'] }] });
    expect(configSchema.safeParse(config).success).toBe(true);
  });

  it.each([
    ['a name that is taken', 'a', 'b', 'duplicate'],
    ['the name of an alias', 'a', 'short', 'invalid'],
    ['the name of automatic routing', 'a', 'auto', 'invalid'],
    ['a name with a slash', 'a', 'x/y', 'invalid'],
    ['a combo that is not there', 'z', 'y', 'not_found'],
  ])('refuses %s', (_what, from, to, code) => {
    expect(refusal(named(), (c) => renameCombo(c, from, to)).code).toBe(code);
  });
});

describe('what is suggested for a target nobody knows', () => {
  it('could be put in its place', () => {
    const config = withAccounts('me');
    const known = { prefixes: new Set(['groq']), models: () => false };
    saveCombo(config, { name: 'outer', targets: ['work'] });
    const told = refusal(config, (c) => saveCombo(c, { name: 'work', targets: ['worc'] }, known));
    expect(told.message).toContain('nearest: "auto');
    expect(told.message).not.toMatch(/"work"|"outer"/);
    setAlias(config, 'short', 'groq/x');
    expect(refusal(config, (c) => setAlias(c, 'shorter', 'shor', known)).message).not.toMatch(/"short"|"shorter"/);
    expect(refusal(config, (c) => saveCombo(c, { name: 'b', targets: ['shor'] }, known)).message).toContain('"short"');
  });
});

describe('budgets', () => {
  const day = { period: 'day', usd: 1 };

  it('follow an account that is renamed', () => {
    const config = withAccounts('me', 'you');
    saveBudgets(config, [{ ...day, account: 'me' }, { ...day, account: 'id-me' }, { ...day, account: 'you' }, day]);
    editAccount(config, 'me', { name: 'mine' });
    expect(config.budgets.map(({ account }) => account)).toEqual(['mine', 'id-me', 'you', undefined]);
  });

  it('still mean one account when two have a name', () => {
    const config = withAccounts('me');
    addAccount(config, draftAccount({ provider: 'mistral', name: 'you' }, 'id-you'));
    saveBudgets(config, [{ ...day, account: 'me' }]);
    editAccount(config, 'me', { name: 'you' });
    expect(config.budgets[0]?.account).toBe('id-me');
    saveBudgets(config, [
      { ...day, account: 'you' },
      { ...day, account: 'you', provider: 'groq' },
    ]);
    editAccount(config, 'id-me', { name: 'other' });
    expect(config.budgets.map(({ account }) => account)).toEqual(['you', 'other']);
  });

  it('go with an account that is removed, unless another has its name', () => {
    const config = withAccounts('me');
    addAccount(config, draftAccount({ provider: 'mistral', name: 'me' }, 'id-other'));
    saveBudgets(config, [{ ...day, account: 'me' }, { ...day, account: 'id-me' }, { ...day, provider: 'groq' }, day]);
    expect(removeAccount(config, 'id-me').budgets).toMatchObject([{ account: 'id-me' }]);
    expect(removeAccount(config, 'id-other').budgets).toMatchObject([{ account: 'me' }]);
    expect(config.budgets).toMatchObject([{ provider: 'groq' }, { period: 'day' }]);
  });

  it('that were there and are left as they are hinder nobody', () => {
    const config = withAccounts('me');
    config.budgets = [{ period: 'day', usd: 1, key: 'gone', mode: 'hard', warnAt: 80 }];
    saveBudgets(config, [{ ...day, key: 'gone' }, day]);
    expect(config.budgets).toHaveLength(2);
    expect(refusal(config, (c) => saveBudgets(c, [{ ...day, usd: 2, key: 'gone' }])).param).toBe('budgets[0].key');
  });

  it('are for somebody who exists', () => {
    const config = withAccounts('me');
    saveBudgets(config, [
      { ...day, account: 'me' },
      { ...day, account: 'id-me' },
      { ...day, provider: 'groq' },
      { ...day, tier: 'free' },
      day,
    ]);
    expect(config.budgets).toHaveLength(5);
    expect(refusal(config, (c) => saveBudgets(c, [day, { ...day, account: 'gone' }])).param).toBe('budgets[1].account');
    expect(refusal(config, (c) => saveBudgets(c, [{ ...day, key: 'gone' }])).param).toBe('budgets[0].key');
    expect(refusal(config, (c) => saveBudgets(c, [{ ...day, provider: 'gone' }])).param).toBe('budgets[0].provider');
    expect(refusal(config, (c) => saveBudgets(c, [{ period: 'day' }])).message).toContain('needs an amount');
  });
});

describe('a merge patch', () => {
  // The examples of RFC 7396, appendix A.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j by %j gives %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });

  it('touches no prototype', () => {
    mergePatch({}, JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
