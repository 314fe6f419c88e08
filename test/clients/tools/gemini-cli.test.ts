import { describe, expect, it } from 'vitest';
import { geminiCli } from '../../../src/clients/tools/gemini-cli.ts';
import { found, nothing, paths, setUp } from './command-line.ts';
import { machine, SETUP, windows } from './machines.ts';

describe('Gemini CLI', () => {
  it('has the key and the address in its .env, how to sign in and the model in its settings', async () => {
    const on = machine();
    expect(await geminiCli.detect(on)).toEqual(nothing);
    const texts = await setUp(geminiCli, on);
    expect(texts['.gemini/.env']).toBe(`GEMINI_API_KEY=${SETUP.key}\nGOOGLE_GEMINI_BASE_URL=http://127.0.0.1:20128\n`);
    expect(JSON.parse(texts['.gemini/settings.json'] ?? '')).toEqual({
      security: { auth: { selectedType: 'gemini-api-key' } },
      model: { name: 'work/sonnet' },
    });
    expect(await geminiCli.detect(on)).toEqual(found());
    expect((await geminiCli.plan(on, SETUP)).map(({ mode }) => mode)).toEqual([0o600, undefined]);
  });

  it('keeps what is the user’s', async () => {
    const on = machine();
    on.put('.gemini/.env', '# mine\nexport GEMINI_API_KEY="AIza" # old\nGOOGLE_CLOUD_PROJECT=p\n');
    on.put('.gemini/settings.json', '{\n  // mine\n  "ui": {"theme": "Ayu"},\n  "model": {"maxSessionTurns": 9}\n}\n');
    const texts = await setUp(geminiCli, on);
    expect(texts['.gemini/.env']).toMatch(/^# mine\nexport GEMINI_API_KEY=\S+ # old\nGOOGLE_CLOUD_PROJECT=p\nGOOGLE_GEMINI_BASE_URL=/);
    expect(texts['.gemini/settings.json']).toContain('// mine\n  "ui": {"theme": "Ayu"}');
    expect(texts['.gemini/settings.json']).toContain('"maxSessionTurns": 9');
    expect(await geminiCli.detect(on)).toEqual(found());
  });

  it('is not found to point at us while its user signs in with Google', async () => {
    const on = machine();
    await setUp(geminiCli, on);
    on.put('.gemini/settings.json', '{"security":{"auth":{"selectedType":"oauth-personal"}}}');
    expect(await geminiCli.detect(on)).toMatchObject({ installed: true, origin: undefined });
  });

  it('tells of what wins over its file', () => {
    const on = machine({ env: { GEMINI_API_KEY: 'AIza' } });
    const lines = geminiCli.instructions?.(on, SETUP) ?? [];
    expect(lines[0]).toContain('GEMINI_API_KEY in your environment');
    expect(lines.join('\n')).not.toContain('AIza');
    expect(geminiCli.instructions?.(machine(), SETUP).join('\n')).toContain('.env in your project');
  });

  it('has its folder elsewhere by system and variable', async () => {
    expect(await paths(geminiCli, windows())).toEqual(['C:\\Users\\Ada\\.gemini\\.env', 'C:\\Users\\Ada\\.gemini\\settings.json']);
    expect((await paths(geminiCli, machine({ env: { GEMINI_CLI_HOME: '/nowhere' } })))[0]).toBe('/nowhere/.gemini/.env');
  });
});
