import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ClientId } from '../../src/clients/client.ts';
import type { ToolDesk } from '../../src/editor/tools/desk.ts';

/** Extensions of the editor in which the dashboard is open. */
export const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['github.copilot-chat', '0.67.0'],
  ['continue.continue', '1.3.40'],
]);

/** The home folder of somebody who uses several tools; some were really set up, and one was changed by another program since. */
export async function toolsLife(desk: ToolDesk, home: string): Promise<void> {
  await write(join(home, '.claude', 'settings.json'), '{\n  "model": "opus"\n}\n');
  await write(join(home, '.codex', 'config.toml'), 'approval_policy = "on-request"\n');
  await write(join(home, '.config', 'opencode', 'opencode.json'), '{}\n');
  await write(join(home, '.config', 'zed', 'settings.json'), '{\n  "theme": "One Dark"\n  "vim_mode": true,\n}\n');
  await write(join(home, '.cursor', 'argv.json'), '{}\n');
  await setUp(desk, 'claude-code', 'best');
  await setUp(desk, 'codex', 'work/scripted-model');
  await askWith(desk, 'claude-code');
  const changed = join(home, '.codex', 'config.toml');
  await writeFile(changed, (await readFile(changed, 'utf8')).replace(/127\.0\.0\.1:\d+/, '127.0.0.1:4000'));
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function setUp(desk: ToolDesk, id: ClientId, model: string): Promise<void> {
  const { setup, clients } = await desk.box();
  const client = clients.find((each) => each.id === id);
  const prepared = client && (await setup.prepare(client, { model }));
  if (!prepared?.ok) throw new Error(`${id}: ${prepared?.refusal.message}`);
  const written = await setup.write(prepared);
  if (!written.ok) throw new Error(`${id}: ${written.refusal.message}`);
}

/** One message, as the tool would send it with its own key. */
async function askWith(desk: ToolDesk, id: ClientId): Promise<void> {
  const { clients, gateway } = await desk.box();
  const client = clients.find((each) => each.id === id);
  const look = client && (await desk.lookAt(client));
  if (look?.key.is !== 'good') throw new Error(`${id} has no key`);
  const body = JSON.stringify({ model: 'best', messages: [{ role: 'user', content: 'Hello' }] });
  const headers = { authorization: `Bearer ${look.key.key}`, 'content-type': 'application/json', 'user-agent': 'claude-cli/2.1.40' };
  await (await fetch(`${gateway.origin}/v1/chat/completions`, { method: 'POST', headers, body })).arrayBuffer();
}
