import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findKey } from '../../src/accounts/gateway-keys.ts';
import { type RunningGateway, startGateway } from '../../src/gateway/start.ts';
import { auditPath } from '../../src/log/log-files.ts';
import { type KeyProvider, keyProvider, RIGHT_KEY } from './key-provider.ts';
import { type SetupHouse, setupHouse } from './setup-house.ts';

let house: SetupHouse;
let provider: KeyProvider;
let gateway: RunningGateway;
beforeEach(async () => {
  house = await setupHouse();
  provider = await keyProvider();
  const account = ['openai-compatible', '--name', 'node', '--base-url', provider.url, '--prefix', 'mock', '--key-env', 'NODE_KEY'];
  await house.cli.run(['account', 'add', ...account]);
  await house.cli.run(['combo', 'set', 'work', '--strategy', 'fill-first', 'mock/model-a']);
  await mkdir(join(house.home, '.claude'));
  gateway = await serve();
});
afterEach(async () => {
  await gateway.close();
  await provider.close();
});

const serve = async () => await startGateway({ dataDir: house.cli.folder, port: 0, env: { NODE_KEY: RIGHT_KEY } });
const path = () => join(house.home, '.claude/settings.json');
const env = async () => (JSON.parse(await readFile(path(), 'utf8')) as { env: Record<string, string> }).env;
const toolKey = async () => (await env()).ANTHROPIC_AUTH_TOKEN ?? '';
const names = async () => (await house.cli.config()).keys.map(({ name }) => name);

async function ask(key: string, model = 'work'): Promise<number> {
  const response = await fetch(`${gateway.url}/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'user-agent': 'claude-cli/2.1.330 (external, cli)' },
    body: JSON.stringify({ model, max_tokens: 10, messages: [{ role: 'user', content: 'Hi' }] }),
  });
  await response.text();
  return response.status;
}

describe('omniroute setup with a gateway running', () => {
  it('points the tool at it, with the first combo and a key that works at once and alone may ask', async () => {
    const { code, out, err } = await house.setup('claude-code');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Claude Code is set up: ${gateway.url}, model work, key "claude-code".`);
    expect(out).not.toContain('omniroute serve');
    expect(await env()).toMatchObject({ ANTHROPIC_BASE_URL: gateway.url });
    expect(await ask(await toolKey())).toBe(200);
    expect(gateway.records().at(-1)).toMatchObject({ key: 'claude-code', client: 'Claude Code', requested: 'work' });
    const admin = await fetch(`${gateway.url}/admin/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await toolKey()}`, 'content-type': 'application/json' },
      body: '{"name":"x"}',
    });
    expect(admin.status).toBe(403);
  });

  it('taken back, the key is refused at once, and that of another tool is not', async () => {
    await house.setup('claude-code');
    const key = await toolKey();
    await house.setup('aider');
    const other = /omr-[\w-]{43}/.exec(await readFile(join(house.home, '.aider.conf.yml'), 'utf8'))?.[0] ?? '';
    expect(other).not.toBe(key);
    expect((await house.setup('claude-code', '--undo')).code).toBe(0);
    expect(await ask(key)).toBe(401);
    expect(await ask(other)).toBe(200);
    expect(await names()).toEqual(['default', 'aider']);
  });

  it('limits the key, and lifts the limits', async () => {
    await house.setup('claude-code', '--models', 'work', '--rpm', '50');
    const key = await toolKey();
    expect(await ask(key)).toBe(200);
    expect(await ask(key, 'mock/model-a')).toBe(403);
    await house.setup('claude-code', '--models', 'none', '--rpm', 'none');
    expect(await toolKey()).toBe(key);
    expect(await ask(key, 'mock/model-a')).toBe(200);
  });

  it('names the nearest for a model that leads nowhere, and makes no key', async () => {
    const { code, err } = await house.setup('claude-code', '--model', 'mokc/model-a');
    expect(code).toBe(1);
    expect(err).toContain('mock/model-a');
    expect(await names()).toEqual(['default']);
  });

  it('makes no key where the file cannot be written', async () => {
    await writeFile(path(), '{ "env": { "A": ');
    expect(await house.setup('claude-code')).toMatchObject({ code: 1, err: expect.stringMatching(/line 1, column/) });
    expect(await names()).toEqual(['default']);
    expect(await house.vault.get('tool/claude-code')).toBeUndefined();
  });

  it('is noted in the audit log beside what the gateway notes', async () => {
    await house.setup('claude-code');
    await gateway.close();
    const notes = (await readFile(auditPath(house.cli.folder), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { who: string; what: string });
    expect(notes).toContainEqual(expect.objectContaining({ who: 'cli', what: 'tool.set-up', subject: 'claude-code' }));
    expect(notes.filter(({ what }) => what === 'key.added')).toHaveLength(1);
  });

  it('--verify sees the tool’s own request, and no other', async () => {
    expect((await house.setup('claude-code', '--verify', '--wait', '1s')).err).toContain('is not set up');
    await house.setup('claude-code');
    expect(await ask(gateway.key)).toBe(200);
    expect(await house.setup('claude-code', '--verify', '--wait', '0')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^No request of Claude Code/),
    });
    const waiting = house.setup('claude-code', '--verify', '--wait', '20s');
    expect(await ask(await toolKey())).toBe(200);
    expect(await waiting).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Claude Code asked for work at .*, and mock\/model-a answered\.\n$/),
    });
    expect((await house.setup()).out).toMatch(/^claude-code .*set up, last seen /m);
  });

  it('--verify tells of a request that was refused', async () => {
    await house.setup('claude-code');
    expect(await ask(await toolKey(), 'nosuch/model')).toBe(404);
    expect(await house.setup('claude-code', '--verify')).toMatchObject({ code: 1, out: expect.stringContaining('was answered 404') });
  });
});

