import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AdminHouse, adminHouse } from './admin-house.ts';

let house: AdminHouse;
beforeEach(async () => {
  house = await adminHouse();
});
afterEach(() => house.close());

const echo = async (model: string): Promise<number> => {
  const headers = { authorization: `Bearer ${house.key}` };
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] });
  return (await fetch(`${house.url}/v1/chat/completions`, { method: 'POST', headers, body })).status;
};

describe('/admin/combos', () => {
  it('saves, shows and removes; the next request knows it', async () => {
    expect(await house.ask('PUT', '/combos/work', { targets: ['demo/echo'], strategy: 'round-robin' })).toMatchObject({
      status: 200,
      body: { combo: { name: 'work', enabled: true, strategy: 'round-robin', targets: ['demo/echo'], affinity: true } },
    });
    expect(await echo('work')).toBe(200);
    expect((await house.ask('GET', '/combos')).body.combos).toHaveLength(1);
    expect((await house.ask('GET', '/combos/work')).body.combo).toMatchObject({ name: 'work' });
    expect((await house.ask('DELETE', '/combos/work')).body).toEqual({ removed: 'work' });
    expect((await house.ask('GET', '/combos/work')).status).toBe(404);
    expect(await echo('work')).toBe(404);
  });

  it.each([
    ['an unknown target', { targets: ['demo/echo', 'nobody/x'] }, 'targets[1]', /nobody here knows "nobody\/x"/],
    ['a circle', { targets: ['a', 'other'] }, 'targets[1]', /circle/],
    ['no targets', { targets: [] }, 'targets', /targets/],
    ['another name', { name: 'x', targets: ['demo/echo'] }, 'name', /is not the one in the address/],
    ['a wrong strategy', { targets: ['demo/echo'], strategy: 'best' }, 'strategy', /strategy/],
    ['a wrong class', { targets: ['demo/echo'], fallbackOn: ['quota', 'bad'] }, 'fallbackOn[1]', /fallbackOn/],
    ['a tier budget without an amount', { targets: ['demo/echo'], budgets: [{ tier: 'free', period: 'day' }] }, 'budgets[0]', /amount/],
  ])('names the field at fault: %s', async (_what, combo, param, words) => {
    await house.ask('PUT', '/combos/a', { targets: ['demo/echo'] });
    await house.ask('PUT', '/combos/work', { targets: ['demo/echo'] });
    await house.ask('PUT', '/combos/other', { targets: ['work'] });
    const before = await house.configText();
    const { status, body } = await house.ask('PUT', '/combos/work', combo);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid', param });
    expect(body.error?.message).toMatch(words);
    expect(await house.configText()).toBe(before);
  });

  it('renames; what names it follows, also for the next request', async () => {
    await house.ask('PUT', '/combos/work', { targets: ['demo/echo'] });
    await house.ask('PUT', '/aliases/w', { to: 'work' });
    expect((await house.ask('POST', '/combos/work/rename', { to: 'best' })).body.combo).toMatchObject({ name: 'best' });
    expect(await Promise.all(['best', 'w', 'work'].map(echo))).toEqual([200, 200, 404]);
    expect((await house.ask('POST', '/combos/work/rename', { to: 'x' })).status).toBe(404);
    await house.ask('PUT', '/combos/other', { targets: ['demo/echo'] });
    expect(await house.ask('POST', '/combos/other/rename', { to: 'best' })).toMatchObject({
      status: 409,
      body: { error: { code: 'duplicate', param: 'to' } },
    });
    expect((await house.ask('POST', '/combos/other/rename', { to: 'x/y' })).body.error).toMatchObject({ code: 'invalid', param: 'to' });
    expect((await house.ask('POST', '/combos/other/rename', {})).body.error).toMatchObject({ param: 'to' });
  });

  it('keeps one that is used', async () => {
    await house.ask('PUT', '/combos/work', { targets: ['demo/echo'] });
    await house.ask('PUT', '/aliases/w', { to: 'work' });
    const { status, body } = await house.ask('DELETE', '/combos/work');
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'in_use', message: expect.stringContaining('the alias "w"') });
  });
});

