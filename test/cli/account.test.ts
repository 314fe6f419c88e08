import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { refusingUrl } from '../upstream/scripted-provider.ts';
import { type KeyProvider, keyProvider, REFUSAL, RIGHT_KEY } from './key-provider.ts';
import { type CommandLine, commandLine, type Ran } from './omniroute.ts';

const WRONG_KEY = 'sk-wrong-9876543210';
let cli: CommandLine;
let provider: KeyProvider;
beforeEach(async () => {
  cli = await commandLine();
  provider = await keyProvider();
});
afterEach(() => provider.close());

const addWith = (key: string, url = provider.url, ...more: string[]): Promise<Ran> =>
  cli.run(['account', 'add', 'openai-compatible', '--name', 'node', '--base-url', url, '--key-stdin', ...more], { stdin: key });
const secret = async (): Promise<string | undefined> => {
  const reference = (await cli.config()).accounts[0]?.credential;
  return reference && 'secret' in reference ? await new FileVault(cli.folder).get(reference.secret) : undefined;
};

describe('omniroute account add', () => {
  it('keeps a key that the provider takes', async () => {
    expect(await addWith(RIGHT_KEY)).toMatchObject({ code: 0, err: '' });
    expect(provider.asked).toEqual(['GET /v1/models']);
    expect(await secret()).toBe(RIGHT_KEY);
  });

  it.each([['stdin'], ['env']])('refuses a wrong key from %s in the provider’s own words, and stores nothing', async (from) => {
    const ran =
      from === 'stdin'
        ? await addWith(WRONG_KEY)
        : await cli.run(['account', 'add', 'openai-compatible', '--name', 'n', '--base-url', provider.url, '--key-env', 'K'], {
            env: { K: WRONG_KEY },
          });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.err).toContain(REFUSAL);
    expect(ran.err).not.toContain(WRONG_KEY);
    await expect(cli.config()).rejects.toThrow('ENOENT');
    expect(await new FileVault(cli.folder).get('account/x')).toBeUndefined();
  });

  it('--no-test asks nobody', async () => {
    expect(await addWith(WRONG_KEY, provider.url, '--no-test')).toMatchObject({ code: 0 });
    expect(provider.asked).toEqual([]);
  });

  it('adds a node without a list of models, and asks it for no completion', async () => {
    await provider.close();
    provider = await keyProvider({ models: false });
    const { code, err } = await addWith(RIGHT_KEY);
    expect(code).toBe(0);
    expect(err).toMatch(/^Note: .*could not be tested/);
    expect(provider.asked).toEqual(['GET /v1/models']);
    expect(await secret()).toBe(RIGHT_KEY);
  });

  it('adds a node that is not running yet', async () => {
    const { code, err } = await addWith(RIGHT_KEY, `${await refusingUrl()}/v1`);
    expect(code).toBe(0);
    expect(err).toMatch(/^Note: .*could not be tested: The provider refuses connections/);
    expect(await secret()).toBe(RIGHT_KEY);
  });

  it('waits for a silent host no longer than five seconds', { timeout: 15_000 }, async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const began = performance.now();
    const { code, err } = await addWith(RIGHT_KEY, `http://127.0.0.1:${port}/v1`);
    silent.close();
    expect(code).toBe(0);
    expect(err).toMatch(/could not be tested/);
    expect(performance.now() - began).toBeLessThan(5500);
  });

  it('takes limits and a priority, and refuses a second account of the name', async () => {
    const limits = ['--rpm', '60', '--tpm', '90000', '--max-concurrent', '2', '--headroom', '12.5', '--priority', '-3'];
    // A negative number needs its = sign, as everywhere.
    const args = limits.join(' ').replace('--priority -3', '--priority=-3').split(' ');
    expect(await addWith(RIGHT_KEY, provider.url, ...args)).toMatchObject({ code: 0 });
    expect((await cli.config()).accounts[0]).toMatchObject({
      limits: { rpm: 60, tpm: 90_000, maxConcurrent: 2 },
      headroom: 12.5,
      priority: -3,
    });
    expect(await addWith(RIGHT_KEY)).toMatchObject({ code: 1, err: expect.stringContaining('already') });
  });

  it('shows a vendor’s terms before anything else', async () => {
    const { err } = await cli.run(['account', 'add', 'cline', '--name', 'c', '--key-env', 'NOPE']);
    expect(err).toMatch(/^Cline: .*sign-in is meant for its own extension/);
  });

  it('does not take a key where a variable’s name belongs', async () => {
    const ran = await cli.run(['account', 'add', 'groq', '--name', 'g', '--key-env', 'gsk-0123456789']);
    expect(ran.code).toBe(2);
    expect(ran.err).not.toContain('gsk-');
  });
});

