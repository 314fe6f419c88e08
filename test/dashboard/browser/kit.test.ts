import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from '../../../src/editor/dashboard/contract/place.ts';
import { says } from '../../real-editor/answers.ts';
import { expectClean, type Theatre, theatre } from './browser.ts';
import { walk } from './walk.ts';

const SOON = { timeout: 10_000 };
let stage: Theatre;

beforeAll(async () => {
  stage = await theatre({ records: 400, tools: true });
});
afterAll(async () => {
  await stage?.close();
});

/** What has the focus: its class and its words. */
const focused = (tab: Page): Promise<string> =>
  tab.evaluate(() => {
    const { activeElement } = document;
    return `${activeElement?.tagName} ${activeElement?.classList[0] ?? ''} ${activeElement?.textContent?.trim().slice(0, 40)}`.trim();
  });

/** Nothing is loading any more. */
async function settled(tab: Page): Promise<void> {
  await tab.waitForFunction(() => document.querySelectorAll('.loading, .cell-waiting').length === 0);
}

/** As soon as what the page keeps says so, it starts again. */
async function reloaded(tab: Page, kept: string): Promise<void> {
  await expect.poll(() => tab.evaluate(() => sessionStorage.getItem('state')), SOON).toContain(kept);
  await tab.reload();
  await tab.locator('main h1').first().waitFor();
}

const select = (tab: Page, label: string) =>
  tab.locator('.field', { has: tab.locator('label', { hasText: label }) }).locator('vscode-single-select');

async function choose(tab: Page, label: string, option: string): Promise<void> {
  await select(tab, label).click();
  await select(tab, label).locator('li', { hasText: option }).first().click();
}

const chosen = (tab: Page, label: string): Promise<unknown> =>
  select(tab, label)
    .first()
    .evaluate((element) => 'value' in element && element.value);