describe('a tool that is not as it was set up', () => {
  const drift = async () => await house.setup('--check');

  it('after the port changed: told, and mended with the same key', async () => {
    await house.setup('claude-code');
    const [key, url] = [await toolKey(), gateway.url];
    expect(await drift()).toMatchObject({ code: 0, out: 'All is as it was set up.\n' });
    await gateway.close();
    expect(await drift()).toMatchObject({ code: 0 });
    gateway = await serve();
    expect(gateway.url).not.toBe(url);
    const list = await house.setup();
    expect(list).toMatchObject({ code: 0, out: expect.stringMatching(/^claude-code .*not as it was set up/m) });
    expect(list.out).toContain(gateway.url);
    expect(list.out).toContain('To mend it: omniroute setup claude-code');
    expect((await drift()).code).toBe(1);
    expect((await house.setup('claude-code')).code).toBe(0);
    expect(await env()).toMatchObject({ ANTHROPIC_BASE_URL: gateway.url, ANTHROPIC_AUTH_TOKEN: key });
    expect(await drift()).toMatchObject({ code: 0 });
    expect(await ask(key)).toBe(200);
    expect(await names()).toEqual(['default', 'claude-code']);
  });

  it('after its key was removed: told, and mended with a new one', async () => {
    await house.setup('claude-code', '--model', 'mock/model-a');
    const key = await toolKey();
    await house.cli.run(['key', 'remove', 'claude-code']);
    expect((await drift()).out).toContain('The key of Claude Code was removed: the gateway refuses it.');
    await house.setup('claude-code');
    expect(await toolKey()).not.toBe(key);
    expect(findKey((await house.cli.config()).keys, await toolKey())).toMatchObject({ name: 'claude-code' });
    expect((await drift()).code).toBe(0);
    expect((await house.setup()).out).toMatch(/^claude-code .* mock\/model-a$/m);
  });

  it('after its key was rotated: told until when the old one works, and mended', async () => {
    await house.setup('claude-code', '--rpm', '40');
    await house.cli.run(['key', 'rotate', 'claude-code', '--grace', '2h']);
    expect((await drift()).out).toMatch(/The key of Claude Code, "claude-code", was replaced; the old one works until 20/);
    await house.setup('claude-code');
    expect((await drift()).code).toBe(0);
    expect(findKey((await house.cli.config()).keys, await toolKey())).toMatchObject({ name: 'claude-code', rpm: 40 });
  });

  it('after its model went: told, and mended with the usual one', async () => {
    await house.cli.run(['combo', 'set', 'other', '--strategy', 'fill-first', 'mock/model-a']);
    await house.setup('claude-code', '--model', 'work');
    await house.cli.run(['combo', 'remove', 'work']);
    await expect.poll(drift).toMatchObject({ code: 1, out: expect.stringContaining('The model "work" is not to be had any more.') });
    const { out } = await house.setup('claude-code');
    expect(out).toContain('"work" is not to be had any more; the model is now "other".');
    expect((await drift()).code).toBe(0);
  });

  it('after another program wrote over it: told, and mended', async () => {
    await house.setup('claude-code');
    const key = await toolKey();
    await writeFile(path(), `{"env":{"ANTHROPIC_BASE_URL":"https://elsewhere.example","ANTHROPIC_AUTH_TOKEN":"other"}}`);
    const { code, out } = await drift();
    expect(code).toBe(1);
    expect(out).toContain('https://elsewhere.example');
    expect(out).toContain('Claude Code uses another key than its own');
    await house.setup('claude-code');
    expect(await env()).toMatchObject({ ANTHROPIC_BASE_URL: gateway.url, ANTHROPIC_AUTH_TOKEN: key });
    expect((await drift()).code).toBe(0);
  });
});
