import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { type CommandLine, commandLine } from './omniroute.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine();
});

describe('omniroute account', () => {
  it('keeps a key from standard input in the vault only', async () => {
    expect(
      await cli.run(['account', 'add', 'groq', '--name', 'me', '--key-stdin', '--no-test'], { stdin: 'gsk-secret-key\n' }),
    ).toMatchObject({ code: 0 });
    const { accounts } = await cli.config();
    const reference = accounts[0]?.credential;
    if (!reference || !('secret' in reference)) throw new Error('no secret');
    expect(await new FileVault(cli.folder).get(reference.secret)).toBe('gsk-secret-key');
    for (const file of ['config.json', 'vault.json']) expect(await readFile(join(cli.folder, file), 'utf8')).not.toContain('gsk-secret');
    await cli.run(['account', 'remove', 'me']);
    expect(await new FileVault(cli.folder).get(reference.secret)).toBeUndefined();
  });

  it('says when the variable is not set here, and adds the account all the same', async () => {
    const { code, err } = await cli.run(['account', 'add', 'groq', '--name', 'me', '--key-env', 'NOPE']);
    expect(code).toBe(0);
    expect(err).toContain('NOPE is not set here');
    expect((await cli.config()).accounts[0]).toMatchObject({ provider: 'groq', credential: { env: 'NOPE' } });
  });

  it.each([
    [['account', 'add'], /provider is missing/],
    [['account', 'add', 'gorq', '--name', 'x', '--key-env', 'K'], /unknown provider "gorq"; nearest: groq/],
    [['account', 'add', 'demo', '--name', 'x', '--key-env', 'K'], /unknown provider "demo"/],
    [['account', 'add', 'groq', '--name', 'x'], /needs a key: --key-env VAR \(GROQ_API_KEY\)/],
    [['account', 'add', 'openai-compatible', '--name', 'x', '--key-env', 'K'], /needs --base-url/],
    [
      ['account', 'add', 'openai-compatible', '--name', 'x', '--key-env', 'K', '--base-url', 'ftp://x'],
      /baseUrl: must be an http or https URL/,
    ],
    [['account', 'add', 'azure', '--name', 'x', '--key-env', 'K'], /azure needs --param resource=/],
    [['account', 'add', 'groq', '--name', 'x', '--key-env', 'K', '--prefix', 'a/b'], /prefix: may not hold spaces or slashes/],
    [['account', 'add', 'groq', '--nmae', 'x'], /Unknown option '--nmae'/],
    [['frobnicate'], /unknown command "frobnicate"/],
    [['acount', 'list'], /unknown command "acount"; nearest: account/],
    [['combo', 'set', 'x'], /combo set NAME/],
    [['combo', 'set', 'x', 'a/b', '--strategy', 'magic'], /strategy "magic" is not known/],
    [['key', 'new'], /name is missing/],
    [['serve', '--port', 'x'], /--port must be a number/],
  ])('%j: is told what is wrong, and nothing is written', async (args, pattern) => {
    const { code, err, out } = await cli.run(args as string[]);
    expect(code).toBe(2);
    expect(err).toMatch(pattern);
    expect(out + err).not.toMatch(/\n\s+at /);
    await expect(cli.config()).rejects.toThrow('ENOENT');
  });

  it('leaves a config it cannot read alone', async () => {
    await writeFile(join(cli.folder, 'config.json'), '{"version":1,}}');
    const { code, err } = await cli.run(['account', 'add', 'groq', '--name', 'me', '--key-env', 'K']);
    expect(code).toBe(1);
    expect(err).toMatch(/line 1, column/);
    expect(await readFile(join(cli.folder, 'config.json'), 'utf8')).toBe('{"version":1,}}');
  });
});

describe('omniroute serve', () => {
  it('says so when the port is taken', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const { code, err } = await cli.run(['serve', '--port', String(port)]);
    server.close();
    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`port ${port} is taken`));
  });
});

describe('omniroute providers, models and status', () => {
  it('lists providers by a word, also as JSON', async () => {
    expect((await cli.run(['providers', 'groq'])).out).toMatch(/^groq +Groq +/m);
    expect((await cli.run(['providers'])).out.split('\n').length).toBeGreaterThan(50);
    expect(JSON.parse((await cli.run(['providers', 'groq', '--json'])).out)).toMatchObject([{ id: 'groq', prefix: 'groq' }]);
    expect(await cli.run(['providers', 'no-such-vendor'])).toMatchObject({ code: 1 });
  });

  it('lists models without a gateway', async () => {
    expect((await cli.run(['models'])).out).toMatch(/^demo\/echo$/m);
    expect(JSON.parse((await cli.run(['models', '--json'])).out)).toContain('demo/echo');
    for (const name of ['best', 'off']) await cli.run(['combo', 'set', name, 'demo/echo']);
    await cli.run(['combo', 'disable', 'off']);
    await cli.run(['alias', 'set', 'short', 'best']);
    expect((await cli.run(['models'])).out.split('\n').slice(0, 7)).toEqual([
      'best',
      'auto',
      'auto/free',
      'auto/cheap',
      'auto/fast',
      'short',
      'demo/echo',
    ]);
  });

  it('says that no gateway runs', async () => {
    expect(await cli.run(['status'])).toMatchObject({ code: 1, out: expect.stringContaining('No gateway runs') });
    expect(await cli.run(['status', '--json'])).toMatchObject({ code: 1, out: '{\n  "running": false\n}\n' });
  });
});
