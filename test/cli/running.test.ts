import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeRuntimeFile } from '../../src/config/runtime-file.ts';
import { type RunningGateway, startGateway } from '../../src/gateway/start.ts';
import { type KeyProvider, keyProvider, REFUSAL, RIGHT_KEY } from './key-provider.ts';
import { type CommandLine, commandLine } from './omniroute.ts';

let cli: CommandLine;
let provider: KeyProvider;
let gateway: RunningGateway;

/** A gateway on the command line's folder, with one account whose key only the gateway's environment has. */
beforeEach(async () => {
  cli = await commandLine();
  provider = await keyProvider();
  await cli.run([
    'account',
    'add',
    'openai-compatible',
    '--name',
    'node',
    '--base-url',
    provider.url,
    '--prefix',
    'mock',
    '--key-env',
    'NODE_KEY',
  ]);
});
afterEach(async () => {
  await gateway.close();
  await provider.close();
});

async function serveWith(env: Record<string, string>): Promise<void> {
  gateway = await startGateway({ dataDir: cli.folder, port: 0, env });
  await writeRuntimeFile(cli.folder, { url: gateway.url, pid: process.pid });
}

async function ask(): Promise<number> {
  const response = await fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'mock/model-a', messages: [{ role: 'user', content: 'Hi' }] }),
  });
  await response.text();
  return response.status;
}

describe('with a gateway running', () => {
  it('explain asks the gateway', async () => {
    await serveWith({ NODE_KEY: RIGHT_KEY });
    const { code, out, err } = await cli.run(['explain', 'mock/model-a', '--tools', '--tokens', '100']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/1\. mock\/model-a \(account "node"/);
    const without = await cli.run(['explain', 'mock/model-a', '--json', '--without', 'node']);
    expect(JSON.parse(without.out)).toMatchObject({ steps: [], skipped: [{ target: 'mock/model-a', reason: 'assumed-down' }] });
  });

  it('explain tells of an unknown name in the gateway’s words', async () => {
    await serveWith({ NODE_KEY: RIGHT_KEY });
    const { code, err } = await cli.run(['explain', 'mokc/model-a']);
    expect(code).toBe(1);
    expect(err).toMatch(/mokc\/model-a.*mock\/model-a/);
  });

  it('account test uses the key that the gateway has', async () => {
    await serveWith({ NODE_KEY: RIGHT_KEY });
    expect(await cli.run(['account', 'test', 'node'])).toMatchObject({ code: 0, out: expect.stringMatching(/^node works: .* 1 models/) });
  });

  it('health and status tell of a refused account, and reset forgets it', async () => {
    await serveWith({ NODE_KEY: 'sk-wrong' });
    expect((await cli.run(['health'])).out).toBe('All is well.\n');
    expect(await ask()).toBe(401);
    const { out } = await cli.run(['health']);
    expect(out).toMatch(/^node +auth /);
    expect(out).toContain(REFUSAL);
    expect((await cli.run(['status'])).out).toMatch(/Not well[^\n]*\nnode +auth /);
    expect((await cli.run(['account', 'test', 'node'])).err).toContain(REFUSAL);
    expect((await cli.run(['health', 'reset', 'node'])).out).toBe('Forgot 1 entry.\n');
    expect((await cli.run(['health', '--json'])).out).toBe('[]\n');
  });

  it('what it learned and spent is told after it has stopped', async () => {
    await cli.run(['budget', 'set', '--account', 'node', '--per', 'month', '--requests', '1']);
    await serveWith({ NODE_KEY: RIGHT_KEY });
    expect(await ask()).toBe(200);
    await gateway.close();
    const { out, err } = await cli.run(['explain', 'mock/model-a']);
    expect(err).toContain('No gateway runs');
    expect(out).toMatch(/nothing can be asked now\nSkipped:\n {2}mock\/model-a \(account "node"\): budget/);
    expect((await cli.run(['explain', 'mock/model-a', '--json', '--without', 'node'])).code).toBe(0);
  });
});
