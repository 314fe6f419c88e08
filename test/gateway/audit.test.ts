import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigFile } from '../../src/config/file.ts';
import { comboSchema } from '../../src/config/schema.ts';
import { startGateway } from '../../src/gateway/start.ts';
import { type CommandLine, commandLine } from '../cli/omniroute.ts';

interface Note {
  who: string;
  what: string;
  subject: string;
}

describe('who changed what', () => {
  let cli: CommandLine;
  let gateway: Awaited<ReturnType<typeof startGateway>> | undefined;
  beforeEach(async () => {
    cli = await commandLine();
  });
  afterEach(async () => {
    await gateway?.close();
    gateway = undefined;
  });

  const notes = async (): Promise<Note[]> => {
    const text = await readFile(join(cli.folder, 'logs/audit.log'), 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Note);
  };
  const start = async (): Promise<void> => {
    gateway = await startGateway({ dataDir: cli.folder, port: 0 });
  };

  it('notes what comes over the admin API under the name of its key', async () => {
    await start();
    const { key: secret } = (await (
      await fetch(`${gateway?.url}/admin/keys`, {
        method: 'POST',
        headers: { 'x-api-key': gateway?.key ?? '', 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'cline' }),
      })
    ).json()) as { key: string };
    await vi.waitFor(async () => expect(await notes()).toMatchObject([{ who: 'default', what: 'key.added', subject: 'cline' }]));
    expect(await readFile(join(cli.folder, 'logs/audit.log'), 'utf8')).not.toContain(secret);
  });

  it('notes what the command line changes, and nothing when it only looks', async () => {
    await cli.run(['key', 'new', 'laptop']);
    await cli.run(['key', 'list']);
    expect(await notes()).toMatchObject([{ who: 'cli', what: 'key.added', subject: 'laptop' }]);
  });

  it('notes once what was changed outside while the gateway runs', async () => {
    await start();
    await new ConfigFile(cli.folder).update((config) => {
      config.combos.push(comboSchema.parse({ name: 'best', targets: ['demo/echo'] }));
    });
    await vi.waitFor(async () => expect(await notes()).toMatchObject([{ who: 'file', what: 'combo.saved', subject: 'best' }]));
  });

  it('writes the log of requests with their ids', async () => {
    await start();
    const response = await fetch(`${gateway?.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'x-api-key': gateway?.key ?? '' },
      body: JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content: 'hi' }] }),
    });
    await response.text();
    const id = response.headers.get('x-request-id') ?? '';
    await gateway?.close();
    gateway = undefined;
    expect((await cli.run(['logs', '--request', id])).out).toContain('demo/echo');
  });
});
