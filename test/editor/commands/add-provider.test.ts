import { afterEach, describe, expect, it } from 'vitest';
import { addProvider } from '../../../src/editor/commands/add-provider/flow.ts';
import { providers } from '../../../src/providers/catalogue.ts';
import { jsonReply } from '../../upstream/reply.ts';
import { refusingUrl } from '../../upstream/scripted-provider.ts';
import { type House, hangingList, house } from './house.ts';
import { type Act, type ScriptedUi, scriptedUi } from './scripted-ui.ts';

const KEY = 'sk-canary-4f8a1c9e7b2d6035-AbCdEf';
const NODE = 'OpenAI-compatible (Chat Completions)';
const REFUSAL = jsonReply({ error: { message: 'That key is not one of ours.', code: 'invalid_api_key', type: 'auth' } }, 401);
const list = (...ids: string[]) => jsonReply({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) });

let own: House | undefined;
afterEach(async () => {
  await own?.close();
  own = undefined;
});

async function atHome(env: Record<string, string> = {}): Promise<House> {
  own = await house(env);
  return own;
}

async function add(home: House, acts: Act[], options: { preset?: string; environment?: Record<string, string> } = {}): Promise<ScriptedUi> {
  const ui = scriptedUi(...acts);
  const { preset, environment = {} } = options;
  await addProvider({ ui, admin: home.admin, providers, environment, chat: true }, preset);
  ui.done();
  return ui;
}

/** The canary is typed; nobody may see or keep it but the vault and the provider. */
async function expectSecret(home: House, ui: ScriptedUi): Promise<void> {
  expect(JSON.stringify([ui.shown, ui.lists, ui.messages, ui.started, home.log, await home.config()])).not.toContain(KEY.slice(4, 20));
}

