import { describe, expect, it } from 'vitest';
import type { Setup } from '../../../src/clients/client.ts';
import { claudeCode } from '../../../src/clients/tools/claude-code.ts';
import { found, nothing, paths, setUp } from './command-line.ts';
import { machine, SETUP, windows } from './machines.ts';

const SETTINGS = '.claude/settings.json';

describe('Claude Code', () => {
  it('is told of the gateway in the env of its settings, with a model for each family', async () => {
    const on = machine();
    expect(await claudeCode.detect(on)).toEqual(nothing);
    const texts = await setUp(claudeCode, on);
    expect(JSON.parse(texts[SETTINGS] ?? '')).toEqual({
      env: {
        ANTHROPIC_BASE_URL: 'http://127.0.0.1:20128',
        ANTHROPIC_AUTH_TOKEN: SETUP.key,
        ANTHROPIC_DEFAULT_OPUS_MODEL: 'work/sonnet',
        ANTHROPIC_DEFAULT_SONNET_MODEL: 'work/sonnet',
        ANTHROPIC_DEFAULT_HAIKU_MODEL: 'work/sonnet',
        ANTHROPIC_DEFAULT_FABLE_MODEL: 'work/sonnet',
        CLAUDE_CODE_MAX_CONTEXT_TOKENS: '200000',
      },
      model: 'work/sonnet',
    });
    expect(await claudeCode.detect(on)).toEqual(found());
    expect((await claudeCode.plan(on, SETUP))[0]).toMatchObject({ mode: 0o600 });
  });

  it('asks the account of the chosen model for a family it has', async () => {
    const on = machine();
    const models = ['work/claude-opus-4-8', 'home/claude-haiku-4-5', 'work/claude-haiku-4-5'].map((name) => ({ name, title: name }));
    const setup: Setup = { ...SETUP, model: 'work/claude-opus-4-8', models };
    const { env } = JSON.parse((await setUp(claudeCode, on, setup))[SETTINGS] ?? '');
    expect(env).toMatchObject({
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'work/claude-opus-4-8',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'work/claude-opus-4-8',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'work/claude-haiku-4-5',
    });
    expect(env).not.toHaveProperty('CLAUDE_CODE_MAX_CONTEXT_TOKENS');
  });

  it('keeps what is the user’s, and overrides what would win', async () => {
    const on = machine({ env: { ANTHROPIC_MODEL: 'elsewhere' } });
    const hooks = '"hooks": {"Stop": []},\r\n    "statusLine": {"type":"command"}';
    on.put(
      SETTINGS,
      `{\r\n    ${hooks},\r\n    "env": {"FOO": "1", "ANTHROPIC_SMALL_FAST_MODEL": "x", "CLAUDE_CODE_USE_BEDROCK": "1"},\r\n    "model": "opus"\r\n}\r\n`,
    );
    const text = (await setUp(claudeCode, on))[SETTINGS] ?? '';
    expect(text).toContain(hooks);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
    const { env, model } = JSON.parse(text);
    expect(env).toMatchObject({ FOO: '1', ANTHROPIC_MODEL: 'work/sonnet', ANTHROPIC_SMALL_FAST_MODEL: 'work/sonnet' });
    expect(env).not.toHaveProperty('CLAUDE_CODE_USE_BEDROCK');
    expect(model).toBe('work/sonnet');
  });

  it('tells of variables of the shell that get in the way', () => {
    const on = machine({ env: { ANTHROPIC_API_KEY: 'sk-ant', CLAUDE_CODE_USE_VERTEX: '1' } });
    const lines = claudeCode.instructions?.(on, SETUP).join('\n');
    expect(lines).toContain('ANTHROPIC_API_KEY');
    expect(lines).toContain('CLAUDE_CODE_USE_VERTEX');
    expect(lines).not.toContain('sk-ant');
    expect(claudeCode.instructions?.(machine(), SETUP)).toEqual([]);
  });

  it('has its folder elsewhere by system and variable', async () => {
    expect(await paths(claudeCode, windows())).toEqual(['C:\\Users\\Ada\\.claude\\settings.json']);
    expect(await paths(claudeCode, machine({ env: { CLAUDE_CONFIG_DIR: '/nowhere/claude' } }))).toEqual(['/nowhere/claude/settings.json']);
  });

  it('says where its settings are broken', async () => {
    const on = machine();
    const path = on.put(SETTINGS, '{\n  "env": {,}\n}');
    expect((await claudeCode.detect(on)).problem).toMatchObject({ path, line: 2 });
  });
});
