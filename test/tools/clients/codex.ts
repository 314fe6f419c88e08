import { basename } from 'node:path';
import type { Call, Offered } from '../provider/wire.ts';
import { type Client, offers } from './client.ts';

const CONFIG = (origin: string, model: string): string => `
model = "${model}"
model_provider = "gw"
check_for_update_on_startup = false

[model_providers.gw]
name = "Gateway"
base_url = "${origin}/v1"
wire_api = "responses"
env_key = "GW_KEY"
supports_websockets = false

[analytics]
enabled = false
`;

/** Config: https://github.com/openai/codex/blob/main/docs/config.md. */
export const codex: Client = {
  package: { name: 'codex', id: '@openai/codex', version: '0.169.0', command: 'codex' },
  dialect: 'openai-responses',
  start: (prompt, { origin, key, model }) => ({
    args: ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', prompt],
    env: { GW_KEY: key },
    files: { '.codex/config.toml': CONFIG(origin, model) },
  }),
  pick,
};

function pick(offered: Offered[], path: string, content: string): Call | undefined {
  const patch = offers(offered, 'apply_patch');
  if (patch) return { ...patch, input: patchInput(patch, path, content) };
  const command = `printf '%s\\n' '${content.trimEnd()}' > '${path}'`;
  const exec = offers(offered, 'exec_command');
  if (exec) return { ...exec, input: { cmd: command } };
  const shell = offers(offered, 'shell_command') ?? offers(offered, 'shell');
  return shell && { ...shell, input: { command: shell.name === 'shell' ? ['bash', '-lc', command] : command } };
}

function patchInput(tool: Offered, path: string, content: string): Call['input'] {
  const lines = content.trimEnd().split('\n');
  const text = ['*** Begin Patch', `*** Add File: ${basename(path)}`, ...lines.map((line) => `+${line}`), '*** End Patch'].join('\n');
  return tool.kind === 'custom' ? text : { input: text };
}