describe('the keyboard', () => {
  it('skips to the content, goes through the navigation by arrows, and is at the heading of each page it opens', async () => {
    const tab = await stage.open();
    await tab.keyboard.press('Tab');
    expect(await focused(tab)).toBe('BUTTON skip Skip to Content');
    expect(await tab.locator('.skip').evaluate((skip) => skip.getBoundingClientRect().top)).toBeGreaterThanOrEqual(0);
    await tab.keyboard.press('Enter');
    expect(await focused(tab)).toBe('H1  Overview');
    await tab.locator('.nav-item').first().focus();
    for (const [key, title] of NAVIGATION) {
      await tab.keyboard.press(key);
      expect(await focused(tab)).toBe(`BUTTON nav-item ${title}`);
    }
    await tab.keyboard.press('Enter');
    await expect.poll(() => focused(tab), SOON).toBe('H1  Providers');
    await tab.getByRole('button', { name: 'Usage & Cost', exact: true }).press('Space');
    await expect.poll(() => focused(tab), SOON).toBe('H1  Usage & Cost');
    expect(await tab.locator('[aria-current="page"]').allInnerTexts()).toEqual(['Usage & Cost']);
  });

  it.each(PAGES)('comes to everything on %s, is always seen, and never caught', async (page) => {
    const tab = await stage.open({ page });
    await settled(tab);
    const { stops, unseen, again, missed, ended } = await walk(tab);
    expect({ unseen, again, missed }).toEqual({ unseen: [], again: [], missed: [] });
    expect(stops.length).toBeGreaterThan(12);
    expect(ended || stops.length === 150).toBe(true);
    await tab.context().close();
  });

  it('goes through a table by arrows, pages and ends, opens a row, and comes back to it', async () => {
    const tab = await stage.open({ page: 'requests' });
    await settled(tab);
    const rows = Number(await tab.getByRole('grid').getAttribute('aria-rowcount')) - 1;
    await tab.locator('.requests-filters').getByRole('button', { name: 'More Filters' }).focus();
    await tab.keyboard.press('Tab');
    expect(await activeRow(tab)).toBe(0);
    await press(tab, 'ArrowDown', 'ArrowDown', 'ArrowUp');
    expect(await activeRow(tab)).toBe(1);
    await press(tab, 'PageDown');
    const paged = (await activeRow(tab)) ?? 0;
    expect(paged).toBeGreaterThan(8);
    await press(tab, 'PageDown', 'PageUp');
    expect(await activeRow(tab)).toBe(paged);
    await press(tab, 'Home', 'ArrowUp');
    expect(await activeRow(tab)).toBe(0);
    await press(tab, 'End', 'ArrowDown');
    expect(await activeRow(tab)).toBe(rows - 1);
    await tab.locator(`.table-row.active .cell`, { hasText: /./ }).first().waitFor();
    await press(tab, 'Enter');
    await tab.locator('.request-detail h2').first().waitFor();
    const item = stage.server.place()?.item;
    expect(item).toBe('req_past00000400');
    await press(tab, 'Escape');
    await expect.poll(() => tab.locator('.request-detail').count()).toBe(0);
    expect(await focused(tab)).toContain('DIV table');
    expect(await activeRow(tab)).toBe(rows - 1);
    await press(tab, 'ArrowUp');
    expect(await activeRow(tab)).toBe(rows - 2);
  });

  it('steps through a chart, whose legend says the values there, and hides a series', async () => {
    const tab = await stage.open({ page: 'usage' });
    await settled(tab);
    const slider = tab.getByRole('slider').first();
    const when = tab.locator('.chart-when').first();
    const whole = await when.innerText();
    const last = Number(await slider.getAttribute('aria-valuemax'));
    const now = async (): Promise<number> => Number(await slider.getAttribute('aria-valuenow'));
    await slider.press('Home');
    expect(await now()).toBe(0);
    await slider.press('ArrowRight');
    expect(await now()).toBe(1);
    await slider.press('End');
    await slider.press('PageDown');
    expect(await now()).toBe(last - 7);
    expect(await slider.getAttribute('aria-valuetext')).toContain(await when.innerText());
    expect(await when.innerText()).not.toBe(whole);
    await slider.press('Escape');
    expect(await when.innerText()).toBe(whole);
    const name = tab.locator('.chart-name').first();
    const words = await name.locator('.chart-words').innerText();
    expect(await slider.getAttribute('aria-valuetext')).toContain(`${words} `);
    await name.press('Space');
    expect(await name.getAttribute('aria-pressed')).toBe('false');
    expect(await slider.getAttribute('aria-valuetext')).not.toContain(`${words} `);
    await name.press('Enter');
    expect(await name.getAttribute('aria-pressed')).toBe('true');
  });
});

/** From the first page: a key, and where it leads. */
const NAVIGATION = [
  ['ArrowDown', 'Providers'],
  ['ArrowUp', 'Overview'],
  ['ArrowLeft', 'Settings'],
  ['Home', 'Overview'],
  ['End', 'Settings'],
  ['ArrowRight', 'Overview'],
  ['ArrowRight', 'Providers'],
] as const;

/** The place of the row that the table says is active, if it is wholly in sight. */
async function activeRow(tab: Page): Promise<number | undefined> {
  return await tab.evaluate(() => {
    const table = document.activeElement;
    const row = document.getElementById(table?.getAttribute('aria-activedescendant') ?? '');
    const head = table?.querySelector('.table-head')?.getBoundingClientRect();
    if (!table || !row || !head) return undefined;
    const { top, bottom } = row.getBoundingClientRect();
    const inSight = top >= head.bottom - 1 && bottom <= table.getBoundingClientRect().bottom + 1;
    return inSight ? Number(row.getAttribute('aria-rowindex')) - 2 : undefined;
  });
}

async function press(tab: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await tab.keyboard.press(key);
}

