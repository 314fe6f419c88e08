import { equal, match, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { says } from '../answers.ts';
import { Chat } from '../chat.ts';
import { account } from '../config.ts';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import { until } from '../until.ts';
import type { EditorWindow } from '../window.ts';

const BEFORE = '{\n  "theme": "dark"\n}\n';
const COMBO = { name: 'best', targets: ['near/scripted-model'] };

export const tools: Scenario = {
  name: 'tools',
  title: 'Claude Code is set up after its diff was shown, asks with its own key, and is undone byte by byte',
  run: async ({ editor, provider }) => {
    const far = await provider();
    far.always(says('From the gateway.'));
    const home = mkdtempSync(join(tmpdir(), 'omniroute-home-'));
    try {
      const settings = join(home, '.claude', 'settings.json');
      mkdirSync(dirname(settings));
      writeFileSync(settings, BEFORE);
      const house = await editor({ prepared: { accounts: [account('near', far.url)], combos: [COMBO] }, env: { HOME: home } });
      const window = await house.open();
      await house.gateway();
      await window.openViews();
      await window.expandView('Tools');
      const row = window.row('Tools', /^Claude Code/).first();
      await row.filter({ hasText: 'not set up' }).waitFor();
      equal(readFileSync(settings, 'utf8'), BEFORE, 'looking writes nothing');

      await window.contextMenu(row, 'Set Up a Tool…');
      await window.quick.pick('best');
      await window.page.locator('.monaco-diff-editor').getByText('ANTHROPIC_BASE_URL').first().waitFor();
      equal(readFileSync(settings, 'utf8'), BEFORE, 'a preview writes nothing');
      equal(await window.page.getByText(/omr-[\w-]{20}/).count(), 0, 'no key is on the screen');
      await window.quick.row('Apply').click();
      await window.notification('Claude Code now asks OmniRoute for best').waitFor();
      const { env } = JSON.parse(readFileSync(settings, 'utf8')) as { env: Record<string, string> };
      equal(env.ANTHROPIC_BASE_URL, house.origin);
      await row.filter({ hasText: 'no request yet' }).waitFor();

      const key = Object.values(env).find((value) => value.startsWith('omr-')) ?? '';
      const messages = { model: 'best', max_tokens: 9, messages: [{ role: 'user', content: 'Hi' }] };
      equal(
        (await house.ask('/v1/messages', { method: 'POST', body: JSON.stringify(messages), headers: { authorization: `Bearer ${key}` } }))
          .status,
        200,
      );
      equal(await lastKey(house), 'claude-code');
      await row.filter({ hasText: 'just now' }).waitFor();

      await window.button('Undo').click();
      await window.notification('as it was before').waitFor();
      equal(readFileSync(settings, 'utf8'), BEFORE);
      await row.filter({ hasText: 'not set up' }).waitFor();
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  },
};

export const copilotGroup: Scenario = {
  name: 'copilot-group',
  title:
    "Copilot Chat's group of endpoints is made with its key as a secret, answers through the gateway, follows the models, and is taken away",
  run: async ({ editor, provider }) => {
    const far = await provider();
    const text = 'From the group of endpoints.';
    far.always(says(text));
    const prepared = { accounts: [account('near', far.url)], combos: [COMBO] };
    // Of this name the picker shall have the group's alone.
    const house = await editor({ prepared, settings: { 'omniroute.models.hidden': ['best'] } });
    const window = await house.open();
    await house.gateway();
    const chat = await Chat.open(house, window);
    await window.openViews();
    await window.expandView('Tools');
    await addGroup(window);
    const file = join(house.rooms.userData, 'User', 'chatLanguageModels.json');
    await until('the group is in the file', () => models(file).includes('best'));
    match(readFileSync(file, 'utf8'), /"apiKey": "\$\{input:chat\.lm\.secret\./);
    ok(!readFileSync(file, 'utf8').includes('omr-'), 'the key is not in the file');

    await utilityModels(house, window);
    await chat.choose('best');
    await chat.ask('Who answers?');
    await chat.answers.filter({ hasText: text }).waitFor();
    const asked = await requests(house);
    ok(
      asked.some(({ key, requested }) => key === 'copilot' && requested === 'best'),
      'the group asked with its own key',
    );
    await until('the chat got its title from the utility model', async () =>
      (await requests(house)).some(({ requested }) => requested === 'auto'),
    );

    await house.ask('/admin/combos/second', {
      method: 'PUT',
      body: JSON.stringify({ targets: COMBO.targets }),
      headers: { 'content-type': 'application/json' },
    });
    await until('a new combo is in the group', () => models(file).includes('second'), 20_000);
    await house.ask('/admin/combos/second', { method: 'DELETE' });
    await until('a removed combo is not', () => !models(file).includes('second'), 20_000);

    await window.command('OmniRoute: Undo Tool Setup…');
    await window.quick.pick('Copilot Chat');
    await window.notification('are taken away').waitFor();
    equal(models(file).length, 0);
    const { keys } = (await (await house.ask('/admin/keys')).json()) as { keys: { name: string }[] };
    ok(!keys.some(({ name }) => name === 'copilot'), 'its key is revoked');
  },
};

async function addGroup(window: EditorWindow): Promise<void> {
  const row = window.row('Tools', /^Copilot Chat/).first();
  await row.filter({ hasText: 'models are in its picker' }).waitFor();
  await window.contextMenu(row, 'Set Up a Tool…');
  await window.quick.pick('Add the Group');
  await window.quick.rows.filter({ hasText: 'best' }).first().waitFor();
  await window.page.keyboard.press('Enter');
  await window.page.locator('.monaco-diff-editor').getByText('customendpoint').first().waitFor();
  await window.quick.row('Add, and Keep in Step').click();
  await window.notification('Copilot Chat has the group').waitFor({ timeout: 40_000 });
}

async function utilityModels(house: EditorHouse, window: EditorWindow): Promise<void> {
  await window.contextMenu(window.row('Tools', /^Copilot Chat/).first(), 'Set Up a Tool…');
  await window.quick.row('Utility Models…').click();
  await window.quick.row('auto').click();
  await window.button('Apply').click();
  await window.notification('background work goes to auto').waitFor();
  const settings = readFileSync(join(house.rooms.userData, 'User', 'settings.json'), 'utf8');
  match(settings, /"chat\.utilityModel": "omniroute\/auto"/);
  match(settings, /"chat\.utilitySmallModel": "omniroute\/auto"/);
}

function models(file: string): string[] {
  if (!existsSync(file)) return [];
  const groups = JSON.parse(readFileSync(file, 'utf8')) as { name: string; models: { id: string }[] }[];
  return groups.filter(({ name }) => name === 'OmniRoute').flatMap((group) => group.models.map(({ id }) => id));
}

async function lastKey(house: EditorHouse): Promise<string | undefined> {
  return (await requests(house)).at(-1)?.key;
}

async function requests(house: EditorHouse): Promise<{ key: string; requested: string }[]> {
  return ((await (await house.ask('/admin/requests')).json()) as { requests: { key: string; requested: string }[] }).requests;
}
