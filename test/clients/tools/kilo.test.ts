import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { kilo } from '../../../src/clients/tools/kilo.ts';
import { applied, mac, machine, SETUP, windows } from './machines.ts';

const there = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

describe('Kilo Code', () => {
  it('is told of the gateway in a file of its own where there is none', async () => {
    const on = machine();
    const [plan, ...more] = await kilo.plan(on, SETUP);
    expect(more).toEqual([]);
    expect(plan).toMatchObject({ path: on.at('.config/kilo/kilo.jsonc'), mode: 0o600 });
    expect(JSON.parse(Object.values(applied(plan ? [plan] : [], there))[0] ?? '')).toEqual({
      model: 'omniroute/work/sonnet',
      provider: {
        omniroute: {
          npm: '@ai-sdk/openai-compatible',
          name: 'OmniRoute',
          options: { baseURL: 'http://127.0.0.1:20128/v1', apiKey: SETUP.key },
          models: {
            'work/sonnet': {
              name: 'Sonnet (work)',
              limit: { context: 200_000, output: 64_000 },
              tool_call: true,
              reasoning: true,
              attachment: true,
              modalities: { input: ['text', 'image'], output: ['text'] },
            },
            auto: { name: 'Auto' },
          },
        },
      },
    });
  });

  it('keeps all that is the user’s, also within our provider', async () => {
    const on = machine();
    const before = `{
  // mine
  "model": "anthropic/claude",
  "enabled_providers": ["anthropic"],
  "provider": {
    "anthropic": { "options": { "timeout": 5 } },
    "omniroute": { "options": { "baseURL": "http://127.0.0.1:1/v1", "timeout": 900000 }, "models": { "gone": {} } },
  },
}
`;
    const path = on.put('.config/kilo/kilo.json', before);
    const texts = applied(await kilo.plan(on, SETUP), there);
    expect(Object.keys(texts)).toEqual([path]);
    expect(texts[path]).toContain('// mine');
    const value = parse(texts[path] ?? '');
    expect(value.provider.anthropic).toEqual({ options: { timeout: 5 } });
    expect(value.provider.omniroute.options).toEqual({ baseURL: 'http://127.0.0.1:20128/v1', apiKey: SETUP.key, timeout: 900_000 });
    expect(Object.keys(value.provider.omniroute.models)).toEqual(['work/sonnet', 'auto']);
    expect(value.enabled_providers).toEqual(['anthropic', 'omniroute']);
  });

  it('chooses the model in the file that wins', async () => {
    const on = machine();
    const first = on.put('.config/kilo/kilo.jsonc', '{ "model": "a/b" }');
    const winner = on.put('.config/kilo/opencode.json', '{ "model": "openai/gpt" }');
    const texts = applied(await kilo.plan(on, SETUP), there);
    expect(Object.keys(texts)).toEqual([first, winner]);
    expect(texts[winner]).toBe('{ "model": "omniroute/work/sonnet" }');
    expect(parse(texts[first] ?? '').model).toBe('a/b');
  });

  it('is found by its extension, its folder or its program, and tells where it points', async () => {
    expect(await kilo.detect(machine())).toMatchObject({ installed: false, origin: undefined });
    expect(await kilo.detect(machine({ extensions: new Map([['kilocode.kilo-code', '7.8.1']]) }))).toMatchObject({
      installed: true,
      version: '7.8.1',
    });
    const byFolder = machine();
    byFolder.put('.vscode/extensions/kilocode.kilo-code-7.9.0/package.json', '{}');
    byFolder.put('.vscode/extensions/kilocode.kilo-code-7.10.2-linux-x64/package.json', '{}');
    expect(await kilo.detect(byFolder)).toMatchObject({ installed: true, version: '7.10.2' });
    const byProgram = machine();
    byProgram.put('bin/kilo', '');
    expect(await kilo.detect({ ...byProgram, env: { PATH: `/nowhere:${byProgram.at('bin')}` } })).toMatchObject({ installed: true });

    const on = machine();
    for (const [path, text] of Object.entries(applied(await kilo.plan(on, SETUP), there))) on.put(path.slice(on.home.length), text);
    expect(await kilo.detect(on)).toEqual({
      installed: true,
      version: undefined,
      origin: SETUP.origin,
      key: SETUP.key,
      model: SETUP.model,
    });
  });

  it('says where its file is broken', async () => {
    const on = machine();
    const path = on.put('.config/kilo/kilo.jsonc', '{\n  "model": oops\n}');
    expect((await kilo.detect(on)).problem).toMatchObject({ path, line: 2, column: 12 });
  });

  it('has its file elsewhere by system and variable', async () => {
    const pathOn = async (on: Parameters<typeof kilo.plan>[0]) => (await kilo.plan(on, SETUP))[0]?.path;
    expect(await pathOn(windows())).toBe('C:\\Users\\Ada\\.config\\kilo\\kilo.jsonc');
    expect(await pathOn(mac())).toBe('/nowhere/xdg/kilo/kilo.jsonc');
    expect(await pathOn(machine({ env: { KILO_CONFIG: '/nowhere/else.json' } }))).toBe('/nowhere/else.json');
    expect(await pathOn(machine({ env: { KILO_CONFIG: 'here.json' } }))).toMatch(/kilo\.jsonc$/);
    expect(await pathOn(machine({ env: { XDG_CONFIG_HOME: 'relative' } }))).toMatch(/\.config\/kilo\/kilo\.jsonc$/);
  });
});