describe('a log that follows', () => {
  it('stays where it was scrolled to while lines come, and goes on when it is told to', async () => {
    const tab = await stage.open({ page: 'logs', item: 'request', height: 420 });
    const table = tab.locator('.log-lines .table');
    const fromEnd = (): Promise<number> =>
      table.evaluate(({ scrollTop, clientHeight, scrollHeight }) => scrollHeight - scrollTop - clientHeight);
    const lines = async (): Promise<number> => Number(await table.getAttribute('aria-rowcount'));
    await table.waitFor();
    await table.evaluate((element) => {
      element.scrollTop = element.scrollHeight / 3;
    });
    const newest = tab.getByRole('button', { name: 'To the Newest' });
    await newest.waitFor();
    const [before, read] = [await lines(), await upmost(tab)];
    for (let at = 0; at < 3; at += 1) await stage.house.ask('groq/scripted-model');
    await expect.poll(lines, SOON).toBeGreaterThanOrEqual(before + 3);
    expect(await upmost(tab)).toEqual(read);
    await newest.press('Enter');
    await expect.poll(fromEnd, SOON).toBeLessThan(2);
    expect(await focused(tab)).toContain('DIV table');
    const then = await lines();
    await stage.house.ask('mistral/scripted-model');
    await expect.poll(lines, SOON).toBeGreaterThan(then);
    await expect.poll(fromEnd, SOON).toBeLessThan(2);
  });

  /** The first row below the head, and where it stands. */
  function upmost(tab: Page): Promise<[string, number]> {
    return tab.locator('.log-lines .table').evaluate((table): [string, number] => {
      const edge = table.querySelector('.table-head')?.getBoundingClientRect().bottom ?? 0;
      const row = [...table.querySelectorAll('.table-row')].find((one) => one.getBoundingClientRect().top >= edge);
      return [row?.textContent ?? '', row?.getBoundingClientRect().top ?? 0];
    });
  }
});

describe('requests that came meanwhile', () => {
  it('are shown by Enter, and the keyboard is at the first of them', async () => {
    const tab = await stage.open({ page: 'requests' });
    await settled(tab);
    const rows = async (): Promise<number> => Number(await tab.getByRole('grid').getAttribute('aria-rowcount'));
    const before = await rows();
    await tab.locator('.table').press('End');
    await tab.locator('.table-row.active .cell', { hasText: /./ }).first().waitFor();
    await settled(tab);
    await stage.house.ask('demo/echo');
    await tab.getByRole('button', { name: 'new request' }).press('Enter');
    await expect.poll(() => activeRow(tab), SOON).toBe(0);
    expect(await rows()).toBe(before + 1);
  });
});

describe('a button that goes away when it is pressed', () => {
  it('leaves the focus at the heading, or at what took its place', async () => {
    const tab = await stage.open({ page: 'requests' });
    await settled(tab);
    await tab.getByRole('search').locator('input').first().fill('nobody asked for this');
    await tab.getByRole('button', { name: 'Clear Filters' }).press('Enter');
    await expect.poll(() => focused(tab), SOON).toBe('H1  Requests');
    await tab.getByRole('search').locator('input').first().fill('mistral');
    await tab.getByRole('button', { name: 'Remove the filter Text: mistral' }).press('Enter');
    await expect.poll(() => focused(tab), SOON).toBe('H1  Requests');
  });
});

