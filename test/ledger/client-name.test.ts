import { describe, expect, it } from 'vitest';
import { clientNameOf } from '../../src/ledger/client-name.ts';

const of = (headers: Record<string, string>) => clientNameOf((name) => headers[name]);
const agent = (text: string) => of({ 'user-agent': text });

describe('the name of a client', () => {
  it.each([
    ['claude-cli/2.1.330 (external, sdk-cli)', 'Claude Code', '2.1.330'],
    ['claude-code/2.1.330', 'Claude Code', '2.1.330'],
    ['codex_exec/0.169.0 (Debian 12.0.0; x86_64) dumb (codex_exec; 0.169.0)', 'Codex', '0.169.0'],
    ['codex_cli_rs/0.169.0 (Mac OS 15; arm64)', 'Codex', '0.169.0'],
    ['GeminiCLI-tui/0.61.0/gemini-3.1-pro-preview (linux; x64; terminal)', 'Gemini CLI', '0.61.0'],
    ['QwenCode/0.24.4 (linux; x64)', 'Qwen Code', '0.24.4'],
    ['opencode/1.14.28', 'opencode', '1.14.28'],
    ['GitHubCopilotChat/0.49.0', 'Copilot Chat', '0.49.0'],
    ['Cline/3.40.0', 'Cline', '3.40.0'],
    ['RooCode/3.50.0', 'Roo Code', '3.50.0'],
    ['ZooCode/3.82.0', 'Zoo Code', '3.82.0'],
    ['Kilo-Code/7.8.1', 'Kilo Code', '7.8.1'],
    ['OpenAI/JS 6.9.0', 'OpenAI SDK', '6.9.0'],
    ['AsyncOpenAI/Python 2.1.0', 'OpenAI SDK', '2.1.0'],
    ['Anthropic/JS 0.70.0', 'Anthropic SDK', '0.70.0'],
    ['google-genai-sdk/1.30.0 gl-node/v24.0.0', 'Google Gen AI SDK', '1.30.0'],
    ['curl/8.14.1', 'curl', '8.14.1'],
  ])('%s', (text, name, version) => {
    expect(agent(text)).toEqual({ name, version });
  });

  it('is the tool behind a library where it names itself', () => {
    expect(of({ 'user-agent': 'OpenAI/JS 6.9.0', 'x-title': 'Roo Code' })).toEqual({ name: 'Roo Code' });
  });

  it('is the extension that asks through our models in VS Code', () => {
    const through = (id: string) => of({ 'user-agent': 'OmniRoute-VSCode/0.1.0', 'x-omniroute-initiator': id });
    expect(through('github.copilot-chat')).toEqual({ name: 'Copilot Chat' });
    expect(through('GitHub.copilot-chat')).toEqual({ name: 'Copilot Chat' });
    expect(through('zoocodeorganization.zoo-code')).toEqual({ name: 'Zoo Code' });
    expect(through('someone.else')).toEqual({ name: 'someone.else' });
    expect(through('core')).toEqual({ name: 'VS Code' });
    expect(agent('OmniRoute-VSCode/0.1.0')).toEqual({ name: 'VS Code' });
  });

  it('is what the client says when nobody knows it, shortened and printable; empty when it says nothing', () => {
    expect(agent('my-script/1 (beta)')).toEqual({ name: 'my-script/1 (beta)' });
    expect(agent(`x${'y'.repeat(500)}`).name).toHaveLength(80);
    expect(agent('evil\u001b[31m').name).toBe('evil?[31m');
    expect(of({})).toEqual({ name: '' });
  });
});
