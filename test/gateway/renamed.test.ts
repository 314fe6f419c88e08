import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Crew, crewOf } from './crew.ts';

let crew: Crew;
beforeEach(async () => {
  crew = await crewOf([{ name: 'one' }, { name: 'two' }], {
    combos: [{ name: 'work', strategy: 'round-robin', targets: ['one/*', 'two/m'] }],
    aliases: { nick: 'one/m', team: 'work' },
    routes: [{ match: 'claude-*', to: 'one/*' }],
    settings: { routing: { retries: 0 }, rules: { maxTokens: [{ cap: 77, models: ['one/*'] }] } },
  });
});
afterEach(() => crew.close());

const byKey = async (key: unknown, model: string): Promise<number> => {
  const init = {
    method: 'POST',
    headers: { 'x-api-key': key as string },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'x' }] }),
  };
  return (await fetch(`${crew.gateway.url}/v1/chat/completions`, init)).status;
};

describe('an account that is given another prefix', () => {
  it('is still found by everything that led to it, and by its new name', async () => {
    const { key } = await crew.admin('POST', '/keys', { name: 'limited', models: ['one/*'] });
    await crew.admin('PATCH', '/accounts/one', { prefix: 'uno' });
    for (const name of ['nick', 'claude-x', 'uno/m']) {
      expect(await crew.ask(name, { turns: name }), name).toMatchObject({ status: 200, account: 'one' });
      expect((await crew.at('one').next()).json(), name).toMatchObject({ max_tokens: 77 });
    }
    expect((await crew.explain('model=work')).steps.map(({ account }) => account).sort()).toEqual(['one', 'two']);
    expect([await byKey(key, 'uno/m'), await byKey(key, 'two/m')]).toEqual([200, 403]);
    expect(await crew.ask('one/m')).toMatchObject({ status: 404 });
  });
});

describe('an account that is given another name', () => {
  it('has spent what it had spent', async () => {
    await crew.admin('PUT', '/budgets', { budgets: [{ account: 'one', period: 'day', requests: 2 }] });
    expect((await crew.ask('one/m', { turns: 'a' })).status).toBe(200);
    await crew.admin('PATCH', '/accounts/one', { name: 'first' });
    expect((await crew.admin('GET', '/budgets/state')).budgets).toMatchObject([{ name: 'account first, day', amounts: [{ used: 1 }] }]);
    expect(await crew.ask('one/m', { turns: 'b' })).toMatchObject({ status: 200, account: 'first' });
    const spent = await crew.ask('one/m', { turns: 'c' });
    expect(spent.status).toBe(429);
    expect(spent.text).toContain('account first');
    expect((await crew.admin('GET', '/budgets/state')).budgets).toMatchObject([{ name: 'account first, day', amounts: [{ used: 2 }] }]);
    // Without the account its budget is gone, and the next one of that name starts without.
    expect(await crew.admin('DELETE', '/accounts/first')).toMatchObject({ removedBudgets: [{ account: 'first' }] });
    expect((await crew.admin('GET', '/budgets')).budgets).toEqual([]);
  });
});

describe('a combo that is given another name', () => {
  it('is found by what named it, and a key that may use it still may', async () => {
    const { key } = await crew.admin('POST', '/keys', { name: 'limited', models: ['work'] });
    await crew.admin('POST', '/combos/work/rename', { to: 'jobs' });
    expect((await crew.ask('team')).status).toBe(200);
    expect([await byKey(key, 'jobs'), await byKey(key, 'work'), await byKey(key, 'two/m')]).toEqual([200, 403, 403]);
  });
});
