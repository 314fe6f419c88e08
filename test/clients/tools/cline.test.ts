import { describe, expect, it } from 'vitest';
import { cline } from '../../../src/clients/tools/cline.ts';
import { found, nothing, paths, setUp } from './command-line.ts';
import { machine, SETUP, windows } from './machines.ts';

const PROVIDERS = '.cline/data/settings/providers.json';
const STATE = '.cline/data/globalState.json';
const SECRETS = '.cline/data/secrets.json';

describe('Cline', () => {
  it('is told of the gateway as the server of its openai-compatible provider', async () => {
    const on = machine();
    expect(await cline.detect(on)).toEqual(nothing);
    const texts = await setUp(cline, on);
    expect(Object.keys(texts)).toEqual([PROVIDERS]);
    // What its schema asks for: a version, and of an entry `settings.provider` and a date.
    expect(JSON.parse(texts[PROVIDERS] ?? '')).toEqual({
      version: 1,
      lastUsedProvider: 'openai-compatible',
      providers: {
        'openai-compatible': {
          settings: {
            provider: 'openai-compatible',
            apiKey: SETUP.key,
            model: 'work/sonnet',
            baseUrl: 'http://127.0.0.1:20128/v1',
            headers: { 'X-Title': 'Cline' },
            contextWindow: 200_000,
            maxTokens: 64_000,
          },
          updatedAt: '2026-01-01T00:00:00.000Z',
          tokenSource: 'manual',
        },
      },
    });
    expect(await cline.detect(on)).toEqual(found());
    expect((await cline.plan(on, SETUP))[0]).toMatchObject({ mode: 0o600 });
  });

  it('sets both modes of the extension where it is there', async () => {
    const on = machine({ extensions: new Map([['saoudrizwan.claude-dev', '4.1.2']]) });
    on.put(STATE, '{"actModeApiProvider":"anthropic","telemetrySetting":"disabled"}');
    const texts = await setUp(cline, on);
    expect(JSON.parse(texts[STATE] ?? '')).toEqual({
      actModeApiProvider: 'openai',
      telemetrySetting: 'disabled',
      actModeOpenAiModelId: 'work/sonnet',
      planModeApiProvider: 'openai',
      planModeOpenAiModelId: 'work/sonnet',
      openAiBaseUrl: 'http://127.0.0.1:20128/v1',
    });
    expect(JSON.parse(texts[SECRETS] ?? '')).toEqual({ openAiApiKey: SETUP.key });
    expect((await cline.plan(on, SETUP)).map(({ mode }) => mode)).toEqual([0o600, undefined, 0o600]);
    expect(await cline.detect(on)).toEqual(found({ version: '4.1.2' }));
    on.put(STATE, '{"actModeApiProvider":"anthropic"}');
    expect(await cline.detect(on)).toMatchObject({ installed: true, origin: undefined, key: undefined, model: undefined });
  });

  it('keeps the user’s entries, and sizes of ours only', async () => {
    const on = machine();
    const anthropic = { settings: { provider: 'anthropic', apiKey: 'sk' }, updatedAt: '2026-10-01T08:00:00.000Z', tokenSource: 'manual' };
    const old = {
      settings: { provider: 'openai-compatible', baseUrl: 'https://example.com/v1', contextWindow: 9, headers: { 'X-Mine': '1' } },
      updatedAt: '2026-09-01T08:00:00.000Z',
      tokenSource: 'migration',
    };
    on.put(PROVIDERS, JSON.stringify({ version: 1, modes: {}, providers: { anthropic, 'openai-compatible': old } }));
    const { providers } = JSON.parse((await setUp(cline, on, { ...SETUP, model: 'auto' }))[PROVIDERS] ?? '');
    expect(providers.anthropic).toEqual(anthropic);
    expect(providers['openai-compatible']).toEqual({
      settings: {
        provider: 'openai-compatible',
        baseUrl: 'http://127.0.0.1:20128/v1',
        headers: { 'X-Mine': '1', 'X-Title': 'Cline' },
        apiKey: SETUP.key,
        model: 'auto',
      },
      updatedAt: '2026-09-01T08:00:00.000Z',
      tokenSource: 'manual',
    });
  });

  it('has its files elsewhere by system and variable', async () => {
    expect(await paths(cline, windows())).toEqual(['C:\\Users\\Ada\\.cline\\data\\settings\\providers.json']);
    expect(await paths(cline, machine({ env: { CLINE_DIR: '/nowhere/c' } }))).toEqual(['/nowhere/c/data/settings/providers.json']);
    expect(await paths(cline, machine({ env: { CLINE_DIR: '/a', CLINE_DATA_DIR: '/nowhere/d' } }))).toEqual([
      '/nowhere/d/settings/providers.json',
    ]);
    expect(await paths(cline, machine({ env: { CLINE_PROVIDER_SETTINGS_PATH: '/nowhere/p.json' } }))).toEqual(['/nowhere/p.json']);
  });
});
