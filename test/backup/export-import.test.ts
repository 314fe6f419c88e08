import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { hashKey } from '../../src/accounts/gateway-keys.ts';
import { exportAll, importAll } from '../../src/backup/index.ts';
import { FIRST_KEY, FIRST_KEY_SECRET } from '../../src/backup/vault-secrets.ts';
import { ConfigFile } from '../../src/config/file.ts';
import type { Config } from '../../src/config/schema.ts';
import * as gateway from '../../src/gateway/first-key.ts';
import { lockFolder } from '../../src/ledger/store/folder-lock.ts';
import { emptyFolder, everyFile, fullConfig, fullFolder, SECRETS, secretsIn } from './folder.ts';

const PASSPHRASE = 'correct horse battery';
/** The least an import takes: a test derives many keys. */
const cost = 2 ** 15;

let source: Awaited<ReturnType<typeof fullFolder>>;
let folder: string;
let vault: FileVault;
beforeEach(async () => {
  source = await fullFolder();
  folder = await emptyFolder();
  vault = new FileVault(folder, '');
});

const exported = (passphrase?: string, ledger = false) =>
  exportAll({ folder: source.folder, vault: source.vault, include: { ledger }, passphrase, cost });
const load = (from = folder): Promise<Config> => new ConfigFile(from).load();

describe('export and import', () => {
  it.each(['replace', 'merge'] as const)('gives an empty folder the same config and secrets (%s)', async (mode) => {
    const { bytes, secrets, leftOut } = await exported(PASSPHRASE);
    expect(leftOut).toEqual([]);
    const imported = await importAll(bytes, { folder, vault, mode, passphrase: PASSPHRASE });
    expect(imported).toMatchObject({ secrets: 2, withoutKey: [], kept: undefined });
    expect(secrets).toBe(6);
    const { settings, ...names } = await load();
    const { settings: theirs, ...theirNames } = source.config;
    expect(names).toEqual(theirNames);
    if (mode === 'replace') expect(settings).toEqual(theirs);
    expect(await vault.get('account/one')).toBe(SECRETS.vaultKey);
    expect(await vault.get('gateway-key/default')).toBe(SECRETS.gatewayKey);
  });

  it('takes the learned state along when it replaces', async () => {
    const { bytes } = await exported();
    await importAll(bytes, { folder, vault, mode: 'replace' });
    expect(await readFile(join(folder, 'state.json'), 'utf8')).toBe(await readFile(join(source.folder, 'state.json'), 'utf8'));
  });

  it('takes the ledger along when asked, and moves the one that is there aside', async () => {
    for (const name of ['ledger.sqlite', 'ledger.journal.7', 'ledger.journal.12', 'ledger.sqlite.damaged-1']) {
      await writeFile(join(source.folder, name), `theirs ${name}`);
    }
    await writeFile(join(folder, 'ledger.sqlite'), 'ours');
    await writeFile(join(folder, 'ledger.journal.3'), 'ours 3');
    expect(Object.keys((await exported()).manifest.files)).toEqual(['config.json', 'state.json']);
    const { bytes } = await exported(undefined, true);
    await importAll(bytes, { folder, vault, mode: 'replace' });
    const files = await everyFile(folder);
    const text = (name: string) => Buffer.from(files[name] ?? '', 'base64').toString();
    expect(Object.keys(files).filter((name) => name.startsWith('ledger'))).toEqual([
      'ledger.journal.12',
      'ledger.journal.7',
      'ledger.sqlite',
    ]);
    expect(text('ledger.sqlite')).toBe('theirs ledger.sqlite');
    expect(text('backups/ledger.sqlite.before-import')).toBe('ours');
    expect(text('backups/ledger.journal.3.before-import')).toBe('ours 3');
  });

  it('leaves state and ledger to a gateway that runs, and says so', async () => {
    await writeFile(join(source.folder, 'ledger.sqlite'), 'theirs');
    const { bytes } = await exported(undefined, true);
    const { notices } = await importAll(bytes, { folder, vault, mode: 'replace', live: true });
    expect(notices.join(' ')).toContain('A gateway runs');
    expect(Object.keys(await everyFile(folder))).not.toContain('ledger.sqlite');
    expect(Object.keys(await everyFile(folder))).not.toContain('state.json');
  });

  it('leaves them also to one that is known by the lock of the ledger alone', async () => {
    await writeFile(join(source.folder, 'ledger.sqlite'), 'theirs');
    const release = await lockFolder(folder, () => {});
    const { bytes } = await exported(undefined, true);
    expect((await importAll(bytes, { folder, vault, mode: 'replace' })).notices.join(' ')).toContain('A gateway runs');
    await release();
    expect(Object.keys(await everyFile(folder))).not.toContain('ledger.sqlite');
    await importAll(bytes, { folder, vault, mode: 'replace' });
    expect(Object.keys(await everyFile(folder))).toContain('ledger.sqlite');
    // And gives it back.
    await (await lockFolder(folder, () => {}))();
  });

  it('holds no secret without a passphrase, packed or unpacked, and says what is missing', async () => {
    const { bytes, secrets, leftOut } = await exported();
    expect(secrets).toBeUndefined();
    expect(secretsIn(bytes)).toEqual([]);
    for (const content of Object.values(unzipSync(bytes))) expect(secretsIn(content)).toEqual([]);
    expect(leftOut).toEqual([
      "The vault's secrets are not in it (2).",
      'Secrets in the config are not in it: account "Work node": headers x-tenant, parameters baseUrl, baseUrl, proxy.',
    ]);
    // The search would find them.
    expect(secretsIn(await readFile(join(source.folder, 'config.json')))).toHaveLength(5);
  });

  it('holds them only encrypted with one', async () => {
    const { bytes } = await exported(PASSPHRASE);
    expect(secretsIn(bytes)).toEqual([]);
    const files = unzipSync(bytes);
    for (const content of Object.values(files)) expect(secretsIn(content)).toEqual([]);
    const header: unknown = JSON.parse(
      Buffer.from(files['secrets.enc'] ?? [])
        .toString('latin1')
        .split('\n')[0] ?? '',
    );
    expect(header).toMatchObject({ cipher: 'aes-256-gcm', kdf: { name: 'scrypt', N: cost, r: 8, p: 1 } });
  });

  it('never has the value of a variable', async () => {
    process.env.CANARY_KEY = SECRETS.envValue;
    try {
      const { bytes } = await exported(PASSPHRASE);
      for (const content of Object.values(unzipSync(bytes))) expect(secretsIn(content)).not.toContain('envValue');
    } finally {
      delete process.env.CANARY_KEY;
    }
  });

  it('derives the key at full cost, each time with another salt', async () => {
    const one = await exportAll({ folder: source.folder, vault: source.vault, passphrase: PASSPHRASE });
    const two = await exported(PASSPHRASE);
    const header = (bytes: Uint8Array) =>
      JSON.parse(
        Buffer.from(unzipSync(bytes)['secrets.enc'] ?? [])
          .toString('latin1')
          .split('\n')[0] ?? '',
      ) as { kdf: { N: number; salt: string } };
    expect(header(one.bytes).kdf.N).toBe(2 ** 17);
    expect(header(one.bytes).kdf.salt).not.toBe(header(two.bytes).kdf.salt);
    await importAll(one.bytes, { folder, vault, mode: 'merge', passphrase: PASSPHRASE });
    expect(await vault.get('account/one')).toBe(SECRETS.vaultKey);
  });

  it('takes the same letters in another form as the same passphrase', async () => {
    const { bytes } = await exported('Käsekuchen'.normalize('NFD'));
    await importAll(bytes, { folder, vault, mode: 'merge', passphrase: 'Käsekuchen'.normalize('NFC') });
    expect(await vault.get('account/one')).toBe(SECRETS.vaultKey);
  });

  it('refuses a short passphrase', async () => {
    await expect(exported('short')).rejects.toMatchObject({ code: 'passphrase' });
  });

  it('refuses to export a broken config', async () => {
    await writeFile(join(source.folder, 'config.json'), '{"version":1,');
    await expect(exported()).rejects.toThrow('cannot be used');
  });
});

