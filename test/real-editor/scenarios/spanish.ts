import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuses, says } from '../answers.ts';
import { account } from '../config.ts';
import { Dashboard } from '../dashboard.ts';
import { ROOT } from '../folders.ts';
import type { Scenario } from '../stage.ts';

const BUNDLE = JSON.parse(readFileSync(join(ROOT, 'l10n/bundle.l10n.es.json'), 'utf8')) as Record<string, string>;

/** What a page is called in Spanish. */
function title(english: string): string {
  const spanish = BUNDLE[english];
  if (!spanish || spanish === english) throw new Error(`not in Spanish: ${english}`);
  return spanish;
}

export const spanish: Scenario = {
  name: 'spanish',
  title: 'an editor in Spanish: what package.json contributes and what the code says are in Spanish',
  run: async ({ editor, provider }) => {
    const [bad, good] = [await provider(), await provider()];
    bad.always(refuses(401, 'Incorrect API key provided.'));
    good.always(says('Hola.'));
    const combos = [{ name: 'best', targets: ['bad/scripted-model', 'good/scripted-model'] }];
    const accounts = [account('bad', bad.url), account('good', good.url)];
    const house = await editor({ language: 'es', prepared: { accounts, combos } });
    const window = await house.open();
    await house.gateway();
    // Of package.nls.es.json.
    await window.openViews('Proveedores');
    await window.expandView('Combos');
    await window.row('Combos', 'por orden').first().waitFor();
    // Of the bundle: a tree, the status bar, a quick pick.
    const body = JSON.stringify({ model: 'best', messages: [{ role: 'user', content: 'Hola' }] });
    await (
      await house.ask('/v1/chat/completions', { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    ).arrayBuffer();
    await window.row('Proveedores', 'hay que iniciar sesión').first().waitFor();
    await window.statusItems.filter({ hasText: 'relevo' }).waitFor();
    await window.command('OmniRoute: Añadir proveedor…');
    await window.quick.rows.filter({ hasText: 'Necesita una clave de API' }).first().waitFor();
    await window.page.keyboard.press('Escape');
    // The same bundle, in a page of the dashboard.
    await window.command('OmniRoute: Abrir el panel');
    const page = await Dashboard.in(window);
    await page.at(title('Overview'));
    await page.go(title('Requests'));
    equal(await page.frame.locator('html').getAttribute('lang'), 'es');
    await page.frame.locator('.table-row', { hasText: 'best' }).first().waitFor();
  },
};
