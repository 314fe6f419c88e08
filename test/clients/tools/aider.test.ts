import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aider } from '../../../src/clients/tools/aider.ts';
import { applied, machine, SETUP, windows } from './machines.ts';

const there = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

describe('Aider', () => {
  it('is told of the gateway in its YAML, and of the model’s sizes', async () => {
    const on = machine();
    const conf = on.put('.aider.conf.yml', '# mine\nmodel: sonnet # old\ndark-mode: true\nread:\n  - CONVENTIONS.md\n');
    const plans = await aider.plan(on, SETUP);
    expect(plans[0]).toMatchObject({ path: conf, mode: 0o600 });
    const texts = applied(plans, there);
    const text = texts[conf] ?? '';
    for (const kept of ['# mine\n', '# old\n', 'dark-mode: true\n', 'read:\n  - CONVENTIONS.md\n']) expect(text).toContain(kept);
    expect(text).toMatch(/^openai-api-base: .?http:\/\/127\.0\.0\.1:20128\/v1.?$/m);
    expect(text).toMatch(/^model: .?openai\/work\/sonnet.? # old$/m);
    expect(JSON.parse(texts[on.at('.aider.model.metadata.json')] ?? '')).toEqual({
      'openai/work/sonnet': {
        max_input_tokens: 200_000,
        max_tokens: 64_000,
        max_output_tokens: 64_000,
        supports_vision: true,
        litellm_provider: 'openai',
        mode: 'chat',
      },
    });
    on.put('.aider.conf.yml', text);
    expect(await aider.detect(on)).toEqual({
      installed: true,
      version: undefined,
      origin: SETUP.origin,
      key: SETUP.key,
      model: SETUP.model,
    });
  });

  it('says nothing of a model whose sizes are not known', async () => {
    const on = machine();
    expect((await aider.plan(on, { ...SETUP, model: 'auto' })).map(({ path }) => path)).toEqual([on.at('.aider.conf.yml')]);
  });

  it('tells when variables win over the file', async () => {
    const on = machine({ env: { AIDER_OPENAI_API_BASE: 'https://api.example.com/v1', AIDER_OPENAI_API_KEY: 'sk-other' } });
    expect(await aider.detect(on)).toMatchObject({ origin: 'https://api.example.com', key: 'sk-other' });
    expect(aider.instructions?.(on, SETUP)).toEqual([expect.stringContaining('AIDER_OPENAI_API_BASE and AIDER_OPENAI_API_KEY are set')]);
    expect(aider.instructions?.(machine({ env: { OPENAI_API_KEY: 'sk-other' } }), SETUP)).toEqual([]);
  });

  it('is found by its file, folder or program', async () => {
    expect(await aider.detect(machine())).toMatchObject({ installed: false });
    const on = machine();
    on.put('bin/aider', '');
    expect(await aider.detect({ ...on, env: { PATH: on.at('bin') } })).toMatchObject({ installed: true, origin: undefined });
    expect((await aider.plan(windows(), SETUP))[0]?.path).toBe('C:\\Users\\Ada\\.aider.conf.yml');
  });
});
