import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { STRATEGIES } from '../../src/config/schema.ts';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { DIALECTS } from '../sdk/target.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type Crew, crewOf, overloaded, spent } from './crew.ts';

const MEMBERS = ['one', 'two', 'three'];
const targets = MEMBERS.map((name) => `${name}/m`);
/** Random ones tell another order each time they are asked. */
const STEADY = STRATEGIES.filter((strategy) => strategy !== 'random' && strategy !== 'p2c');

let crew: Crew;
beforeAll(async () => {
  crew = await crewOf(
    MEMBERS.map((name) => ({ name })),
    {
      combos: [
        ...STRATEGIES.map((strategy) => ({ name: strategy, strategy, targets })),
        { name: 'bound', targets, maxAttempts: 2, deadlineMs: 5000, fallbackOn: ['overload'] },
        { name: 'asleep', targets, enabled: false },
      ],
      aliases: { short: 'bound' },
      routes: [{ match: 'claude-*', to: 'bound' }],
    },
  );
});
afterEach(() => crew.afresh());
afterAll(() => crew.close());

const lastAttempts = (): RequestRecord['attempts'] => crew.gateway.lastRecord()?.attempts ?? [];

describe.each(STEADY)('what is explained of %s', (strategy) => {
  it.each(DIALECTS)('is the order in which an %s request goes then', async (dialect) => {
    const { steps } = await crew.explain(`model=${strategy}&dialect=${dialect}`);
    for (const name of MEMBERS) crew.at(name).script(overloaded());
    expect(await crew.ask(strategy, { dialect, turns: `${strategy} ${dialect}` })).toMatchObject({ status: 503, attempts: 3 });
    expect(lastAttempts().map(({ account }) => account)).toEqual(steps.map(({ account }) => account));
    expect(steps.map(({ position }) => position)).toEqual([1, 2, 3]);
  });
});

describe.each(['random', 'p2c'])('what is explained of %s', (strategy) => {
  it('is an order, and every target has its place', async () => {
    const { steps } = await crew.explain(`model=${strategy}`);
    expect(steps.map(({ account }) => account).sort()).toEqual([...MEMBERS].sort());
    expect(steps[0]?.why).toEqual([`combo "${strategy}" (${strategy})`]);
  });
});

describe('explain', () => {
  it('says who is skipped, until when and why; the request that follows skips them', async () => {
    crew.at('one').script(jsonReply({ error: { message: 'slow down', code: 'rate_limit_exceeded' } }, 429, { 'retry-after': '50' }));
    crew.at('two').script(jsonReply({ error: { message: 'bad key', code: 'invalid_api_key' } }, 401));
    expect(await crew.ask('fill-first', { turns: 'first' })).toMatchObject({ account: 'three', attempts: 3 });
    const { steps, skipped } = await crew.explain('model=fill-first');
    expect(steps).toMatchObject([{ account: 'three' }]);
    expect(skipped).toMatchObject([
      { account: 'one', reason: 'rate', scope: 'account', until: expect.any(String) },
      { account: 'two', reason: 'auth', scope: 'account' },
    ]);
    const wait = Date.parse(skipped[0]?.until ?? '') - Date.now();
    expect(wait).toBeGreaterThan(40_000);
    expect(wait).toBeLessThanOrEqual(50_000);
    expect(await crew.ask('fill-first', { turns: 'second' })).toMatchObject({ account: 'three', attempts: 1 });
    expect(crew.gateway.lastRecord()?.skipped.map(({ account, reason }) => [account, reason])).toEqual([
      ['one', 'rate'],
      ['two', 'auth'],
    ]);
  });

  it('tells what would be without some accounts: the same as when they are really down', async () => {
    const { steps, skipped } = await crew.explain('model=fill-first&without=one,id-two');
    expect(steps).toMatchObject([{ account: 'three' }]);
    expect(skipped.map(({ account, reason }) => [account, reason])).toEqual([
      ['one', 'assumed-down'],
      ['two', 'assumed-down'],
    ]);
    const nobody = await crew.explain('model=fill-first&without=openai-compatible');
    expect(nobody.steps).toEqual([]);
    for (const name of ['one', 'two']) crew.at(name).script(spent());
    expect(await crew.ask('fill-first', { turns: 'down' })).toMatchObject({ account: 'three', attempts: 3 });
  });

  it.each(['bound', 'short', 'claude-x'])('tells the bounds of the combo behind %s, and the run keeps them', async (model) => {
    expect(await crew.explain(`model=${model}`)).toMatchObject({
      requested: model,
      resolved: 'bound',
      combo: { name: 'bound', strategy: 'fill-first' },
      bounds: { maxAttempts: 2, deadlineMs: 5000, fallbackOn: ['overload'] },
    });
    crew.at('one').script(overloaded());
    crew.at('two').script(overloaded());
    expect(await crew.ask(model, { turns: `bounds ${model}` })).toMatchObject({ status: 503, attempts: 2 });
    await crew.gateway.resetHealth();
    crew.at('one').script(spent());
    expect(await crew.ask(model, { turns: `classes ${model}` })).toMatchObject({ status: 429, attempts: 1 });
  });

  it('knows a conversation by the id its client sends', async () => {
    const home = (await crew.ask('round-robin', { headers: { 'session-id': 's-1' } })).account;
    await crew.ask('round-robin', { turns: 'somebody else' });
    const { steps } = await crew.explain('model=round-robin&session=s-1');
    expect(steps[0]).toMatchObject({ account: home, why: expect.arrayContaining(['session stays here']) });
  });

  it('knows no name that requests do not', async () => {
    await expect(crew.explain('model=asleep')).rejects.toThrow('combo_disabled');
    await expect(crew.explain('model=nobody')).rejects.toThrow('model_not_found');
    await expect(crew.explain('model=fill-frist')).rejects.toThrow(/fill-first/);
  });
});
