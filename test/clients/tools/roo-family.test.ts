import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { roo } from '../../../src/clients/tools/roo.ts';
import { zoo } from '../../../src/clients/tools/zoo.ts';
import { applied, mac, machine, SETUP, type TestMachine, windows } from './machines.ts';

const there = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

const PROFILE = {
  apiProvider: 'openai',
  openAiBaseUrl: 'http://127.0.0.1:20128/v1',
  openAiApiKey: SETUP.key,
  openAiModelId: 'work/sonnet',
  openAiCustomModelInfo: { contextWindow: 200_000, maxTokens: 64_000, supportsImages: true, supportsPromptCache: false },
};

describe.each([
  { client: roo, extension: 'rooveterinaryinc.roo-cline', setting: 'roo-cline.autoImportSettingsPath', file: 'roo-code.json' },
  { client: zoo, extension: 'zoocodeorganization.zoo-code', setting: 'zoo-code.autoImportSettingsPath', file: 'zoo-code.json' },
])('$client.name', ({ client, extension, setting, file }) => {
  const settings = '.config/Code/User/settings.json';
  const write = (on: TestMachine, texts: Record<string, string>): void => {
    for (const [path, text] of Object.entries(texts)) on.put(path.slice(on.home.length), text);
  };

  it('imports a file of ours that the user setting names', async () => {
    const on = machine();
    on.put(settings, '{\n  // mine\n  "editor.fontSize": 13,\n}\n');
    const plans = await client.plan(on, SETUP);
    expect(plans.map(({ path, mode }) => [path, mode])).toEqual([
      [on.at(`.omniroute/${file}`), 0o600],
      [on.at(settings), undefined],
    ]);
    const texts = applied(plans, there);
    // The extension reads it by `JSON.parse`.
    expect(JSON.parse(texts[on.at(`.omniroute/${file}`)] ?? '')).toEqual({
      providerProfiles: { apiConfigs: { OmniRoute: PROFILE }, currentApiConfigName: 'OmniRoute' },
    });
    expect(texts[on.at(settings)]).toContain('// mine\n  "editor.fontSize": 13,');
    expect(parse(texts[on.at(settings)] ?? '')).toEqual({ 'editor.fontSize': 13, [setting]: `~/.omniroute/${file}` });
    expect(JSON.stringify(texts[on.at(settings)])).not.toContain(SETUP.key);
  });

  it('adds its profile to the file that the user has imported already, and leaves his setting', async () => {
    const on = machine();
    on.put(settings, JSON.stringify({ [setting]: '~/team.json' }));
    const team = {
      providerProfiles: { currentApiConfigName: 'Team', apiConfigs: { Team: { apiProvider: 'anthropic' } }, modeApiConfigs: { code: 'x' } },
    };
    on.put('team.json', JSON.stringify(team));
    const texts = applied(await client.plan(on, SETUP), there);
    expect(Object.keys(texts)).toEqual([on.at('team.json')]);
    const { providerProfiles } = JSON.parse(texts[on.at('team.json')] ?? '');
    expect(providerProfiles).toEqual({
      ...team.providerProfiles,
      currentApiConfigName: 'OmniRoute',
      apiConfigs: { ...team.providerProfiles.apiConfigs, OmniRoute: PROFILE },
    });
  });

  it('says no sizes of a model that it does not know', async () => {
    const on = machine();
    write(on, applied(await client.plan(on, SETUP), there));
    const again = applied(await client.plan(on, { ...SETUP, model: 'auto' }), there);
    const { apiConfigs } = JSON.parse(Object.values(again)[0] ?? '').providerProfiles;
    expect(apiConfigs.OmniRoute).not.toHaveProperty('openAiCustomModelInfo');
    expect(apiConfigs.OmniRoute.openAiModelId).toBe('auto');
  });

  it('is found by the extension or its storage, and tells where it points', async () => {
    expect(await client.detect(machine())).toMatchObject({ installed: false });
    expect(await client.detect(machine({ extensions: new Map([[extension, '3.82.0']]) }))).toMatchObject({
      installed: true,
      version: '3.82.0',
    });
    const on = machine();
    on.put(`.config/Code/User/globalStorage/${extension}/tasks/one.json`, '{}');
    expect(await client.detect(on)).toEqual({ installed: true, version: undefined, origin: undefined, key: undefined, model: undefined });
    write(on, applied(await client.plan(on, SETUP), there));
    expect(await client.detect(on)).toMatchObject({ origin: SETUP.origin, key: SETUP.key, model: SETUP.model });
    on.put(settings, '{}');
    expect(await client.detect(on)).toMatchObject({ origin: undefined, key: undefined });
  });

  it('uses the User folder of the editor that asks, else that of the stable build', async () => {
    const pathsOn = async (on: Parameters<typeof client.plan>[0]) => (await client.plan(on, SETUP)).map(({ path }) => path);
    expect(await pathsOn(windows({ APPDATA: 'D:\\Roaming' }))).toEqual([
      `C:\\Users\\Ada\\.omniroute\\${file}`,
      'D:\\Roaming\\Code\\User\\settings.json',
    ]);
    expect(await pathsOn(mac())).toEqual([
      `/nowhere/Users/ada/.omniroute/${file}`,
      '/nowhere/Users/ada/Library/Application Support/Code/User/settings.json',
    ]);
    expect((await pathsOn({ ...mac(), editorUser: '/nowhere/VSCodium/User' }))[1]).toBe('/nowhere/VSCodium/User/settings.json');
  });

  it('tells that the profile is switched', () => {
    const text = client.instructions?.(machine(), SETUP).join(' ') ?? '';
    expect(text).toContain('switches to it');
    expect(text).toContain(setting);
    expect(client.afterwards).toBe('reload-window');
  });
});
