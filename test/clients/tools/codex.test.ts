import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../../src/clients/edit/formats.ts';
import { codex } from '../../../src/clients/tools/codex.ts';
import { found, nothing, paths, setUp } from './command-line.ts';
import { machine, SETUP, windows } from './machines.ts';

const CONFIG = '.codex/config.toml';

function read(text: string | undefined): unknown {
  const result = FORMATS.toml.read(text ?? '');
  return result.ok ? result.value : result.problem;
}

const PROVIDER = {
  name: 'OmniRoute',
  base_url: 'http://127.0.0.1:20128/v1',
  wire_api: 'responses',
  experimental_bearer_token: SETUP.key,
  supports_websockets: false,
};

describe('Codex', () => {
  it('has a provider of its own with the key in it', async () => {
    const on = machine();
    expect(await codex.detect(on)).toEqual(nothing);
    const texts = await setUp(codex, on);
    expect(read(texts[CONFIG])).toEqual({
      model: 'work/sonnet',
      model_provider: 'omniroute',
      model_context_window: 200_000,
      model_providers: { omniroute: PROVIDER },
    });
    expect(await codex.detect(on)).toEqual(found());
  });

  it('keeps what is the user’s, above and below', async () => {
    const on = machine();
    const before = `# mine
model = "gpt-5.5"  # usual
approval_policy = "never"

[projects."/work"]
trust_level = "trusted"

[model_providers.omniroute]
name = "Old"
env_key = "OLD_KEY"
stream_idle_timeout_ms = 600000

[mcp_servers.docs] # last
command = "docs"
`;
    on.put(CONFIG, before);
    const text = (await setUp(codex, on))[CONFIG] ?? '';
    expect(text).toContain('model = "work/sonnet"  # usual\napproval_policy = "never"\n');
    expect(text).toContain('[projects."/work"]\ntrust_level = "trusted"\n');
    expect(text.endsWith('[mcp_servers.docs] # last\ncommand = "docs"\n')).toBe(true);
    expect(read(text)).toMatchObject({
      model_provider: 'omniroute',
      model_providers: { omniroute: { ...PROVIDER, stream_idle_timeout_ms: 600_000 } },
    });
    expect(text).not.toContain('OLD_KEY');
  });

  it('is not found to point at us while another provider is chosen', async () => {
    const on = machine();
    on.put(CONFIG, 'model_provider = "elsewhere"\n[model_providers.omniroute]\nbase_url = "http://127.0.0.1:20128/v1"\n');
    expect(await codex.detect(on)).toEqual({ ...nothing, installed: true });
  });

  it('sets the profile that is chosen, too', async () => {
    const on = machine();
    on.put(CONFIG, 'profile = "deep"\n\n[profiles.deep]\nmodel = "gpt-5.5"\nmodel_provider = "openai"\nmodel_reasoning_effort = "high"\n');
    const text = (await setUp(codex, on))[CONFIG];
    expect(read(text)).toMatchObject({
      profiles: { deep: { model: 'work/sonnet', model_provider: 'omniroute', model_reasoning_effort: 'high' } },
    });
    expect(await codex.detect(on)).toEqual(found());
  });

  it('takes the window of another model away when that of ours is not known', async () => {
    const on = machine();
    on.put(CONFIG, 'model_context_window = 1000\n');
    expect((await setUp(codex, on, { ...SETUP, model: 'auto' }))[CONFIG]).not.toContain('model_context_window');
  });

  it('has its folder elsewhere by system and variable', async () => {
    expect(await paths(codex, windows())).toEqual(['C:\\Users\\Ada\\.codex\\config.toml']);
    expect(await paths(codex, windows({ CODEX_HOME: 'D:\\codex' }))).toEqual(['D:\\codex\\config.toml']);
  });
});
