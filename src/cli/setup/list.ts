import type { Client } from '../../clients/client.ts';
import type { ToolState } from '../../clients/setup-contract.ts';
import type { ToolLook } from '../../clients/tool-look.ts';
import { table, writeJson } from '../io.ts';
import type { SetupContext } from './context.ts';

const HEAD = ['TOOL', 'INSTALLED', 'STATE', 'POINTS AT', 'MODEL'];

/** `setup --list`: how each tool stands. With `check`: exit code 1 when one is not as it was set up. */
export async function listTools(
  { io, tools }: SetupContext,
  clients: readonly Client[],
  { json, check }: { json: boolean | undefined; check: boolean },
): Promise<number> {
  const looks = await Promise.all(clients.map((client) => tools.look(client)));
  const unwell = looks.filter(({ state }) => state.is === 'drifted' || state.is === 'broken');
  if (json) writeJson(io, looks.map(lookJson));
  else if (check) io.stdout.write(`${unwell.length > 0 ? unwell.flatMap(differenceLines).join('\n') : 'All is as it was set up.'}\n`);
  else io.stdout.write(`${[table([HEAD, ...looks.map(row)]), ...looks.flatMap(differenceLines)].join('\n')}\n`);
  return check && unwell.length > 0 ? 1 : 0;
}

function row({ client, found, state }: ToolLook): string[] {
  const installed = found.installed ? (found.version ?? 'yes') : 'no';
  const elsewhere = state.is === 'not-set-up' ? state.elsewhere : undefined;
  return [client.id, installed, stateText(state), found.origin ?? elsewhere ?? '', found.model ?? ''];
}

function stateText(state: ToolState): string {
  switch (state.is) {
    case 'absent':
      return 'not found';
    case 'instructions':
      return 'by hand';
    case 'not-set-up':
      return 'not set up';
    case 'set-up':
      return state.lastSeen === undefined ? 'set up' : `set up, last seen ${new Date(state.lastSeen).toLocaleString()}`;
    case 'drifted':
      return 'not as it was set up';
    case 'broken':
      return 'settings cannot be read';
  }
}

function differenceLines({ client, state }: ToolLook): string[] {
  if (state.is === 'broken') return [`${client.name}: ${brokenText(state)}`];
  if (state.is !== 'drifted') return [];
  return [...state.differences.map((text) => `${client.name}: ${text}`), `  To mend it: omniroute setup ${client.id}`];
}

function brokenText({ path, message, line, column }: Extract<ToolState, { is: 'broken' }>): string {
  const place = line === undefined || /line \d+/i.test(message) ? '' : ` (line ${line}, column ${column ?? 1})`;
  return `${message.includes(path) ? '' : `${path}: `}${message}${place}`;
}

function lookJson({ client, found, state, key }: ToolLook) {
  return {
    tool: client.id,
    name: client.name,
    installed: found.installed,
    version: found.version ?? null,
    state: state.is,
    origin: found.origin ?? null,
    model: found.model ?? null,
    key: 'row' in key ? key.row.name : null,
    ...(state.is === 'set-up' ? { lastSeen: state.lastSeen ?? null } : {}),
    ...(state.is === 'drifted' ? { differences: state.differences } : {}),
    ...(state.is === 'broken' ? { problem: brokenText(state) } : {}),
  };
}
