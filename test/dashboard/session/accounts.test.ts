import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountHandlers } from '../../../src/editor/dashboard/session/calls/accounts.ts';
import { refuses } from '../../real-editor/answers.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

describe('the accounts, as a page asks for them', () => {
  let house: DashboardHouse;
  const never = new AbortController().signal;

  beforeAll(async () => {
    house = await dashboardHouse();
  });
  afterAll(() => house.close());

  const priorities = () => Object.fromEntries(house.live.snapshot.accounts.map(({ name, priority }) => [name, priority]));

  it('tells of the providers the catalogue knows, with what its terms want said and where keys are made', async () => {
    const known = await accountHandlers(house.deps).providers({ ids: ['groq', 'cohere', 'nobody-knows', 'groq'] }, never);
    expect(known.map(({ id }) => id)).toEqual(['groq', 'cohere']);
    expect(known[0]).toMatchObject({ name: 'Groq', keyUrl: expect.stringContaining('https://'), customBaseUrl: false });
    expect(known[1]?.notice).toContain('Trial keys');
  });

  it('counts the models of each account', async () => {
    const counts = await accountHandlers(house.deps).modelCounts({}, never);
    expect(counts['account-work']).toBeGreaterThan(0);
  });

  it('tests an account: whether it answers, and whether its key is refused', async () => {
    const { testAccount } = accountHandlers(house.deps);
    expect(await testAccount({ account: 'account-work' }, never)).toMatchObject({ ok: true });
    house.providers.bad.lists(refuses(401, 'Incorrect API key provided.'));
    expect(await testAccount({ account: 'account-old' }, never)).toMatchObject({ ok: false, refused: true });
    await expect(testAccount({ account: 'nobody' }, never)).rejects.toMatchObject({ status: 404 });
  });

  it('is given up when the page takes it back', async () => {
    const leave = new AbortController();
    house.providers.good.lists({ label: 'never answers', steps: [{ do: 'hang' }] });
    const testing = accountHandlers(house.deps).testAccount({ account: 'account-work' }, leave.signal);
    leave.abort(new Error('left'));
    await expect(testing).rejects.toThrow('left');
  });

  it('writes new priorities, and has read them when it answers; a refused one says why', async () => {
    const { arrangeAccounts } = accountHandlers(house.deps);
    await arrangeAccounts(
      {
        priorities: [
          { account: 'account-spare', priority: 3 },
          { account: 'account-old', priority: 9 },
        ],
      },
      never,
    );
    expect(priorities()).toMatchObject({ spare: 3, 'old key': 9 });
    const refused = arrangeAccounts({ priorities: [{ account: 'nobody', priority: 1 }] }, never);
    await expect(refused).rejects.toMatchObject({ status: 404 });
  });
});
