import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { opencode } from '../../../src/clients/tools/opencode.ts';
import { found, nothing, paths, setUp } from './command-line.ts';
import { machine, SETUP, type TestMachine, windows } from './machines.ts';

const FOLDER = '.config/opencode';
const MODELS = {
  'work/sonnet': {
    name: 'Sonnet (work)',
    limit: { context: 200_000, output: 64_000 },
    tool_call: true,
    reasoning: true,
    attachment: true,
    modalities: { input: ['text', 'image'], output: ['text'] },
  },
  auto: { name: 'Auto' },
};

/** A machine on whose PATH opencode of this version lies. */
function having(version: string): TestMachine {
  const on = machine();
  on.put('lib/opencode', '');
  on.put('package.json', JSON.stringify({ name: 'opencode-ai', version }));
  return { ...on, env: { PATH: on.at('lib') } };
}

describe('opencode', () => {
  it('is told of the gateway in the shape of 1.x', async () => {
    const on = machine();
    expect(await opencode.detect(on)).toEqual(nothing);
    const texts = await setUp(opencode, on);
    expect(JSON.parse(texts[`${FOLDER}/opencode.json`] ?? '')).toEqual({
      provider: {
        omniroute: {
          npm: '@ai-sdk/openai-compatible',
          name: 'OmniRoute',
          options: { baseURL: 'http://127.0.0.1:20128/v1', apiKey: SETUP.key },
          models: MODELS,
        },
      },
      model: 'omniroute/work/sonnet',
    });
    expect(await opencode.detect(on)).toEqual(found());
  });

  it('is told in the shape of 2.x when it is one, and found again', async () => {
    const on = having('2.0.3');
    const texts = await setUp(opencode, on);
    const value = JSON.parse(texts[`${FOLDER}/opencode.json`] ?? '');
    expect(value).not.toHaveProperty('provider');
    expect(value.providers.omniroute).toEqual({
      package: '@opencode/ai/providers/openai-compatible',
      name: 'OmniRoute',
      settings: { baseURL: 'http://127.0.0.1:20128/v1', apiKey: SETUP.key },
      models: MODELS,
    });
    expect(await opencode.detect(on)).toEqual(found({ version: '2.0.3' }));
  });

  it('goes by the version where the file says otherwise, and by the file where there is no version', async () => {
    const put = (on: TestMachine) => on.put(`${FOLDER}/opencode.json`, '{ "providers": { "mine": { "name": "Mine" } } }');
    const without = machine();
    put(without);
    expect(JSON.parse((await setUp(opencode, without))[`${FOLDER}/opencode.json`] ?? '').providers).toHaveProperty('omniroute');
    const first = having('1.18.33');
    put(first);
    expect(JSON.parse((await setUp(opencode, first))[`${FOLDER}/opencode.json`] ?? '')).toHaveProperty('provider.omniroute');
  });

  it('keeps what is the user’s, and lets ours in where there are lists', async () => {
    const on = machine();
    on.put(
      `${FOLDER}/opencode.jsonc`,
      `{
  // mine
  "theme": "nord",
  "small_model": "anthropic/claude-haiku",
  "enabled_providers": ["anthropic"],
  "disabled_providers": ["omniroute", "xai"],
  "provider": { "omniroute": { "options": { "timeout": 900000 }, "models": { "gone": {} } } },
}
`,
    );
    const text = (await setUp(opencode, on))[`${FOLDER}/opencode.jsonc`] ?? '';
    expect(text).toContain('// mine\n  "theme": "nord",\n');
    const value = parse(text);
    expect(value).toMatchObject({
      model: 'omniroute/work/sonnet',
      small_model: 'omniroute/work/sonnet',
      enabled_providers: ['anthropic', 'omniroute'],
      disabled_providers: ['xai'],
    });
    expect(value.provider.omniroute.options).toEqual({ timeout: 900_000, baseURL: 'http://127.0.0.1:20128/v1', apiKey: SETUP.key });
    expect(Object.keys(value.provider.omniroute.models)).toEqual(['work/sonnet', 'auto']);
  });

  it('chooses the model in the file that wins', async () => {
    const on = machine();
    on.put(`${FOLDER}/opencode.json`, '{ "model": "a/b", "small_model": "a/c" }');
    on.put(`${FOLDER}/opencode.jsonc`, '{ "model": "a/d" }');
    const texts = await setUp(opencode, on);
    expect(texts[`${FOLDER}/opencode.json`]).toBe('{ "model": "a/b", "small_model": "omniroute/work/sonnet" }');
    expect(parse(texts[`${FOLDER}/opencode.jsonc`] ?? '')).toMatchObject({ model: 'omniroute/work/sonnet', provider: {} });
    expect(await opencode.detect(on)).toEqual(found());
  });

  it('has its file elsewhere by system and variable', async () => {
    expect(await paths(opencode, windows())).toEqual(['C:\\Users\\Ada\\.config\\opencode\\opencode.json']);
    expect(await paths(opencode, machine({ env: { XDG_CONFIG_HOME: '/nowhere/xdg' } }))).toEqual(['/nowhere/xdg/opencode/opencode.json']);
    const on = machine();
    const named = on.put('else.json', '{}');
    expect(await paths(opencode, { ...on, env: { OPENCODE_CONFIG: named } })).toEqual([named]);
  });
});
