import { deepEqual } from 'node:assert/strict';
import { account } from '../config.ts';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import { until } from '../until.ts';

const [ONE, TWO, THREE] = ['one/scripted-model', 'two/scripted-model', 'three/scripted-model'];

export const trees: Scenario = {
  name: 'trees',
  title: "trees expand; a combo's targets are put in order by drag and drop, by menu and by keyboard alone",
  run: async ({ editor, provider }) => {
    const { url } = await provider();
    const accounts = ['one', 'two', 'three'].map((name) => account(name, url));
    const house = await editor({ prepared: { accounts, combos: [{ name: 'best', targets: [ONE, TWO, THREE] }] } });
    const window = await house.open();
    await house.gateway();
    await window.openViews();
    const { page } = window;

    const provided = window.row('Providers', /^one/).first();
    await provided.waitFor();
    await provided.click();
    await page.keyboard.press('ArrowRight');
    await window.row('Providers', 'scripted-model').first().waitFor();

    await window.expandView('Combos');
    const target = (name: string) => window.row('Combos', name).first();
    await target('three').waitFor();
    await target('three').dragTo(target('one'));
    await ordered(house, [THREE, ONE, TWO]);

    await window.contextMenu(target('two'), 'Move Up');
    await ordered(house, [THREE, TWO, ONE]);

    await window.command('OmniRoute: Focus on Combos View');
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+F10');
    const menu = page.locator('.context-view .monaco-menu');
    await menu.getByRole('menuitem', { name: 'Move Up' }).waitFor();
    while ((await menu.locator('.action-item.focused').filter({ hasText: 'Move Up' }).count()) === 0)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await ordered(house, [THREE, ONE, TWO]);
  },
};

async function ordered(house: EditorHouse, targets: (string | undefined)[]): Promise<void> {
  let last: unknown;
  await until(`the targets are ${targets.join(', ')}`, async () => {
    const { combos } = (await (await house.ask('/admin/combos')).json()) as { combos: { targets: string[] }[] };
    last = combos[0]?.targets;
    return JSON.stringify(last) === JSON.stringify(targets);
  }).catch(() => deepEqual(last, targets));
}
