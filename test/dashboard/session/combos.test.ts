import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import { CALLS } from '../../../src/editor/dashboard/contract/calls.ts';
import { comboHandlers } from '../../../src/editor/dashboard/session/calls/combos.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

const never = new AbortController().signal;
const NEW: ComboConfig = { name: 'fresh', enabled: true, strategy: 'latency', targets: ['groq/scripted-model', 'work/*'], affinity: false };

describe('what the page of combos asks', () => {
  let house: DashboardHouse;
  let handlers: ReturnType<typeof comboHandlers>;
  const named = (name: string): ComboConfig | undefined => house.live.snapshot.combos.find((combo) => combo.name === name);

  beforeAll(async () => {
    house = await dashboardHouse();
    handlers = comboHandlers(house.deps);
  });
  afterAll(() => house.close());

  it('saves a new combo, and tells of it when everybody knows it', async () => {
    const saved = await handlers.saveCombo({ combo: NEW, isNew: true }, never);
    expect(saved).toMatchObject(NEW);
    expect(named('fresh')).toEqual(saved);
    expect(house.live.snapshot.models.map(({ name }) => name)).toContain('fresh');
  });

  it('does not put a new combo in the place of one that has the name', async () => {
    const before = named('best');
    await expect(handlers.saveCombo({ combo: { ...NEW, name: 'best' }, isNew: true }, never)).rejects.toMatchObject({
      code: 'duplicate',
      param: 'name',
      message: 'There is a combo named "best" already.',
    });
    expect((await house.admin.combos()).find(({ name }) => name === 'best')).toEqual(before);
  });

  it('keeps what the page does not show: budgets go through as they are', async () => {
    const budgets: ComboConfig['budgets'] = [{ tier: 'api-key', period: 'day', usd: 5, mode: 'hard', warnAt: 80 }];
    const { combo } = CALLS.saveCombo.params.parse({ combo: { ...NEW, budgets, deadlineMs: 30_000, fallbackOn: ['rate'] } });
    await handlers.saveCombo({ combo, isNew: false }, never);
    expect(await house.admin.combos()).toContainEqual(
      expect.objectContaining({ name: 'fresh', budgets, deadlineMs: 30_000, fallbackOn: ['rate'] }),
    );
  });

  it('says which target nobody knows, and that a circle is one', async () => {
    await expect(handlers.saveCombo({ combo: { ...NEW, targets: ['work/*', 'chep'] }, isNew: false }, never)).rejects.toMatchObject({
      param: 'targets[1]',
      message: expect.stringContaining('nobody here knows "chep"'),
    });
    await expect(handlers.saveCombo({ combo: { ...NEW, targets: ['fresh'] }, isNew: false }, never)).rejects.toMatchObject({ status: 400 });
    expect(named('fresh')?.targets).toEqual(NEW.targets);
  });

  it('tells who is asked first of each name, and why a name leads nowhere', async () => {
    const answers = await handlers.firstAsked({ names: ['cheap', 'resting', 'nobody-knows-this'] }, never);
    expect(CALLS.firstAsked.result.parse(answers)).toEqual(answers);
    const { steps } = await handlers.explain({ model: 'cheap' }, never);
    expect(answers[0]).toEqual({ name: 'cheap', step: { target: steps[0]?.target, account: steps[0]?.account } });
    expect(answers.slice(1).map(({ step, refused }) => [step, refused !== undefined])).toEqual([
      [null, true],
      [null, true],
    ]);
  });

  it('explains with accounts taken to be down', async () => {
    const plan = await handlers.explain({ model: 'best', without: 'work,old key' }, never);
    expect(CALLS.explain.result.parse(plan)).toEqual(plan);
    expect(plan.steps.map(({ account }) => account)).toEqual(['groq']);
    expect(plan.skipped.map(({ account, reason }) => [account, reason])).toContainEqual(['work', 'assumed-down']);
  });
});
