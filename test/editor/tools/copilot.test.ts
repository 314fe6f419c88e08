import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../../src/accounts/file-vault.ts';
import { ToolKeys } from '../../../src/clients/key-keeper.ts';
import { AdminKeys } from '../../../src/clients/key-keepers.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { bringInStep, type CopilotContext, setUpCopilot, undoCopilot } from '../../../src/editor/tools/copilot/flow.ts';
import type { CopilotHost, MadeGroup, UtilityModels } from '../../../src/editor/tools/copilot/host.ts';
import { CopilotGroup } from '../../../src/editor/tools/copilot/keeper.ts';
import { gatewaySide } from '../../../src/editor/tools/gateway-side.ts';
import { type ScriptedUi, scriptedUi } from '../commands/scripted-ui.ts';
import { type ToolHouse, toolHouse } from './house.ts';

const REFERENCE = ['$', '{input:chat.lm.secret.1}'].join('');
const OTHERS = '[\n\t{\n\t\t"name": "Mine",\n\t\t"vendor": "ollama"\n\t}\n]\n';
const ADD = 'Add the Group "OmniRoute" of Custom Endpoints…';

/** VS Code's part, on a real file: it keeps the key, and writes a reference in its place. */
class Editor implements CopilotHost {
  readonly file: string;
  keys: string[] = [];
  group: MadeGroup | undefined;
  inStep = false;
  models: UtilityModels = { utilityModel: '', utilitySmallModel: 'copilot/small' };
  before: UtilityModels | undefined;

  constructor(file: string) {
    this.file = file;
  }

  version = (): string => '0.67.0';
  canCreate = async (): Promise<boolean> => true;
  files = async (): Promise<string[]> => [this.file];
  made = (): MadeGroup | undefined => this.group;
  utility = (): UtilityModels => this.models;
  utilityBefore = (): UtilityModels | undefined => this.before;
  hidden = (): string[] => [];
  isKeptInStep = (): boolean => this.inStep;
  create = async ({ apiKey, ...group }: JsonObject): Promise<void> => {
    const groups = await this.groups();
    if (groups.some(({ name }) => name === group.name)) throw new Error('already exists');
    this.keys.push(String(apiKey));
    await writeFile(this.file, JSON.stringify([...groups, { ...group, apiKey: REFERENCE }], null, '\t'));
  };
  setMade = async (made: MadeGroup | undefined): Promise<void> => {
    this.group = made;
  };
  setUtility = async (models: UtilityModels): Promise<void> => {
    this.models = models;
  };
  setUtilityBefore = async (models: UtilityModels | undefined): Promise<void> => {
    this.before = models;
  };
  keepInStep = async (on: boolean): Promise<void> => {
    this.inStep = on;
  };

  async groups(): Promise<{ name: string; models?: { id: string; name: string }[] }[]> {
    return JSON.parse(await readFile(this.file, 'utf8')) as { name: string; models?: { id: string; name: string }[] }[];
  }
}

