import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { diagnostics } from '../../src/cli/diagnostics.ts';
import { UsageError } from '../../src/cli/io.ts';
import { writeRuntimeFile } from '../../src/config/runtime-file.ts';
import { startGateway } from '../../src/gateway/start.ts';
import { ENV, emptyFolder, fullFolder, secretsIn } from '../backup/folder.ts';
import { piped, terminal } from './process.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  ({ folder } = await fullFolder());
  file = join(await emptyFolder(), 'report.zip');
});

const unpacked = async (): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(unzipSync(await readFile(file))).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]));
const isThere = (): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

describe('omniroute diagnostics', () => {
  it('shows what it holds, writes it on --yes, and tells where', async () => {
    const at = piped('', ENV);
    expect(await diagnostics([file, '--yes', '--data', folder], at.io)).toBe(0);
    expect(at.out()).toMatch(/^versions\.json +\d+ bytes\n(.*\n)*--show prints all of it\.\n/);
    expect(at.out().endsWith(`${file}\n`)).toBe(true);
    const files = await unpacked();
    expect(secretsIn(Object.values(files).join('\n') + at.out())).toEqual([]);
    expect(JSON.parse(files['health.json'] ?? '')).toEqual([]);
    expect(JSON.parse(files['budgets.json'] ?? '')).toHaveLength(2);
    expect(JSON.parse(files['failed-requests.json'] ?? '')).toEqual({ notRead: 'known to a running gateway alone' });
    await expect(diagnostics([file, '--yes', '--data', folder], piped().io)).rejects.toThrow('is there already');
  });

  it('shows every text on --show, the same that is written', async () => {
    const at = piped();
    await diagnostics([file, '--show', '--yes', '--data', folder], at.io);
    for (const text of Object.values(await unpacked())) expect(at.out()).toContain(text);
  });

  it('asks on a terminal before it writes', async () => {
    for (const [keys, written] of [
      [['n\n'], false],
      [['\n'], false],
      [[], false],
      [['y\n'], true],
    ] as const) {
      const at = terminal(keys);
      expect(await diagnostics([file, '--data', folder], at.io)).toBe(written ? 0 : 1);
      expect(at.out()).toContain(`Write ${file}? [y/N]`);
      expect(await isThere()).toBe(written);
    }
  });

  it('writes nothing without a terminal and without --yes', async () => {
    await expect(diagnostics([file, '--data', folder], piped('y\n').io)).rejects.toBeInstanceOf(UsageError);
    expect(await isThere()).toBe(false);
  });

  it('leaves names out on --anonymous', async () => {
    await diagnostics([file, '--anonymous', '--yes', '--data', folder], piped().io);
    expect(Object.values(await unpacked()).join('\n')).not.toContain('Work node');
  });

  it('asks the gateway that runs', async () => {
    const own = await emptyFolder();
    const gateway = await startGateway({ dataDir: own, port: 0, vault: new FileVault(own), env: {} });
    const takeBack = await writeRuntimeFile(own, { url: gateway.url, pid: process.pid });
    try {
      const headers = { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' };
      const body = JSON.stringify({ model: 'nobody/knows', messages: [{ role: 'user', content: 'a private question' }] });
      await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body });
      await diagnostics([file, '--yes', '--data', own], piped().io);
    } finally {
      await takeBack();
      await gateway.close();
    }
    const files = await unpacked();
    expect(JSON.parse(files['versions.json'] ?? '')).toMatchObject({ gatewayRuns: true });
    expect(JSON.parse(files['failed-requests.json'] ?? '')).toMatchObject([{ requested: 'nobody/knows', status: 404 }]);
    expect(Object.values(files).join('\n')).not.toContain('private question');
    expect(Object.values(files).join('\n')).not.toContain(gateway.key);
  });
});