describe('replacing', () => {
  it('keeps a copy of the config first', async () => {
    await new ConfigFile(folder).update((config) => {
      config.aliases = { mine: 'groq/x' };
    });
    const before = await readFile(join(folder, 'config.json'), 'utf8');
    const { kept } = await importAll((await exported()).bytes, { folder, vault, mode: 'replace' });
    expect(kept).toMatch(/^config-.*-before-import\.json$/);
    expect(await readFile(join(folder, 'backups', kept ?? ''), 'utf8')).toBe(before);
  });

  it('replaces a broken config too', async () => {
    await writeFile(join(folder, 'config.json'), '{broken');
    const { kept } = await importAll((await exported()).bytes, { folder, vault, mode: 'replace' });
    expect(await readFile(join(folder, 'backups', kept ?? ''), 'utf8')).toBe('{broken');
    expect((await load()).aliases).toEqual({ quick: 'coding' });
  });

  it('leaves the key of this installation usable when it brings none', async () => {
    await vault.set(FIRST_KEY_SECRET, 'omr-own');
    const { withoutKey } = await importAll((await exported()).bytes, { folder, vault, mode: 'replace' });
    const entry = (await load()).keys.find(({ name }) => name === 'default');
    expect(entry).toMatchObject({ id: 'k0', hash: hashKey('omr-own'), hint: '-own' });
    expect(withoutKey).toEqual(['Work node']);
  });

  it('knows the first key by the name the gateway gives it', () => {
    expect([FIRST_KEY, FIRST_KEY_SECRET]).toEqual([gateway.FIRST_KEY, gateway.FIRST_KEY_SECRET]);
  });

  it('puts the secrets back when the config cannot be saved', async () => {
    const { bytes } = await exported(PASSPHRASE);
    await vault.set('account/one', 'ours');
    await writeFile(join(folder, 'backups'), 'a file where the folder should be');
    await writeFile(join(folder, 'config.json'), '{"version":1}');
    await expect(importAll(bytes, { folder, vault, mode: 'replace', passphrase: PASSPHRASE })).rejects.toThrow();
    expect(await vault.get('account/one')).toBe('ours');
    expect(await vault.get('gateway-key/default')).toBeUndefined();
    expect(await readFile(join(folder, 'config.json'), 'utf8')).toBe('{"version":1}');
  });
});

