import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { json5 } from '../../../src/clients/edit/json.ts';
import { openclaw } from '../../../src/clients/tools/openclaw.ts';
import type { Json } from '../../../src/conversation/json.ts';
import { applied, machine, SETUP, windows } from './machines.ts';

const there = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

function parsed(text: string): Json {
  const read = json5.read(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.value;
}

const OURS = {
  baseUrl: 'http://127.0.0.1:20128/v1',
  apiKey: SETUP.key,
  api: 'openai-completions',
  models: [
    { id: 'work/sonnet', name: 'Sonnet (work)', reasoning: true, input: ['text', 'image'], contextWindow: 200_000, maxTokens: 64_000 },
    { id: 'auto', name: 'Auto' },
  ],
};

describe('OpenClaw', () => {
  it('is told of the gateway beside what it has', async () => {
    const on = machine();
    const plans = await openclaw.plan(on, SETUP);
    expect(plans).toMatchObject([{ path: on.at('.openclaw/openclaw.json'), mode: 0o600 }]);
    expect(parsed(Object.values(applied(plans, there))[0] ?? '')).toEqual({
      models: { mode: 'merge', providers: { omniroute: OURS } },
      agents: { defaults: { model: { primary: 'omniroute/work/sonnet' } } },
    });
  });

  it('keeps comments, fallbacks and headers, and lets our models through the user’s lists', async () => {
    const on = machine();
    const path = on.put(
      '.openclaw/openclaw.json',
      `{
  // mine
  models: { mode: 'replace', providers: { omniroute: { headers: { 'x-a': 'b' } } } },
  agents: {
    defaults: {
      model: { primary: 'anthropic/claude', fallbacks: ['openai/gpt'] },
      models: { 'anthropic/claude': { alias: 'opus' }, 'omniroute/auto': { alias: 'mine' } },
      modelPolicy: { allow: ['anthropic/*'] },
    },
  },
}
`,
    );
    const texts = applied(await openclaw.plan(on, SETUP), there);
    expect(texts[path]).toContain('// mine');
    expect(parsed(texts[path] ?? '')).toEqual({
      models: { mode: 'replace', providers: { omniroute: { ...OURS, headers: { 'x-a': 'b' } } } },
      agents: {
        defaults: {
          model: { primary: 'omniroute/work/sonnet', fallbacks: ['openai/gpt'] },
          models: { 'anthropic/claude': { alias: 'opus' }, 'omniroute/auto': { alias: 'mine' }, 'omniroute/work/sonnet': {} },
          modelPolicy: { allow: ['anthropic/*', 'omniroute/*'] },
        },
      },
    });
  });

  it('keeps a model that is a mere name a mere name', async () => {
    const on = machine();
    const path = on.put('.openclaw/openclaw.json', "{ agents: { defaults: { model: 'openai/gpt' } } }");
    expect(parsed(applied(await openclaw.plan(on, SETUP), there)[path] ?? '')).toMatchObject({
      agents: { defaults: { model: 'omniroute/work/sonnet' } },
    });
  });

  it('is found by its folder or its program, and tells where it points', async () => {
    const on = machine();
    expect(await openclaw.detect(on)).toMatchObject({ installed: false });
    const path = on.put('.openclaw/openclaw.json', "{ meta: { lastTouchedVersion: '2026.9.1' } }");
    expect(await openclaw.detect(on)).toMatchObject({ installed: true, version: '2026.9.1', origin: undefined });
    on.put('.openclaw/openclaw.json', applied(await openclaw.plan(on, SETUP), there)[path] ?? '');
    expect(await openclaw.detect(on)).toMatchObject({ origin: SETUP.origin, key: SETUP.key, model: SETUP.model });
  });

  it('has its file elsewhere by system, variable and older name', async () => {
    const pathOn = async (on: Parameters<typeof openclaw.plan>[0]) => (await openclaw.plan(on, SETUP))[0]?.path;
    expect(await pathOn(windows())).toBe('C:\\Users\\Ada\\.openclaw\\openclaw.json');
    const on = machine();
    const older = on.put('.clawdbot/clawdbot.json', '{}');
    expect(await pathOn(on)).toBe(older);
    expect(await pathOn({ ...on, env: { OPENCLAW_STATE_DIR: '~/state' } })).toBe(on.at('state/openclaw.json'));
    expect(await pathOn({ ...on, env: { OPENCLAW_CONFIG_PATH: '/nowhere/claw.json5' } })).toBe('/nowhere/claw.json5');
    expect(await pathOn({ ...on, env: { OPENCLAW_HOME: '/nowhere/home' } })).toBe('/nowhere/home/.openclaw/openclaw.json');
  });
});