describe('/admin/aliases', () => {
  it('takes names with slashes, encoded', async () => {
    const path = `/aliases/${encodeURIComponent('anthropic/claude-x')}`;
    expect(await house.ask('PUT', path, { to: 'demo/echo' })).toMatchObject({
      status: 200,
      body: { alias: 'anthropic/claude-x', to: 'demo/echo' },
    });
    expect(await echo('anthropic/claude-x')).toBe(200);
    expect((await house.ask('GET', path)).body).toEqual({ alias: 'anthropic/claude-x', to: 'demo/echo' });
    expect((await house.ask('GET', '/aliases')).body).toEqual({ aliases: { 'anthropic/claude-x': 'demo/echo' } });
    expect((await house.ask('DELETE', path)).status).toBe(200);
    expect((await house.ask('DELETE', path)).status).toBe(404);
  });

  it('refuses a second step, an unknown model, a body that says nothing', async () => {
    await house.ask('PUT', '/aliases/a', { to: 'demo/echo' });
    expect(await house.ask('PUT', '/aliases/b', { to: 'a' })).toMatchObject({ status: 400, body: { error: { code: 'invalid' } } });
    expect((await house.ask('PUT', '/aliases/b', { to: 'nobody/x' })).body.error?.message).toContain('nobody/x');
    expect((await house.ask('PUT', '/aliases/b', {})).body.error).toMatchObject({ param: 'to' });
  });
});

describe('/admin/routes', () => {
  it('is a list, saved whole and in order', async () => {
    const routes = [
      { match: 'claude-*', to: 'demo/echo' },
      { match: '*', to: 'demo/tools' },
    ];
    expect((await house.ask('PUT', '/routes', { routes })).body).toEqual({ routes });
    expect((await house.ask('GET', '/routes')).body).toEqual({ routes });
    expect(await echo('claude-new')).toBe(200);
    expect((await house.ask('PUT', '/routes', { routes: [{ match: 'plain', to: 'demo/echo' }] })).body.error).toMatchObject({
      param: 'routes[0].match',
    });
    expect((await house.ask('PUT', '/routes', { routes: [...routes, { match: 'x*', to: 'nobody/x' }] })).body.error).toMatchObject({
      param: 'routes[2].to',
    });
    expect((await house.ask('PUT', '/routes', { routes: 'all' })).body.error).toMatchObject({ param: 'routes' });
    expect((await house.ask('GET', '/routes')).body).toEqual({ routes });
  });
});

describe('/admin/budgets', () => {
  it('saves limits and shows what was used of them', async () => {
    const budgets = [{ period: 'day', requests: 5, tier: 'free' }];
    expect((await house.ask('PUT', '/budgets', { budgets })).body).toEqual({
      budgets: [{ period: 'day', requests: 5, tier: 'free', mode: 'hard', warnAt: 80 }],
    });
    await echo('demo/echo');
    expect((await house.ask('GET', '/budgets/state')).body.budgets).toMatchObject([
      { period: 'day', mode: 'hard', state: 'ok', amounts: [{ unit: 'requests', limit: 5 }] },
    ]);
    expect((await house.ask('PUT', '/budgets', { budgets: [{ period: 'day' }] })).body.error).toMatchObject({ param: 'budgets[0]' });
    expect((await house.ask('PUT', '/budgets', { budgets: [{ period: 'day', usd: 1, account: 'nobody' }] })).body.error).toMatchObject({
      param: 'budgets[0].account',
    });
    expect((await house.ask('GET', '/budgets')).body.budgets).toHaveLength(1);
  });
});

describe('a budget for somebody who is gone', () => {
  const day = { period: 'day', requests: 5 };

  it('is gone too, and the answer says so', async () => {
    const { body: added } = await house.ask('POST', '/accounts', { ...house.account({ name: 'mine' }), noKey: true, test: false });
    const { id } = added.account as { id: string };
    await house.ask('POST', '/keys', { name: 'tool' });
    const budgets = [{ ...day, account: 'mine' }, { ...day, key: 'tool' }, day];
    expect((await house.ask('PUT', '/budgets', { budgets })).status).toBe(200);
    await house.ask('PATCH', `/accounts/${id}`, { name: 'ours' });
    expect((await house.ask('GET', '/budgets')).body.budgets).toMatchObject([{ account: 'ours' }, { key: 'tool' }, day]);
    expect((await house.ask('DELETE', `/accounts/${id}`)).body).toMatchObject({ removed: id, removedBudgets: [{ account: 'ours' }] });
    expect((await house.ask('DELETE', '/keys/tool')).body).toMatchObject({ removedBudgets: [{ key: 'tool' }] });
    expect((await house.ask('GET', '/budgets')).body.budgets).toMatchObject([day]);
  });
});