describe('a page that starts again', () => {
  it('has the filters of the requests', async () => {
    const tab = await stage.open({ page: 'requests' });
    await settled(tab);
    await choose(tab, 'Outcome', 'Failed');
    await tab.getByRole('search').locator('input').first().fill('mistral');
    await reloaded(tab, '"search":"mistral"');
    expect(await tab.locator('.requests-search vscode-textfield').evaluate((field) => 'value' in field && field.value)).toBe('mistral');
    expect(await tab.locator('.chip span:first-child').allTextContents()).toEqual(expect.arrayContaining(['Text: mistral']));
    expect(await chosen(tab, 'Outcome')).not.toBe('');
    await expect.poll(() => tab.locator('.table-row').count(), SOON).toBeGreaterThan(0);
    expect(await tab.locator('.table-row', { hasNotText: 'mistral' }).count()).toBe(0);
  });

  it('shows usage as it was chosen', async () => {
    const tab = await stage.open({ page: 'usage' });
    await settled(tab);
    await choose(tab, 'Time', '7 days');
    await choose(tab, 'Show', 'Tokens');
    await choose(tab, 'By', 'Provider');
    await reloaded(tab, '"by":"provider"');
    const now = [await chosen(tab, 'Time'), await chosen(tab, 'Show'), await chosen(tab, 'By')];
    expect(now).toEqual(['7d', 'tokens', 'provider']);
    await expect.poll(() => tab.getByRole('columnheader').first().textContent(), SOON).toContain('Provider');
  });

  it('shows the latencies as they were chosen and sorted', async () => {
    const tab = await stage.open({ page: 'health' });
    await settled(tab);
    await choose(tab, 'Of', 'By model');
    await choose(tab, 'Over', 'Last 24 hours');
    await tab.getByRole('grid').getByRole('button', { name: 'Model' }).click();
    await reloaded(tab, '"health.latency.sorted":{"by":"name"');
    expect([await chosen(tab, 'Of'), await chosen(tab, 'Over')]).toEqual(['model', '1d']);
    const head = tab.getByRole('grid', { name: 'Latency by model' }).getByRole('columnheader').first();
    await expect.poll(() => head.getAttribute('aria-sort'), SOON).toMatch(/ending$/);
  });

  it('shows the log that was chosen, narrowed as it was', async () => {
    const tab = await stage.open({ page: 'logs' });
    await tab.getByRole('tab', { name: 'Outgoing' }).click();
    await choose(tab, 'Level', 'Info');
    await tab.locator('.log-search input').fill('groq');
    await reloaded(tab, '"logs.search":"groq"');
    expect(await tab.getByRole('tab', { selected: true }).innerText()).toBe('Outgoing');
    expect(await tab.locator('.log-search vscode-textfield').evaluate((field) => 'value' in field && field.value)).toBe('groq');
    expect(await chosen(tab, 'Level')).toBe('info');
  });
});

describe('motion', () => {
  it('is nowhere for those who want none', async () => {
    const { house } = stage;
    const reply = says('This is never read to its end.');
    house.providers.good.always({ ...reply, steps: [...reply.steps.slice(0, 2), { do: 'hang' }] });
    const leave = new AbortController();
    const asking = hanging(leave.signal);
    for (const page of PAGES) {
      const tab = await stage.open({ page });
      await settled(tab);
      if (page === 'overview') await tab.getByText('1 under way').waitFor();
      expect(await moving(tab), page).toEqual([]);
      if (page === 'overview') {
        await tab.emulateMedia({ reducedMotion: 'no-preference' });
        expect(await moving(tab)).not.toEqual([]);
      }
      await tab.context().close();
    }
    leave.abort();
    await asking;
    house.providers.good.always(says('Here again.'));
  });

  /** What moves, also in shadow trees. */
  function moving(tab: Page): Promise<string[]> {
    return tab.evaluate(() => {
      const shadows = [...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
      const all = [document, ...shadows].flatMap((root) => root.getAnimations());
      return all
        .filter(({ playState }) => playState === 'running')
        .map(({ effect }) => (effect instanceof KeyframeEffect && effect.target?.className) || '?');
    });
  }

  async function hanging(signal: AbortSignal): Promise<void> {
    const { gateway } = stage.house;
    const body = JSON.stringify({ model: 'groq/scripted-model', messages: [{ role: 'user', content: 'Hello' }], stream: true });
    const headers = { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' };
    const asked = fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body, signal });
    await asked.then((response) => response.text()).catch(() => '');
  }
});

it('nothing complained', () => expectClean(stage));
