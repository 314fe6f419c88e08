import { basename } from 'node:path';
import type { Call, Offered } from '../provider/wire.ts';
import { type Client, call, offers } from './client.ts';

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
  sendsPictures: true,
  start: (prompt, { origin, key, model }) => ({
    args: ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', prompt],
    env: { GW_KEY: key },
    files: { '.codex/config.toml': CONFIG(origin, model) },
  }),
  write,
  look: (offered, { missing, picture, note }) => {
    if (offers(offered, 'exec')) return call(offered, 'exec', `text(await tools.exec_command({ cmd: "cat '${missing}'" }));`);
    return [
      ...call(offered, 'exec_command', { cmd: `cat '${missing}'` }),
      ...call(offered, 'view_image', { path: picture }),
      ...call(offered, 'close_agent', { target: 'nobody' }),
      ...call(offered, 'exec_command', { cmd: `cat '${note}'` }),
    ];
  },
};

/** What Codex offers to write with depends on the model's name (docs/tools-on-the-wire.md). */
function write(offered: Offered[], path: string, content: string): Call[] {
  const lines = content.trimEnd().split('\n');
  const patch = ['*** Begin Patch', `*** Add File: ${basename(path)}`, ...lines.map((line) => `+${line}`), '*** End Patch'].join('\n');
  const cmd = `printf '%s\\n' '${content.trimEnd()}' > '${path}'`;
  const script = `text(await tools.exec_command({ cmd: ${JSON.stringify(cmd)} }));`;
  const [first] = [...call(offered, 'apply_patch', patch), ...call(offered, 'exec', script), ...call(offered, 'exec_command', { cmd })];
  return first ? [first] : [];
}
