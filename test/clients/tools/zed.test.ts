import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { zed } from '../../../src/clients/tools/zed.ts';
import { applied, mac, machine, SETUP, windows } from './machines.ts';

const there = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

describe('Zed', () => {
  it('is told of the gateway and its models, never of the key', async () => {
    const on = machine();
    const path = on.put(
      '.config/zed/settings.json',
      '// Zed settings\n{\n  "theme": "One Dark",\n  "agent": { "default_model": { "provider": "zed.dev", "model": "x", "effort": "high" }, },\n}\n',
    );
    const texts = applied(await zed.plan(on, SETUP), there);
    const text = texts[path] ?? '';
    expect(text).toContain('// Zed settings');
    expect(text).not.toContain(SETUP.key);
    expect(parse(text)).toEqual({
      theme: 'One Dark',
      agent: { default_model: { provider: 'omniroute', model: 'work/sonnet', effort: 'high' } },
      language_models: {
        openai_compatible: {
          omniroute: {
            api_url: 'http://127.0.0.1:20128/v1',
            available_models: [
              {
                name: 'work/sonnet',
                display_name: 'Sonnet (work)',
                max_tokens: 200_000,
                max_output_tokens: 64_000,
                capabilities: { tools: true, images: true, parallel_tool_calls: true, prompt_cache_key: false, chat_completions: true },
              },
              {
                name: 'auto',
                display_name: 'Auto',
                max_tokens: 128_000,
                capabilities: { tools: true, images: false, parallel_tool_calls: true, prompt_cache_key: false, chat_completions: true },
              },
            ],
          },
        },
      },
    });
    on.put('.config/zed/settings.json', text);
    expect(await zed.detect(on)).toEqual({ installed: true, version: undefined, origin: SETUP.origin, key: undefined, model: SETUP.model });
    expect(await zed.detect({ ...on, env: { OMNIROUTE_API_KEY: SETUP.key } })).toMatchObject({ key: SETUP.key });
  });

  it('leaves the key to the user', () => {
    const text = zed.instructions?.(machine(), SETUP).join('\n') ?? '';
    expect(text).toContain('{key}');
    expect(text).toContain('OMNIROUTE_API_KEY');
    expect(text).not.toContain(SETUP.key);
    expect(zed.instructions?.(mac(), SETUP).join('\n')).toContain('Dock');
  });

  it('has its file elsewhere by system', async () => {
    const pathOn = async (on: Parameters<typeof zed.plan>[0]) => (await zed.plan(on, SETUP))[0]?.path;
    expect(await pathOn(windows())).toBe('C:\\Users\\Ada\\AppData\\Roaming\\Zed\\settings.json');
    expect(await pathOn(mac())).toBe('/nowhere/Users/ada/.config/zed/settings.json');
    expect(await pathOn(machine({ env: { XDG_CONFIG_HOME: '/nowhere/xdg' } }))).toBe('/nowhere/xdg/zed/settings.json');
    expect(await zed.detect(machine())).toMatchObject({ installed: false });
  });
});