describe('merging', () => {
  beforeEach(async () => {
    const own = fullConfig();
    await new ConfigFile(folder).update((config) => {
      Object.assign(config, {
        accounts: [
          { ...own.accounts[1], id: 'mine' },
          { ...own.accounts[0], id: 'node', name: 'Work node', credential: { secret: 'account/one' } },
        ],
        combos: [{ ...own.combos[0], targets: ['groq/other'] }],
        aliases: { quick: 'groq/fast' },
        keys: [{ id: 'mine', name: 'default', hash: hashKey('omr-own'), admin: true }],
        settings: { ...own.settings, stream: { pingMs: 1234, reasoningHoldMs: 0 } },
      });
    });
    await vault.set('account/one', 'ours');
    await vault.set(FIRST_KEY_SECRET, 'omr-own');
  });

  it('leaves everything that is here, and adds the rest under names that are free', async () => {
    const before = await load();
    const imported = await importAll((await exported(PASSPHRASE)).bytes, { folder, vault, mode: 'merge', passphrase: PASSPHRASE });
    const after = await load();
    expect(after.accounts.slice(0, 2)).toEqual(before.accounts);
    expect(after.accounts.slice(2).map(({ name }) => name)).toEqual(['Work node 2', 'groq 2']);
    expect(after.settings).toEqual(before.settings);
    expect(after.aliases).toEqual({ quick: 'groq/fast' });
    expect(after.combos.map(({ name, targets }) => [name, targets])).toEqual([
      ['coding', ['groq/other']],
      ['coding-2', ['work/big', 'groq/*']],
    ]);
    expect(imported.left).toEqual(['alias "quick"']);
    expect(imported.renamed).toEqual([
      'combo "coding" is "coding-2" here',
      'account "Work node" is "Work node 2" here',
      'account "groq" is "groq 2" here',
      'key "default" is "default-2" here',
    ]);
  });

  it('has what came along follow a new name', async () => {
    await importAll((await exported()).bytes, { folder, vault, mode: 'merge' });
    const { routes, keys, budgets } = await load();
    expect(routes).toEqual([{ match: 'claude-*', to: 'coding-2' }]);
    expect(keys.find(({ name }) => name === 'ci')?.models).toEqual(['coding-2']);
    expect(budgets.find(({ period }) => period === 'month')?.account).toBe('Work node 2');
  });

  it('never gives an account that comes in the key of one that is here', async () => {
    const { withoutKey } = await importAll((await exported()).bytes, { folder, vault, mode: 'merge' });
    const added = (await load()).accounts.find(({ name }) => name === 'Work node 2');
    expect(added?.credential).toEqual({ secret: 'account/one-2' });
    expect(withoutKey).toEqual(['Work node 2']);
    expect(await vault.get('account/one')).toBe('ours');
  });

  it('keeps both keys where both are there', async () => {
    await importAll((await exported(PASSPHRASE)).bytes, { folder, vault, mode: 'merge', passphrase: PASSPHRASE });
    expect(await vault.get('account/one')).toBe('ours');
    expect(await vault.get('account/one-2')).toBe(SECRETS.vaultKey);
    expect(await vault.get(FIRST_KEY_SECRET)).toBe('omr-own');
  });

  it('changes nothing the second time', async () => {
    const { bytes } = await exported(PASSPHRASE);
    await importAll(bytes, { folder, vault, mode: 'merge', passphrase: PASSPHRASE });
    const before = await load();
    const { added } = await importAll(bytes, { folder, vault, mode: 'merge', passphrase: PASSPHRASE });
    expect(await load()).toEqual(before);
    expect(added).toEqual([]);
  });

  it('refuses what would not be a config, and leaves the vault as it was', async () => {
    await new ConfigFile(source.folder).update((config) => {
      config.combos = [{ ...fullConfig().combos[0], name: 'other', targets: ['loop'] } as Config['combos'][number]];
      config.aliases = {};
      config.routes = [];
    });
    await new ConfigFile(folder).update((config) => {
      config.combos = [{ ...fullConfig().combos[0], name: 'loop', targets: ['other'] } as Config['combos'][number]];
    });
    const before = await load();
    await expect(importAll((await exported(PASSPHRASE)).bytes, { folder, vault, mode: 'merge', passphrase: PASSPHRASE })).rejects.toThrow(
      'circle',
    );
    expect(await load()).toEqual(before);
    expect(await vault.get('account/one-2')).toBeUndefined();
  });
});
