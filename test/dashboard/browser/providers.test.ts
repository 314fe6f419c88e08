import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuses } from '../../real-editor/answers.ts';
import { expectClean, type Theatre, theatre } from './browser.ts';

describe('the page of the accounts', () => {
  let stage: Theatre;

  beforeAll(async () => {
    stage = await theatre();
  });
  afterAll(() => stage.close());

  /** With its rows. */
  const list = async (): Promise<Page> => {
    const tab = await stage.open({ page: 'providers' });
    await tab.locator('.account-name').first().waitFor();
    return tab;
  };
  const order = (tab: Page, tier: string): Promise<string[]> =>
    tab.getByRole('list', { name: tier }).locator('.account-name').allTextContents();
  const saved = (): string[] =>
    stage.house.live.snapshot.accounts
      .filter(({ tier }) => tier === 'api-key')
      .sort((a, b) => a.priority - b.priority)
      .map(({ name }) => name);

  it('moves an account by keyboard: it stands there at once, and the gateway asks in that order from then on', async () => {
    const tab = await list();
    expect(await order(tab, 'Paid by Use')).toEqual(['work', 'old key', 'spare']);
    await tab.getByRole('button', { name: 'Move work' }).press('Alt+ArrowDown');
    expect(await order(tab, 'Paid by Use')).toEqual(['old key', 'work', 'spare']);
    await expect.poll(saved).toEqual(['old key', 'work', 'spare']);
    expect(await order(tab, 'Paid by Use')).toEqual(['old key', 'work', 'spare']);
    await tab.getByRole('button', { name: 'Move work' }).press('Alt+ArrowUp');
    await expect.poll(saved).toEqual(['work', 'old key', 'spare']);
  });

  it('moves an account by pointer', async () => {
    const tab = await list();
    const rows = tab.getByRole('list', { name: 'Paid by Use' });
    await rows
      .getByRole('button', { name: 'Move spare' })
      .dragTo(rows.getByRole('button', { name: 'Move work' }), { targetPosition: { x: 5, y: 1 } });
    await expect.poll(saved).toEqual(['spare', 'work', 'old key']);
    await expect.poll(() => order(tab, 'Paid by Use')).toEqual(['spare', 'work', 'old key']);
  });

  it('puts an account back and says why, when the gateway refuses', async () => {
    const tab = await list();
    const before = await order(tab, 'Free');
    const { admin } = stage.house;
    const write = admin.editAccount.bind(admin);
    admin.editAccount = (_id, patch) => write('nobody', patch);
    await tab.getByRole('button', { name: `Move ${before[0]}` }).press('Alt+ArrowDown');
    await tab.getByText('The order was not saved').waitFor();
    expect(await order(tab, 'Free')).toEqual(before);
    admin.editAccount = write;
  });

  it('tests an account where it stands, in words; one whose key is refused gets the way out beside it', async () => {
    const tab = await list();
    await tab.getByRole('button', { name: 'Test work' }).click();
    await tab.getByText('work works: it lists').waitFor();
    stage.house.providers.bad.lists(refuses(401, 'Incorrect API key provided.'));
    await tab.getByRole('button', { name: 'Test old key' }).click();
    const said = tab.locator('.account-test', { hasText: 'refuses the key of this account' });
    await said.getByRole('button', { name: 'Change Key…' }).click();
    await expect
      .poll(() => stage.house.ran.at(-1))
      .toEqual({ command: 'omniroute.account.setKey', ref: { kind: 'account', account: 'account-old' } });
    await said.getByRole('button', { name: 'Close' }).click();
    await said.waitFor({ state: 'detached' });
  });

  it('gives a test up', async () => {
    const tab = await list();
    stage.house.providers.good.lists({ label: 'never answers', steps: [{ do: 'hang' }] });
    await tab.getByRole('button', { name: 'Test groq' }).click();
    await tab.locator('.account-test', { hasText: 'Testing groq' }).getByRole('button', { name: 'Cancel' }).click();
    await tab.locator('.account-test').waitFor({ state: 'detached' });
    stage.house.providers.good.lists(undefined);
  });

  it('opens an account and comes back to where it was, by keyboard', async () => {
    const tab = await list();
    await tab.getByRole('button', { name: 'mistral', exact: true }).press('Enter');
    await tab.getByRole('heading', { level: 1, name: 'mistral' }).waitFor();
    expect(stage.server.place()).toEqual({ page: 'providers', item: 'account-mistral' });
    await tab.keyboard.press('Escape');
    await expect.poll(() => tab.evaluate(() => document.activeElement?.textContent)).toBe('mistral');
  });

  it('finds accounts, and says when none fits', async () => {
    const tab = await list();
    await tab
      .getByRole('textbox', { name: 'Search Accounts' })
      .or(tab.getByRole('searchbox', { name: 'Search Accounts' }))
      .first()
      .fill('mist');
    await expect.poll(() => tab.locator('.account-name').allTextContents()).toEqual(['mistral']);
    await tab
      .getByRole('textbox', { name: 'Search Accounts' })
      .or(tab.getByRole('searchbox', { name: 'Search Accounts' }))
      .first()
      .fill('nothing like it');
    await tab.getByRole('button', { name: 'Clear Filter' }).click();
    await expect.poll(() => tab.locator('.account-name').count()).toBe(7);
  });

  it('lists the models of an account, and copies their names', async () => {
    const tab = await stage.open({ page: 'providers', item: 'account-groq' });
    await tab.getByRole('grid', { name: 'Models of groq' }).getByRole('button', { name: 'Copy groq/scripted-model' }).click();
    await tab.getByRole('button', { name: 'Copied' }).waitFor();
    expect(stage.house.copied.at(-1)).toBe('groq/scripted-model');
  });

  it('tells what the terms of a provider want said, with the way to its keys', async () => {
    const { account } = await stage.house.admin.addAccount({
      provider: 'cohere',
      name: 'trial',
      key: 'a-key-that-is-never-sent',
      test: false,
    });
    const tab = await stage.open({ page: 'providers', item: account.id });
    await tab.getByRole('note').getByText('Trial keys are free').waitFor();
    await tab.getByRole('note').getByRole('button', { name: 'Open Key Page' }).click();
    await expect
      .poll(() => stage.house.ran.at(-1))
      .toEqual({ command: 'omniroute.account.openKeyPage', ref: { kind: 'account', account: account.id } });
    expect(stage.server.crossed.join('\n')).not.toContain('a-key-that-is-never-sent');
    await stage.house.admin.removeAccount(account.id);
    await tab.getByText('This account is not there any more.').waitFor();
  });

  it('is not lost when the account is gone', async () => {
    const tab = await stage.open({ page: 'providers', item: 'nobody' });
    await tab.getByText('This account is not there any more.').waitFor();
    await tab.getByRole('button', { name: 'All Accounts' }).click();
    await tab.getByRole('heading', { level: 2, name: 'Free' }).waitFor();
  });

  it('complained of nothing', () => expectClean(stage));
});

describe('the page of the accounts of a new user', () => {
  it('says what to do, and does it', async () => {
    const stage = await theatre({ fresh: true });
    const tab = await stage.open({ page: 'providers' });
    await tab.locator('.empty').getByRole('button', { name: 'Add Provider…' }).click();
    await expect.poll(() => stage.house.ran.map(({ command }) => command)).toEqual(['omniroute.addProvider']);
    expectClean(stage);
    await stage.close();
  });
});
