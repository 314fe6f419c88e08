import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { says } from '../../real-editor/answers.ts';
import type { DashboardHouse } from '../house.ts';
import { expectClean, type Theatre, theatre } from './browser.ts';

describe('overview, quota and health', () => {
  let stage: Theatre;

  beforeAll(async () => {
    stage = await theatre();
  });
  afterAll(() => stage.close());

  it('shows a request under way, who answers in place of whom and why, and leads to it', async () => {
    const { house, server } = stage;
    await house.admin.resetHealth();
    const tab = await stage.open();
    const reply = says('This is never read to its end.');
    house.providers.good.always({ ...reply, steps: [...reply.steps.slice(0, 2), { do: 'hang' }] });
    const leave = new AbortController();
    const asking = ask(house, 'best', leave.signal);
    await tab.getByText('1 under way').waitFor();
    const line = tab.locator('.now-line').first();
    await expect.poll(() => line.textContent()).toContain('Answered by work, after old key: the key was refused');
    await line.click();
    expect(server.place()).toMatchObject({ page: 'requests', item: expect.stringMatching(/^req_/) });
    leave.abort();
    await asking;
    house.providers.good.always(says('Here again.'));
    expectClean(stage);
  });

  it('runs the command that helps, on the account it is about', async () => {
    const tab = await stage.open();
    await tab.getByRole('button', { name: 'Change Key…' }).click();
    await expect
      .poll(() => stage.house.ran)
      .toEqual([{ command: 'omniroute.account.setKey', ref: { kind: 'account', account: 'account-old' } }]);
  });

  it('marks and focuses the account a link points at', async () => {
    const tab = await stage.open({ page: 'quota', item: 'account-groq', height: 400 });
    const card = tab.getByRole('region', { name: 'groq', exact: true });
    await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await card.getAttribute('class')).toContain('marked');
  });

  it('reads the quota of one account', async () => {
    const tab = await stage.open({ page: 'quota' });
    await tab.getByRole('button', { name: 'Read the Quota of work Now' }).click();
    await tab.getByText('The quota of work is read.').waitFor({ state: 'attached' });
    expectClean(stage);
  });

  it('forgets a refused key; then all is well there, and the keyboard is not lost', async () => {
    const tab = await stage.open({ page: 'health' });
    const line = tab.getByRole('listitem').filter({ hasText: 'old key' });
    await line.getByRole('button', { name: 'Reset' }).press('Enter');
    await line.waitFor({ state: 'detached' });
    expect(await tab.evaluate(() => document.activeElement?.textContent)).toBe('old key is asked again.');
    expectClean(stage);
  });
});

/** Asks, and leaves when the signal says so. */
async function ask({ gateway }: DashboardHouse, model: string, signal: AbortSignal): Promise<void> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], stream: true });
  const headers = { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' };
  const asked = fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body, signal });
  await asked.then((response) => response.text()).catch(() => '');
}
