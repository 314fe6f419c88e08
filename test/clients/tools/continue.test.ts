import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/clients/edit/formats.ts';
import { continueDev } from '../../../src/clients/tools/continue.ts';
import { found, nothing, paths, setUp } from './command-line.ts';
import { machine, SETUP, windows } from './machines.ts';

const CONFIG = '.continue/config.yaml';
const PICKED = '.continue/index/globalContext.json';

function read(text: string | undefined): unknown {
  const result = FORMATS.yaml.read(text ?? '');
  return result.ok ? result.value : result.problem;
}

const item = (name: string) => ({
  name: `OmniRoute ${name}`,
  provider: 'openai',
  model: name,
  apiBase: 'http://127.0.0.1:20128/v1',
  apiKey: SETUP.key,
  useResponsesApi: false,
  requestOptions: { headers: { 'X-Title': 'Continue' } },
});
const SONNET = {
  ...item('work/sonnet'),
  capabilities: ['tool_use', 'image_input'],
  defaultCompletionOptions: { contextLength: 200_000 },
};

describe('Continue', () => {
  it('has an item for each model, the chosen one first', async () => {
    const on = machine();
    expect(await continueDev.detect(on)).toEqual(nothing);
    const setup = { ...SETUP, models: [...SETUP.models].reverse() };
    const texts = await setUp(continueDev, on, setup);
    expect(Object.keys(texts)).toEqual([CONFIG]);
    expect(read(texts[CONFIG])).toEqual({ name: 'Local Config', version: '1.0.0', schema: 'v1', models: [SONNET, item('auto')] });
    expect(await continueDev.detect(on)).toEqual(found());
  });

  it('keeps the user’s models, and picks ours', async () => {
    const on = machine();
    const before = `name: Mine
version: 0.0.1
schema: v1
models:
  # the usual one
  - name: Sonnet
    provider: anthropic
    model: claude-sonnet-4-5
    apiKey: \${{ secrets.KEY }}
rules:
  - Be brief
`;
    on.put(CONFIG, before);
    on.put(PICKED, '{"cliSelectedModel":"Sonnet","selectedModelsByProfileId":{"local":{"chat":"Sonnet","edit":"Sonnet"}},"other":1}');
    const texts = await setUp(continueDev, on);
    expect(texts[CONFIG]).toContain(before.slice(0, before.indexOf('rules:')));
    expect(texts[CONFIG]).toMatch(/rules:\n {2}- Be brief\n$/);
    expect(read(texts[CONFIG])).toMatchObject({ name: 'Mine', models: [{ name: 'Sonnet' }, SONNET, item('auto')] });
    expect(JSON.parse(texts[PICKED] ?? '')).toEqual({
      cliSelectedModel: 'OmniRoute work/sonnet',
      selectedModelsByProfileId: { local: { chat: 'OmniRoute work/sonnet', edit: 'Sonnet' } },
      other: 1,
    });
    expect(await continueDev.detect(on)).toEqual(found());
  });

  it('drops those of ours that are gone, and picks the new choice', async () => {
    const on = machine();
    await setUp(continueDev, on, { ...SETUP, models: [...SETUP.models, { name: 'work/gone', title: 'Gone' }] });
    const texts = await setUp(continueDev, on, { ...SETUP, model: 'auto' });
    expect(texts[CONFIG]).not.toContain('work/gone');
    expect(JSON.parse(texts[PICKED] ?? '')).toMatchObject({ cliSelectedModel: 'OmniRoute auto' });
    expect(await continueDev.detect(on)).toEqual(found({ model: 'auto' }));
  });

  it('has its folder elsewhere by system and variable', async () => {
    expect(await paths(continueDev, windows())).toEqual(['C:\\Users\\Ada\\.continue\\config.yaml']);
    expect(await paths(continueDev, machine({ env: { CONTINUE_GLOBAL_DIR: '/nowhere/c' } }))).toEqual(['/nowhere/c/config.yaml']);
  });
});