describe('adding a provider', () => {
  it('asks, tests with the key, stores it in the vault, and says what comes next', async () => {
    const home = await atHome();
    home.provider.lists(list('model-a'));
    const ui = await add(home, [
      { choose: NODE },
      { type: home.baseUrl },
      { type: `  "Bearer ${KEY}" ` },
      { type: 'mine' },
      { press: 'Copy Base URL' },
    ]);
    const [account] = await home.admin.accounts();
    expect(account).toMatchObject({ provider: 'openai-compatible', name: 'mine', credential: { kind: 'vault' } });
    expect(await home.vault.get(`account/${account?.id}`)).toBe(KEY);
    expect(home.provider.listsSeen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(ui.places).toEqual(['Add Provider (1)', 'Add Provider (2/4)', 'Add Provider (3/4)', 'Add Provider (4/4)']);
    expect(ui.messages).toEqual([
      { kind: 'info', message: expect.stringMatching(/works: it lists one model, after/), actions: ['Copy Base URL', 'Open Copilot Chat'] },
    ]);
    expect(ui.ran).toEqual(['omniroute.copyBaseUrl']);
    await expectSecret(home, ui);
  });

  it('says the provider’s own words to a refused key, stores nothing, and takes another', async () => {
    const home = await atHome();
    home.provider.lists(REFUSAL);
    const ui = await add(home, [
      { choose: NODE },
      { type: home.baseUrl },
      { type: KEY },
      { type: 'mine' },
      { press: 'Try Another Key' },
      { type: `${KEY}-too` },
      { press: undefined },
    ]);
    expect(ui.messages.map(({ message }) => message)).toEqual([
      expect.stringContaining('That key is not one of ours.'),
      expect.stringContaining('That key is not one of ours.'),
    ]);
    expect(ui.started).toEqual(['', '', '127.0.0.1', '']);
    expect(await home.admin.accounts()).toEqual([]);
    await expectSecret(home, ui);
  });

  it('keeps a key out of its messages even when the provider repeats it', async () => {
    const home = await atHome();
    home.provider.lists(jsonReply({ error: { message: `Incorrect API key provided: ${KEY}.` } }, 401));
    const ui = await add(home, [{ choose: NODE }, { type: home.baseUrl }, { type: KEY }, { type: 'mine' }, { press: undefined }]);
    expect(ui.messages).toHaveLength(1);
    await expectSecret(home, ui);
  });

  it('stores nothing when it is cancelled in the middle of the test', async () => {
    const home = await atHome();
    const asked = hangingList(home);
    const ui = await add(home, [{ choose: NODE }, { type: home.baseUrl }, { type: KEY }, { type: 'mine' }, { cancel: asked }]);
    await home.provider.listsSeen[0]?.aborted;
    // Whatever the gateway would still do, it does before it answers the next question.
    expect(await home.admin.accounts()).toEqual([]);
    expect((await home.config()).accounts).toEqual([]);
    expect(ui.messages).toEqual([]);
    await expectSecret(home, ui);
  });

  it('stores nothing at an address that does not answer, until the user says so', async () => {
    const home = await atHome();
    const dead = `${await refusingUrl()}/v1`;
    const start: Act[] = [{ choose: NODE }, { type: dead }, { type: KEY }, { type: 'mine' }];
    const left = await add(home, [...start, { press: 'Try Again' }, { press: undefined }]);
    expect(left.messages[0]).toMatchObject({ kind: 'modal', actions: ['Try Again', 'Add Anyway'] });
    expect(await home.admin.accounts()).toEqual([]);
    const ui = await add(home, [...start, { press: 'Add Anyway' }]);
    expect(await home.admin.accounts()).toMatchObject([{ name: 'mine' }]);
    expect(ui.messages.at(-1)?.message).toContain('Its key was not tested');
    await expectSecret(home, ui);
  });

  it('goes back without giving back the key, and forgets it when another way is taken', async () => {
    const home = await atHome();
    home.provider.lists(list('model-a'));
    const ui = await add(home, [
      { choose: NODE },
      { type: 'not an address' },
      { type: home.baseUrl },
      { type: KEY },
      'back',
      'back',
      { type: home.baseUrl },
      { type: '' },
      { type: 'keyless' },
    ]);
    expect(ui.problems[0]?.severity).toBe('error');
    expect(ui.started).toEqual(['', '', '127.0.0.1', '', home.baseUrl, '', '127.0.0.1']);
    expect(await home.admin.accounts()).toMatchObject([{ name: 'keyless' }]);
    expect((await home.admin.accounts())[0]?.credential).toBeUndefined();
    expect(home.provider.listsSeen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    await expectSecret(home, ui);
  });

  it('tells restricting terms before anything is asked, and lets nobody on who does not agree', async () => {
    const home = await atHome();
    const ui = await add(home, [{ choose: 'Z.ai GLM Coding Plan' }, { press: undefined }, 'escape']);
    expect(ui.messages).toHaveLength(1);
    expect(ui.messages[0]).toMatchObject({ kind: 'modal', actions: ['Connect Anyway'] });
    const preset = await add(home, [{ press: undefined }], { preset: 'glm' });
    expect(preset.lists).toEqual([]);
    expect(await home.admin.accounts()).toEqual([]);
  });

  it('offers the key of the environment, and keeps a reference to it', async () => {
    const home = await atHome({ GROQ_API_KEY: KEY });
    const ui = scriptedUi({ choose: 'Groq' }, 'back', 'escape');
    await addProvider({ ui, admin: home.admin, providers, environment: { GROQ_API_KEY: KEY }, chat: false });
    expect(ui.lists[0]?.slice(0, 2)).toEqual(['--- Key found in the environment', expect.stringContaining('Key found in GROQ_API_KEY')]);
    expect(ui.lists[1]).toEqual([
      expect.stringContaining('Use GROQ_API_KEY from the environment | …CdEf'),
      expect.stringContaining('Enter a key'),
    ]);
    await expectSecret(home, ui);
  });

  it('turns on what this editor itself offers by the command for that', async () => {
    const home = await atHome();
    const ui = await add(home, [], { preset: 'vscode-copilot' });
    expect(ui.ran).toEqual(['omniroute.bridge.turnOn']);
    expect(ui.messages).toEqual([]);
  });

  it('lets the first good model be chosen as the default, or none', async () => {
    const home = await atHome();
    home.provider.lists(list('text-embedding-3', 'model-a', 'model-b'));
    const ui = await add(home, [{ choose: NODE }, { type: home.baseUrl }, { type: '' }, { type: 'one' }, { choose: 'model-a' }]);
    expect(ui.lists.at(-1)?.[0]).toContain('model-a');
    expect(await home.admin.accounts()).toMatchObject([{ models: { preferred: 'model-a' } }]);
    await add(home, [{ choose: NODE }, { type: home.baseUrl }, { type: '' }, { type: 'two' }, 'escape']);
    expect((await home.admin.accounts())[1]?.models).toBeUndefined();
  });

  it('gives a second endpoint a name and a prefix of its own, and puts it first when asked', async () => {
    const home = await atHome();
    home.provider.lists(list('model-a'));
    await add(home, [{ choose: NODE }, { type: home.baseUrl }, { type: '' }, { type: 'one' }]);
    const ui = await add(home, [
      { choose: NODE },
      { type: home.baseUrl },
      { type: '' },
      { type: 'one' },
      { type: 'The Other' },
      { press: 'Set as First' },
    ]);
    expect(ui.problems.map(({ message }) => message)).toEqual(['Another account of this provider has this name.']);
    expect(await home.admin.accounts()).toMatchObject([
      { name: 'one', prefix: 'openai-compatible', priority: 1 },
      { name: 'The Other', prefix: 'the-other', priority: 0 },
    ]);
  });
});
