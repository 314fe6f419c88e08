import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, type Theatre, theatre } from './browser.ts';

describe('the set-up view of the tools', () => {
  let stage: Theatre;

  beforeAll(async () => {
    stage = await theatre({ tools: true });
  });
  afterAll(() => stage.close());

  it('shows how each tool stands, and offers what helps it', async () => {
    const tab = await stage.open({ page: 'tools' });
    const codex = tab.locator('.tool', { hasText: 'Codex' });
    await codex.getByText('not as it was set up').waitFor();
    await codex.getByText('127.0.0.1:4000, not').waitFor();
    await codex.getByRole('button', { name: 'Mend…' }).click();
    await expect.poll(() => stage.house.ran).toEqual([{ command: 'omniroute.tool.mend', ref: { kind: 'tool', tool: 'codex' } }]);
  });

  it('is drawn anew as soon as a flow has looked at a tool', async () => {
    const tab = await stage.open({ page: 'tools' });
    const opencode = tab.locator('.tool', { hasText: 'opencode' });
    await opencode.getByText('not set up').waitFor();
    const { setup, clients } = await stage.house.desk.box();
    const client = clients.find(({ id }) => id === 'opencode');
    const prepared = client && (await setup.prepare(client, { model: 'cheap' }));
    if (!prepared?.ok) throw new Error('not prepared');
    await setup.write(prepared);
    await stage.house.desk.lookAt(prepared.client);
    await opencode.getByText('cheap · no request yet').waitFor();
    await setup.undo(prepared.client);
    await tab.getByRole('button', { name: 'Look Again' }).click();
    await opencode.getByText('not set up').waitFor();
  });

  it('opens what a link leads to, with the files that would be written; it stays open in a page that starts again', async () => {
    const tab = await stage.open({ page: 'tools', item: 'continue' });
    const file = join(stage.house.dataDir, 'tools', 'home', '.continue', 'config.yaml');
    await tab.locator('.tool', { hasText: 'Continue' }).getByText(file).waitFor();
    await expect.poll(() => tab.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
    await expect.poll(() => tab.evaluate(() => sessionStorage.getItem('state'))).toContain('"tools.open":["continue"]');
    await tab.reload();
    await tab.locator('.tool', { hasText: 'Continue' }).getByText(file).waitFor();
  });

  it('shows of a key its name and its end, and no key ever crosses', async () => {
    const tab = await stage.open({ page: 'tools', item: 'claude-code' });
    await tab.locator('.tool', { hasText: 'Claude Code' }).getByText('claude-code …').waitFor();
    expect(stage.server.crossed.join('\n')).not.toMatch(/omr-\w{12}/);
  });

  it('gives any other tool the address, and leaves a key to a flow of the editor', async () => {
    const tab = await stage.open({ page: 'tools' });
    await tab.getByText(`${stage.house.gateway.url}/v1`).waitFor();
    await tab.getByRole('button', { name: 'Copy a Key or Snippet…' }).click();
    await expect.poll(() => stage.house.ran.at(-1)?.command).toBe('omniroute.tool.copySnippet');
  });

  it('complained of nothing', () => expectClean(stage));
});
