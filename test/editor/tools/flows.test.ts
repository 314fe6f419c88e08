import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rewriteMoved } from '../../../src/editor/tools/flows/moved.ts';
import { revoke } from '../../../src/editor/tools/flows/revoke.ts';
import { mend, setUp } from '../../../src/editor/tools/flows/set-up.ts';
import { setUpAll } from '../../../src/editor/tools/flows/set-up-all.ts';
import { copySnippet } from '../../../src/editor/tools/flows/snippets.ts';
import { undo } from '../../../src/editor/tools/flows/undo.ts';
import { verify } from '../../../src/editor/tools/flows/verify.ts';
import { jsonReply } from '../../upstream/reply.ts';
import { scriptedUi } from '../commands/scripted-ui.ts';
import { type ToolHouse, toolHouse } from './house.ts';

const BEFORE = '{\n  // mine\n  "theme": "dark",\n}\n';
const answer = jsonReply({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'scripted-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'here' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 },
});

describe('setting tools up in the editor, at a real gateway', () => {
  let house: ToolHouse;
  let claude: string;
  let kilo: string;
  beforeAll(async () => {
    house = await toolHouse();
    claude = join(house.home, '.claude', 'settings.json');
    kilo = join(house.home, '.config', 'kilo', 'kilo.jsonc');
  });
  afterAll(() => house.close());
  beforeEach(async () => {
    await mkdir(join(house.home, '.claude'), { recursive: true });
    await mkdir(join(house.home, '.config', 'kilo'), { recursive: true });
    await writeFile(claude, '{\n  "theme": "dark"\n}\n');
    await writeFile(kilo, BEFORE);
    house.shown.length = 0;
  });
  const fields = async (path: string): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  const keyNames = async (): Promise<string[]> => (await house.admin.keys()).map(({ name }) => name);

  it('shows the change with the key masked, writes on yes with a key of its own, and takes it back byte by byte', async () => {
    const ui = scriptedUi({ choose: 'best' }, { choose: 'Apply' }, { press: undefined });
    await setUp(house.context(ui), house.client('claude-code'));
    ui.done();
    const env = (await fields(claude)).env as Record<string, string>;
    expect(env.ANTHROPIC_BASE_URL).toBe(house.gateway.url);
    const key = Object.values(env).find((value) => value.startsWith('omr-')) ?? '';
    expect(key.length).toBeGreaterThan(40);
    expect(house.shown[0]?.map(({ path }) => path)).toEqual([claude]);
    expect(house.shown[0]?.[0]?.shown).toContain('ANTHROPIC_BASE_URL');
    expect(JSON.stringify([house.shown[0]?.map(({ shown }) => shown), ui.shown])).not.toContain(key);
    expect(await keyNames()).toContain('claude-code');
    expect(house.closed()).toBe(1);

    await undo(house.context(scriptedUi()), house.client('claude-code'));
    expect(await readFile(claude, 'utf8')).toBe('{\n  "theme": "dark"\n}\n');
    expect(await keyNames()).not.toContain('claude-code');
  });

  it('writes nothing and makes no key when the answer is no', async () => {
    const ui = scriptedUi({ choose: 'best' }, { choose: 'Cancel' });
    await setUp(house.context(ui), house.client('claude-code'));
    expect(await readFile(claude, 'utf8')).toBe('{\n  "theme": "dark"\n}\n');
    expect(await keyNames()).not.toContain('claude-code');
  });

  it('is undone from the message itself', async () => {
    const ui = scriptedUi({ choose: 'auto' }, { choose: 'Apply' }, { press: 'Undo' });
    await setUp(house.context(ui), house.client('claude-code'));
    expect(await readFile(claude, 'utf8')).toBe('{\n  "theme": "dark"\n}\n');
    expect(ui.messages.at(-1)?.message).toContain('as it was before');
  });

  it('opens a file that does not parse where it breaks, and leaves it alone', async () => {
    await writeFile(claude, '{\n  "theme": dark\n}\n');
    const ui = scriptedUi();
    await setUp(house.context(ui), house.client('claude-code'));
    expect(house.opened.at(-1)).toMatchObject({ path: claude, line: 2 });
    expect(ui.messages[0]?.kind).toBe('error');
    expect(await readFile(claude, 'utf8')).toBe('{\n  "theme": dark\n}\n');
  });

  it('waits for a request of the tool itself, and tells what answered', async () => {
    await setUp(house.context(scriptedUi({ choose: 'best' }, { choose: 'Apply' })), house.client('claude-code'));
    const env = (await fields(claude)).env as Record<string, string>;
    const key = Object.values(env).find((value) => value.startsWith('omr-')) ?? '';
    const ui = scriptedUi();
    const waiting = verify(house.context(ui), house.client('claude-code'));
    await until(() => ui.shown.length > 0);
    house.provider.script(answer);
    const asked = await fetch(`${house.gateway.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
      body: JSON.stringify({ model: 'best', max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] }),
    });
    expect(asked.status).toBe(200);
    await waiting;
    expect(ui.messages[0]?.message).toMatch(/Claude Code works: it asked for best, and chat\/scripted-model answered/);
    await undo(house.context(scriptedUi()), house.client('claude-code'));
  });

  it('stops waiting when it is cancelled', async () => {
    await setUp(house.context(scriptedUi({ choose: 'best' }, { choose: 'Apply' })), house.client('claude-code'));
    const ui = scriptedUi({ cancel: Promise.resolve() });
    await verify(house.context(ui), house.client('claude-code'));
    expect(ui.messages).toEqual([]);
    await undo(house.context(scriptedUi()), house.client('claude-code'));
  });

  it('revokes one key after a question, which is drift, and mends it with a new one', async () => {
    await setUp(house.context(scriptedUi({ choose: 'best' }, { choose: 'Apply' })), house.client('claude-code'));
    const before = await readFile(claude, 'utf8');
    await revoke(house.context(scriptedUi({ press: 'Revoke Key' })), house.client('claude-code'));
    expect(await keyNames()).not.toContain('claude-code');
    expect((await house.desk.lookAt(house.client('claude-code'))).state.is).toBe('drifted');
    expect(await readFile(claude, 'utf8')).toBe(before);
    await mend(house.context(scriptedUi({ choose: 'Apply' })), house.client('claude-code'));
    expect((await house.desk.lookAt(house.client('claude-code'))).state.is).toBe('set-up');
    await undo(house.context(scriptedUi()), house.client('claude-code'));
    expect(await readFile(claude, 'utf8')).toBe('{\n  "theme": "dark"\n}\n');
  });

  it('sets up every tool that was found, after one question, and takes all of it back', async () => {
    const ui = scriptedUi({ choose: ['Claude Code', 'Kilo Code'] }, { press: 'Undo' });
    await setUpAll(house.context(ui));
    ui.done();
    expect(house.shown).toHaveLength(1);
    expect(house.shown[0]?.map(({ path }) => path)).toEqual(expect.arrayContaining([claude, kilo]));
    expect(ui.messages[0]?.message).toMatch(/Claude Code, Kilo Code|Kilo Code, Claude Code/);
    expect(await readFile(kilo, 'utf8')).toBe(BEFORE);
    expect((await keyNames()).filter((name) => name === 'claude-code' || name === 'kilo')).toEqual([]);
  });

  it('leads what was set up to another port, on request alone', async () => {
    await setUp(house.context(scriptedUi({ choose: 'best' }, { choose: 'Apply' })), house.client('claude-code'));
    const moved = { from: 20128, to: 20129, url: 'http://127.0.0.1:20129' };
    const before = await readFile(claude, 'utf8');
    const offer = await rewriteMoved(house.context(scriptedUi()), moved);
    expect(offer?.label).toBe('Set Up Tools Anew (1)');
    expect(await readFile(claude, 'utf8')).toBe(before);
    house.link.is({ is: 'ready', owner: true, url: moved.url, port: moved.to, pid: 1, instead: undefined });
    house.link.to(house.gateway);
    await undo(house.context(scriptedUi()), house.client('claude-code'));
    expect(await rewriteMoved(house.context(scriptedUi()), moved)).toBeUndefined();
  });

  it('copies a snippet, with a key made for it', async () => {
    const ui = scriptedUi({ choose: 'curl: Chat Completions' }, { choose: 'Copy with a New Key' }, { type: 'my script' });
    await copySnippet(house.context(ui));
    const { hint } = (await house.admin.keys()).find(({ name }) => name === 'my script') ?? {};
    expect(house.copied.at(-1)).toMatch(/omr-\S+/);
    expect(/omr-[\w-]+/.exec(house.copied.at(-1) ?? '')?.[0].slice(-4)).toBe(hint);
    expect(JSON.stringify(ui.shown)).not.toMatch(/omr-[\w-]{20}/);
  });

  it('writes nothing by looking', async () => {
    await house.desk.lookAtAll();
    expect(house.desk.state).toEqual({ is: 'read' });
    expect(await readFile(kilo, 'utf8')).toBe(BEFORE);
    expect(await stat(join(house.home, '.codex')).catch(() => 'absent')).toBe('absent');
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