describe('omniroute account test | rotate', () => {
  it('tells whether the key works', async () => {
    await addWith(RIGHT_KEY);
    expect(await cli.run(['account', 'test', 'node'])).toMatchObject({ code: 0, out: expect.stringMatching(/node.*works/) });
    await cli.run(['account', 'rotate', 'node', '--key-stdin', '--no-test'], { stdin: WRONG_KEY });
    const ran = await cli.run(['account', 'test', 'node']);
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(REFUSAL);
  });

  it('keeps the old key when the new one is refused', async () => {
    await addWith(RIGHT_KEY);
    const ran = await cli.run(['account', 'rotate', 'node', '--key-stdin'], { stdin: WRONG_KEY });
    expect(ran.code).toBe(1);
    expect(ran.err).toContain(REFUSAL);
    expect(await secret()).toBe(RIGHT_KEY);
    expect((await cli.config()).accounts[0]?.rotatedAt).toBeUndefined();
  });

  it('puts a new key in the place of the old one, and says when', async () => {
    await addWith(WRONG_KEY, provider.url, '--no-test');
    expect(await cli.run(['account', 'rotate', 'node', '--key-stdin'], { stdin: RIGHT_KEY })).toMatchObject({ code: 0 });
    expect(await secret()).toBe(RIGHT_KEY);
    expect(Date.parse((await cli.config()).accounts[0]?.rotatedAt ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  it('takes the old key out of the vault once a variable holds the new one', async () => {
    await addWith(RIGHT_KEY);
    const before = (await cli.config()).accounts[0]?.credential;
    if (!before || !('secret' in before)) throw new Error('no secret');
    await cli.run(['account', 'rotate', 'node', '--key-env', 'NODE_KEY'], { env: { NODE_KEY: RIGHT_KEY } });
    expect((await cli.config()).accounts[0]?.credential).toEqual({ env: 'NODE_KEY' });
    expect(await new FileVault(cli.folder).get(before.secret)).toBeUndefined();
  });
});

describe('omniroute account edit | enable | disable | list', () => {
  beforeEach(async () => {
    await addWith(RIGHT_KEY, provider.url, '--no-test');
  });

  it('changes what is given and leaves the rest', async () => {
    await cli.run(['account', 'edit', 'node', '--rpm', '10', '--min-gap', '500', '--allow', 'gpt-*,o3', '--custom-model', 'my-model']);
    const { code } = await cli.run([
      'account',
      'edit',
      'node',
      '--new-name',
      'other',
      '--rpm',
      '20',
      '--proxy',
      'http://me:pw@127.0.0.1:3128',
    ]);
    expect(code).toBe(0);
    expect((await cli.config()).accounts[0]).toMatchObject({
      name: 'other',
      baseUrl: provider.url,
      limits: { rpm: 20, minGapMs: 500 },
      models: { allow: ['gpt-*', 'o3'], custom: [{ id: 'my-model' }] },
      proxy: 'http://me:pw@127.0.0.1:3128',
    });
  });

  it('takes back by "none"', async () => {
    await cli.run([
      'account',
      'edit',
      'node',
      '--rpm',
      '10',
      '--allow',
      'a',
      '--headroom',
      '5',
      '--prefix',
      'p',
      '--proxy',
      'http://127.0.0.1:1',
    ]);
    await cli.run([
      'account',
      'edit',
      'node',
      '--rpm',
      'none',
      '--allow',
      'none',
      '--headroom',
      'none',
      '--prefix',
      'none',
      '--proxy',
      'none',
    ]);
    const account = (await cli.config()).accounts[0];
    expect(account).toMatchObject({ name: 'node', proxy: null });
    for (const field of ['limits', 'models', 'headroom', 'prefix']) expect(account).not.toHaveProperty(field);
  });

  it('disables and enables', async () => {
    await cli.run(['account', 'disable', 'node']);
    expect((await cli.config()).accounts[0]?.enabled).toBe(false);
    expect((await cli.run(['account', 'list'])).out).toMatch(/^node {2}openai-compatible .*disabled/);
    await cli.run(['account', 'enable', 'node']);
    expect((await cli.config()).accounts[0]?.enabled).toBe(true);
  });

  it('lists as JSON without secrets', async () => {
    await cli.run(['account', 'edit', 'node', '--proxy', 'http://me:hush@127.0.0.1:3128']);
    const { out } = await cli.run(['account', 'list', '--json']);
    expect(JSON.parse(out)).toMatchObject([{ name: 'node', prefix: 'openai-compatible', enabled: true, proxy: 'http://127.0.0.1:3128' }]);
    expect(out).not.toContain('hush');
    expect((await cli.run(['account', 'list'])).out).not.toContain('hush');
  });

  it.each([
    [['account', 'edit', 'node'], 2, /nothing to change\n {2}omniroute account edit NAME/],
    [['account', 'edit', 'node', '--rpm', 'fast'], 2, /--rpm takes a whole number from 1 on, not "fast"/],
    [['account', 'edit', 'node', '--headroom', '101'], 2, /--headroom takes a number from 0 to 100/],
    [['account', 'edit', 'node', '--prefix', 'a b'], 2, /prefix: may not hold spaces or slashes/],
    [['account', 'edit', 'nodes', '--rpm', '1'], 1, /no account named "nodes".*"node"/],
    [['account', 'disable'], 2, /a name is missing/],
    [['account', 'rotate', 'node'], 2, /--key-env VAR .*or --key-stdin/],
    [['account', 'frob'], 2, /there is no "account frob"\n {2}omniroute account add/],
    [['account', 'list', 'all'], 2, /"all" is too much/],
  ])('%j: is told what is wrong, and nothing changes', async (args, code, pattern) => {
    const before = await cli.config();
    const ran = await cli.run(args as string[]);
    expect(ran.err).toMatch(pattern);
    expect(ran.code).toBe(code);
    expect(await cli.config()).toEqual(before);
  });
});
