import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminError, type BudgetConfig } from '../../../src/editor/admin/api.ts';
import { budgetHandlers } from '../../../src/editor/dashboard/session/calls/budgets.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

const never = new AbortController().signal;
const NEW: BudgetConfig = { period: 'month', requests: 100, mode: 'hard', warnAt: 70 };

describe('budgets', () => {
  let house: DashboardHouse;
  let calls: ReturnType<typeof budgetHandlers>;
  const list = (): Promise<BudgetConfig[]> => house.admin.budgetList();
  const first = async (): Promise<BudgetConfig> => (await list())[0] as BudgetConfig;

  beforeAll(async () => {
    house = await dashboardHouse();
    calls = budgetHandlers(house.deps);
  });
  afterAll(async () => {
    await house.close();
  });

  it('come with the keys they may be for', async () => {
    expect(await calls.budgetList({}, never)).toEqual({ budgets: await list(), keys: ['default'] });
  });

  it('are added at the end, changed in their place and taken away; their state follows at once', async () => {
    const before = await list();
    await calls.saveBudget({ before: null, after: NEW }, never);
    expect(await list()).toEqual([...before, NEW]);
    expect(house.live.snapshot.budgets.map(({ name }) => name)).toContain('everything, month');
    const changed = { ...(await first()), usd: 0.5 };
    await calls.saveBudget({ before: await first(), after: changed }, never);
    expect(await list()).toEqual([changed, ...before.slice(1), NEW]);
    await calls.saveBudget({ before: NEW, after: null }, never);
    expect(await list()).toEqual([changed, ...before.slice(1)]);
  });

  it('changed elsewhere in the meantime are not written over, and what others changed stays', async () => {
    const seen = await first();
    const theirs = { ...seen, usd: 77 };
    await house.admin.saveBudgets([theirs, ...(await list()).slice(1), NEW]);
    await expect(calls.saveBudget({ before: seen, after: { ...seen, usd: 1 } }, never)).rejects.toThrow('changed elsewhere');
    await expect(calls.saveBudget({ before: seen, after: null }, never)).rejects.toThrow('changed elsewhere');
    const { warnAt, ...rest } = theirs;
    await calls.saveBudget({ before: { warnAt, ...rest }, after: seen }, never);
    expect(await list()).toEqual([seen, ...(await list()).slice(1)]);
    expect(await list()).toContainEqual(NEW);
  });

  it('that the gateway refuses are told with the field at fault, and nothing is changed', async () => {
    const before = await list();
    const refused = (after: BudgetConfig): Promise<unknown> =>
      calls.saveBudget({ before: null, after }, never).catch((error: unknown) => error);
    const place = `budgets[${before.length}]`;
    expect(await refused({ ...NEW, warnAt: 300 })).toMatchObject({ code: 'invalid', param: `${place}.warnAt` });
    expect(await refused({ ...NEW, account: 'nobody' })).toMatchObject({ code: 'invalid', param: `${place}.account` });
    expect(await refused({ period: 'day', mode: 'soft', warnAt: 80 })).toMatchObject({ param: place });
    expect(await refused({ ...NEW, tokens: 1.5 })).toBeInstanceOf(AdminError);
    expect(await list()).toEqual(before);
  });
});
