import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { qwenCode } from '../../../src/clients/tools/qwen-code.ts';
import { found, nothing, paths, setUp } from './command-line.ts';
import { machine, SETUP, windows } from './machines.ts';

const SETTINGS = '.qwen/settings.json';
const ITEM = {
  id: 'work/sonnet',
  name: 'Sonnet (work)',
  baseUrl: 'http://127.0.0.1:20128/v1',
  envKey: 'OMNIROUTE_QWEN_CODE_KEY',
  generationConfig: { contextWindowSize: 200_000 },
};
const AUTO = { id: 'auto', name: 'Auto', baseUrl: ITEM.baseUrl, envKey: ITEM.envKey };

describe('Qwen Code', () => {
  it('has the models in its list, the key in its own env', async () => {
    const on = machine();
    expect(await qwenCode.detect(on)).toEqual(nothing);
    expect(JSON.parse((await setUp(qwenCode, on))[SETTINGS] ?? '')).toEqual({
      env: { OMNIROUTE_QWEN_CODE_KEY: SETUP.key },
      modelProviders: { openai: [ITEM, AUTO] },
      security: { auth: { selectedType: 'openai' } },
      model: { name: 'work/sonnet' },
    });
    expect(await qwenCode.detect(on)).toEqual(found());
  });

  it('keeps the user’s models and drops those of ours that are gone', async () => {
    const on = machine();
    const mine = { id: 'qwen3-coder', baseUrl: 'https://example.com/v1', envKey: 'MY_KEY' };
    on.put(
      SETTINGS,
      `{\n  // mine\n  "$version": 4,\n  "env": {"MY_KEY": "sk"},\n  "modelProviders": {"openai": [${JSON.stringify(mine)}]}\n}\n`,
    );
    await setUp(qwenCode, on, { ...SETUP, models: [...SETUP.models, { name: 'work/gone', title: 'Gone' }] });
    expect(on.read(SETTINGS)).toContain('work/gone');
    const text = (await setUp(qwenCode, on))[SETTINGS] ?? '';
    expect(text).toContain('// mine');
    const value = parse(text);
    expect(value.modelProviders.openai).toEqual([mine, ITEM, AUTO]);
    expect(value).toMatchObject({ $version: 4, env: { MY_KEY: 'sk' } });
  });

  it('is not found to point at us while a model of the user’s is chosen', async () => {
    const on = machine();
    await setUp(qwenCode, on);
    on.put(SETTINGS, on.read(SETTINGS).replace('"name": "work/sonnet"', '"name": "qwen3-coder"'));
    expect(await qwenCode.detect(on)).toEqual({ ...nothing, installed: true });
  });

  it('has its folder elsewhere by system and variable', async () => {
    expect(await paths(qwenCode, windows())).toEqual(['C:\\Users\\Ada\\.qwen\\settings.json']);
    expect(await paths(qwenCode, machine({ env: { QWEN_HOME: '/nowhere/qwen' } }))).toEqual(['/nowhere/qwen/settings.json']);
    const on = machine({ env: { QWEN_HOME: '~/q' } });
    expect(await paths(qwenCode, on)).toEqual([on.at('q/settings.json')]);
  });
});
