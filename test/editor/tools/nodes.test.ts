import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from '../../../src/clients/client.ts';
import { clientById } from '../../../src/clients/registry.ts';
import type { ToolState } from '../../../src/clients/setup-contract.ts';
import type { ToolLook } from '../../../src/clients/tool-look.ts';
import { useLocale } from '../../../src/editor/format/index.ts';
import { toolNodes } from '../../../src/editor/tools/nodes.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const applied = (client: Client): NonNullable<ToolLook['applied']> => ({
  client: client.id,
  at: NOW - 3_600_000,
  origin: 'http://127.0.0.1:20128',
  model: 'best',
  keyId: 'k',
  models: ['best'],
  files: [{ path: '/home/me/settings.json', backup: undefined, beforeHash: undefined, afterHash: 'x', undo: undefined }],
});

function look(id: string, state: ToolState, more: Partial<ToolLook> = {}): ToolLook {
  const client = clientById(id);
  if (!client) throw new Error(`no tool "${id}"`);
  const found = { installed: state.is !== 'absent', version: '2.1.330', origin: undefined, key: undefined, model: undefined };
  return { client, found, state, applied: undefined, key: { is: 'none' }, ...more };
}

const ours = (id: string, state: ToolState): ToolLook => {
  const one = look(id, state);
  return { ...one, applied: applied(one.client), key: { is: 'good', row: { id: 'k', name: id }, key: 'omr-secret' } };
};

const read = { is: 'read' } as const;

describe('the view of the tools', () => {
  afterEach(() => useLocale('en'));

  it('is empty until somebody looks, and says that it is looking', () => {
    expect(toolNodes({ looks: [], state: { is: 'unread' }, requests: [] }, NOW)).toEqual([]);
    expect(toolNodes({ looks: [], state: { is: 'reading' }, requests: [] }, NOW).map(({ label }) => label)).toEqual(['Looking for tools…']);
    const failed = toolNodes({ looks: [], state: { is: 'failed', message: 'no gateway' }, requests: [] }, NOW);
    expect(failed[0]).toMatchObject({ description: 'no gateway', command: { command: 'omniroute.tool.lookAgain' } });
  });

  it('shows each state in words, with an icon and the menu it can have; what is not there is folded', () => {
    const looks = [
      look('copilot', { is: 'not-set-up', elsewhere: undefined }),
      look('claude-code', { is: 'not-set-up', elsewhere: 'https://api.example.com' }),
      ours('codex', { is: 'set-up', model: 'best', lastSeen: NOW - 300_000 }),
      ours('kilo', { is: 'drifted', differences: ['The gateway listens elsewhere.'] }),
      look('zed', { is: 'broken', path: '/z.json', message: 'A comma is missing.', line: 3, column: 7 }),
      look('cursor', { is: 'instructions' }),
      look('aider', { is: 'absent' }),
    ];
    const nodes = toolNodes({ looks, state: read, requests: [] }, NOW);
    expect(nodes.map(({ label, description, icon, contextValue }) => [label, description, icon?.id, contextValue])).toEqual([
      ['Copilot Chat', 'models are in its picker', 'pass', 'tool.settable.unset'],
      ['Claude Code', 'asks https://api.example.com', 'circle-outline', 'tool.settable.unset'],
      ['Codex', 'best · asked 5 min ago', 'pass', 'tool.settable.ours.file.key'],
      ['Kilo Code', 'not as it was set up', 'warning', 'tool.settable.drifted.ours.file.key'],
      ['Zed', 'settings cannot be read', 'error', 'tool.broken.file'],
      ['Cursor', 'by hand', 'book', 'tool.settable.unset'],
      ['Any Other Tool', 'address, key, snippets', 'code', undefined],
      ['Not Found Here', '1', 'search-stop', undefined],
    ]);
    expect(nodes.at(-1)?.children?.map(({ label, description }) => [label, description])).toEqual([['Aider', 'not found']]);
  });

  it('tells in the tooltip what differs and where a file breaks, and never a key', () => {
    const looks = [
      ours('kilo', { is: 'drifted', differences: ['The gateway listens elsewhere.'] }),
      look('zed', { is: 'broken', path: '/z.json', message: 'A comma is missing.', line: 3, column: 7 }),
    ];
    const nodes = toolNodes({ looks, state: read, requests: [] }, NOW);
    expect(nodes[0]?.tooltip).toContain('The gateway listens elsewhere.');
    expect(nodes[1]?.tooltip).toContain('line 3, column 7');
    expect(JSON.stringify(nodes)).not.toContain('omr-secret');
  });

  it('counts a request that came since the tool was looked at', () => {
    const request = {
      ...{ id: 'r', startedAt: NOW - 1000, client: 'Codex', key: 'codex', requested: 'best', state: 'done' as const },
      ...{ target: undefined, account: undefined, attempts: [], firstTokenMs: undefined, totalMs: undefined, status: 200 },
      ...{ usage: undefined, usd: undefined, error: undefined, fallback: false },
    };
    const looks = [ours('codex', { is: 'set-up', model: 'best', lastSeen: undefined })];
    expect(toolNodes({ looks, state: read, requests: [] }, NOW)[0]?.description).toBe('best · no request yet');
    expect(toolNodes({ looks, state: read, requests: [request] }, NOW)[0]?.description).toBe('best · asked just now');
  });
});