describe('the group of Copilot Chat, at a real gateway', () => {
  let house: ToolHouse;
  let editor: Editor;
  let group: CopilotGroup;
  beforeEach(async () => {
    house = await toolHouse();
    await mkdir(house.home, { recursive: true });
    editor = new Editor(join(house.home, 'chatLanguageModels.json'));
    await writeFile(editor.file, OTHERS);
    const keys = new ToolKeys(new AdminKeys(house.admin), new FileVault(join(house.home, 'vault'), ''), Date.now);
    const { admin, link, live } = house;
    group = new CopilotGroup({ host: editor, keys, gateway: gatewaySide({ admin, link, live, port: 20128 }), now: Date.now });
  });
  afterEach(() => house.close());
  const context = (ui: ScriptedUi): CopilotContext => ({ ...house.context(ui), host: editor, group });
  const ids = async (): Promise<string[]> =>
    ((await editor.groups()).find(({ name }) => name === 'OmniRoute')?.models ?? []).map(({ id }) => id);
  const usual = async (): Promise<string[]> => (await group.wanted({ chosen: undefined })).map(({ id }) => id);
  const add = async (how = 'Add, and Keep in Step'): Promise<ScriptedUi> => {
    const ui = scriptedUi({ choose: ADD }, { choose: await usual() }, { choose: how });
    await setUpCopilot(context(ui));
    ui.done();
    return ui;
  };

  it('is made with what the gateway offers, after it was shown, with a key that is on no screen and in no file', async () => {
    const ui = await add();
    expect(await ids()).toContain('best');
    expect(house.shown[0]?.[0]?.shown).toContain('"vendor": "customendpoint"');
    const [key = ''] = editor.keys;
    expect(key).toMatch(/^omr-/);
    expect(JSON.stringify([ui.shown, house.shown, await readFile(editor.file, 'utf8'), editor.group])).not.toContain(key);
    expect((await house.admin.keys()).some(({ name, hint }) => name === 'copilot' && hint === key.slice(-4))).toBe(true);
    expect(editor.inStep).toBe(true);
    expect((await group.look()).state).toMatchObject({ is: 'set-up' });
  });

  it('follows the models; what the user changed in it stays and is said', async () => {
    await add('Add');
    expect(editor.inStep).toBe(false);
    const text = await readFile(editor.file, 'utf8');
    await writeFile(editor.file, text.replace('"name": "best"', '"name": "My Best"'));
    await house.admin.saveCombo('second', { targets: ['chat/scripted-model'] });
    expect((await group.look()).state).toMatchObject({ is: 'drifted', differences: ['New models are missing: second.'] });
    const ui = scriptedUi({ choose: 'Apply' });
    await bringInStep(context(ui));
    expect(await ids()).toContain('second');
    expect(await readFile(editor.file, 'utf8')).toContain('"name": "My Best"');
    expect(await readFile(editor.file, 'utf8')).toContain(REFERENCE);
    await house.admin.removeCombo('second');
    expect(await group.bringInStep()).toEqual({ ok: true, value: 'written' });
    expect(await ids()).not.toContain('second');
    expect(await group.bringInStep()).toEqual({ ok: true, value: 'unchanged' });
  });

  it('is taken away with its key; other groups are as they were', async () => {
    await add();
    await undoCopilot(context(scriptedUi()));
    expect(JSON.parse(await readFile(editor.file, 'utf8'))).toEqual(JSON.parse(OTHERS));
    expect((await house.admin.keys()).some(({ name }) => name === 'copilot')).toBe(false);
    expect(editor.inStep).toBe(false);
    expect((await group.look()).state).toMatchObject({ is: 'not-set-up' });
  });

  it('is made anew, with a new key, when its key was revoked', async () => {
    await add();
    const row = (await house.admin.keys()).find(({ name }) => name === 'copilot');
    await house.admin.removeKey(row?.id ?? '');
    expect((await group.look()).state).toMatchObject({ is: 'drifted', differences: ['Its key was removed: the gateway refuses it.'] });
    await bringInStep(context(scriptedUi({ press: 'Add It Anew' })));
    expect(editor.keys).toHaveLength(2);
    expect((await group.look()).state).toMatchObject({ is: 'set-up' });
    expect((await editor.groups()).filter(({ name }) => name === 'OmniRoute')).toHaveLength(1);
  });

  it('makes no key when the editor does not make the group', async () => {
    editor.create = async () => {
      throw new Error('Vendor customendpoint not found.');
    };
    await expect(group.make(undefined)).rejects.toThrow('not found');
    expect((await house.admin.keys()).some(({ name }) => name === 'copilot')).toBe(false);
    expect(editor.group).toBeUndefined();
  });

  it('leaves a file alone that does not parse', async () => {
    await add();
    await writeFile(editor.file, '[{]');
    expect((await group.look()).state).toMatchObject({ is: 'broken', line: 1 });
    expect((await group.remove(editor.group as MadeGroup)).ok).toBe(false);
    expect(await readFile(editor.file, 'utf8')).toBe('[{]');
  });

  it('sets the utility models, and gives back what they were', async () => {
    await setUpCopilot(context(scriptedUi({ choose: 'Utility Models…' }, { choose: 'best' }, { press: 'Apply' })));
    expect(editor.models).toEqual({ utilityModel: 'omniroute/best', utilitySmallModel: 'omniroute/best' });
    await setUpCopilot(context(scriptedUi({ choose: 'Utility Models as They Were' })));
    expect(editor.models).toEqual({ utilityModel: '', utilitySmallModel: 'copilot/small' });
  });
});
