import { doesNotMatch, equal, ok } from 'node:assert/strict';
import { refuses, says } from '../answers.ts';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import type { EditorWindow } from '../window.ts';

const KEY = 'sk-typed-by-a-person-0123456789';
const WRONG = 'sk-wrong-0123456789';

export const addProvider: Scenario = {
  name: 'add-provider',
  title: 'a provider is searched, its key refused, another one tested and kept, and it stands in the tree',
  run: async ({ editor, provider }) => {
    const far = await provider();
    far.lists(refuses(401, 'Incorrect API key provided.'));
    far.always(refuses(401, 'Incorrect API key provided.'));
    const house = await editor();
    const window = await house.open();
    await house.gateway();
    await answerQuestions(window, `${far.url}/v1`);
    await window.button('Try Another Key').waitFor();
    ok(far.listsSeen.length > 0 || far.seen.length > 0, 'the key was tested');
    equal((await accounts(house)).length, 0, 'nothing is stored of a refused key');

    far.lists(undefined);
    far.always(says('ok'));
    await window.button('Try Another Key').click();
    await window.quick.answer(/API key/, KEY);
    await window.openViews();
    await window.row('Providers', 'by hand').first().waitFor();
    const [added] = await accounts(house);
    equal(added?.name, 'by hand');
    doesNotMatch(house.data('config.json'), /sk-/, 'the key is not in config.json');
    doesNotMatch(house.log(), /sk-/, 'the key is not in the log');
  },
};

async function answerQuestions(window: EditorWindow, baseUrl: string): Promise<void> {
  const { quick } = window;
  await window.command('OmniRoute: Add Provider…');
  await quick.pick('openai-compatible', 'openai-compatible');
  await quick.answer(/Base URL/, baseUrl);
  await quick.input.and(window.page.locator('[type=password]')).waitFor();
  await quick.answer(/API key/, WRONG);
  await quick.answer(/A name for this account/, 'by hand');
}

async function accounts(house: EditorHouse): Promise<{ name: string; provider: string }[]> {
  const { accounts: all } = (await (await house.ask('/admin/accounts')).json()) as { accounts: { name: string; provider: string }[] };
  return all.filter((entry) => entry.provider !== 'demo');
}