describe('/admin/explain', () => {
  it('tells the order and what is skipped, and sends nothing', async () => {
    const account = (name: string) => ({ ...house.account({ name, prefix: 'mine' }), noKey: true, test: false });
    await house.ask('POST', '/accounts', account('first'));
    const { body } = await house.ask('POST', '/accounts', account('second'));
    const { id } = body.account as { id: string };
    const plain = await house.ask('GET', '/explain?model=mine/x&dialect=anthropic-messages&tools=1&vision=0&tokens=1000&session=abc');
    expect(plain.status).toBe(200);
    expect(plain.body.steps).toMatchObject([{ account: 'first' }, { account: 'second' }]);
    const without = await house.ask('GET', `/explain?model=mine/x&without=${id},groq`);
    expect(without.body).toMatchObject({ steps: [{ account: 'first' }], skipped: [{ account: 'second', reason: 'assumed-down' }] });
    expect(house.provider.seen).toEqual([]);
  });

  it('names the parameter at fault, and knows no unknown model', async () => {
    expect((await house.ask('GET', '/explain')).body.error).toMatchObject({ code: 'invalid', param: 'model' });
    expect((await house.ask('GET', '/explain?model=x&tokens=many')).body.error).toMatchObject({ param: 'tokens' });
    expect((await house.ask('GET', '/explain?model=x&dialect=soap')).body.error).toMatchObject({ param: 'dialect' });
    expect((await house.ask('GET', '/explain?model=x&color=red')).body.error).toMatchObject({ param: 'color' });
    expect(await house.ask('GET', '/explain?model=nobody/x')).toMatchObject({ status: 404, body: { error: { code: 'model_not_found' } } });
  });
});

describe('/admin/settings', () => {
  it('are merged and checked', async () => {
    const { body } = await house.ask('PATCH', '/settings', { routing: { retries: 0 }, rules: { blockedProviders: ['groq'] } });
    expect(body.settings).toMatchObject({ routing: { retries: 0, maxAttempts: 12 }, rules: { blockedProviders: ['groq'] } });
    expect((await house.ask('PATCH', '/settings', { routing: { retries: null } })).body.settings).toMatchObject({
      routing: { retries: 2 },
    });
    const before = await house.configText();
    expect((await house.ask('PATCH', '/settings', { routing: { retries: 'some' } })).body.error).toMatchObject({
      param: 'routing.retries',
    });
    expect((await house.ask('PATCH', '/settings', { telemetry: true })).body.error).toMatchObject({ param: 'telemetry' });
    expect(await house.configText()).toBe(before);
    expect((await house.ask('GET', '/settings')).body.settings).toMatchObject({ rules: { blockedProviders: ['groq'] } });
  });
});

describe('settings read at start', () => {
  it('say that they count after a restart, for as long as that is so', async () => {
    expect((await house.ask('GET', '/settings')).body).not.toHaveProperty('restartNeeded');
    const { body } = await house.ask('PATCH', '/settings', { timeouts: { connectMs: 5000, idleMs: 1000 }, responses: { maxBytes: 7 } });
    expect(body.restartNeeded).toEqual(['timeouts.connectMs', 'responses.maxBytes']);
    expect((await house.ask('PATCH', '/settings', { timeouts: { connectMs: null } })).body.restartNeeded).toEqual(['responses.maxBytes']);
    expect((await house.ask('PATCH', '/settings', { routing: { retries: 1 } })).body.restartNeeded).toEqual(['responses.maxBytes']);
    expect((await house.ask('PATCH', '/settings', { responses: null })).body).not.toHaveProperty('restartNeeded');
  });
});

describe('/admin/health', () => {
  it('is reset by hand, of somebody who exists', async () => {
    expect((await house.ask('GET', '/health')).body).toMatchObject({ health: [], limits: expect.any(Array) });
    expect((await house.ask('POST', '/health/reset')).body).toEqual({ reset: 0 });
    expect((await house.ask('POST', '/health/reset', { provider: 'groq' })).body).toEqual({ reset: 0 });
    expect((await house.ask('POST', '/health/reset', { account: 'nobody' })).status).toBe(404);
    expect((await house.ask('POST', '/health/reset', { everything: true })).body.error).toMatchObject({ param: 'everything' });
  });
});
