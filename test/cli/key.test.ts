import { beforeEach, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { findKey } from '../../src/accounts/gateway-keys.ts';
import { FIRST_KEY_SECRET } from '../../src/gateway/start.ts';
import { type CommandLine, commandLine } from './omniroute.ts';

const DAY = 86_400_000;
let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine();
});

const keys = async () => (await cli.config()).keys;

describe('omniroute key', () => {
  it('prints a new key alone, once, and refuses a second one of the name', async () => {
    const { out, err } = await cli.run(['key', 'new', 'cline', '--models', 'groq/*, demo/*']);
    expect(out).toMatch(/^omr-[\w-]{43}\n$/);
    expect(err).toBe('');
    expect(JSON.stringify(await cli.config())).not.toContain(out.trim());
    expect((await keys())[0]).toMatchObject({ name: 'cline', models: ['groq/*', 'demo/*'] });
    expect((await keys())[0]).not.toHaveProperty('admin');
    expect(await cli.run(['key', 'new', 'cline'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('already a key named "cline"'),
    });
  });

  it('gives a key limits', async () => {
    await cli.run(['key', 'new', 'ci', '--rpm', '30', '--expires', '30d', '--admin']);
    const [entry] = await keys();
    expect(entry).toMatchObject({ rpm: 30, admin: true });
    expect(Math.abs(Date.parse(entry?.expiresAt ?? '') - Date.now() - 30 * DAY)).toBeLessThan(60_000);
    const { out } = await cli.run(['key', 'list']);
    expect(out).toMatch(/^ci {2}….{4} {2}\S+ {2}all models; 30 requests a minute; expires .*; admin\n$/);
  });

  it('takes a day as its start on this machine', async () => {
    await cli.run(['key', 'new', 'ci', '--expires', '2999-01-31']);
    expect((await keys())[0]?.expiresAt).toBe(new Date(2999, 0, 31).toISOString());
  });

  it('lists last four characters, never keys or hashes', async () => {
    const { out } = await cli.run(['key', 'new', 'cline']);
    const shown = await cli.run(['key', 'list']);
    const json = await cli.run(['key', 'list', '--json']);
    for (const text of [shown.out, json.out]) {
      expect(text).toContain(out.trim().slice(-4));
      expect(text).not.toContain(out.trim());
      expect(text).not.toContain('sha256');
    }
    expect(JSON.parse(json.out)).toMatchObject([{ name: 'cline', hint: out.trim().slice(-4) }]);
  });

  it('rotates: the new key at once, the old one for a while', async () => {
    const old = (await cli.run(['key', 'new', 'cline', '--rpm', '5'])).out.trim();
    const { out, err } = await cli.run(['key', 'rotate', 'cline', '--grace', '2h']);
    expect(out).toMatch(/^omr-[\w-]{43}\n$/);
    expect(err).toMatch(/^The old key works until /);
    const now = Date.now();
    for (const key of [old, out.trim()]) expect(findKey(await keys(), key, now)).toMatchObject({ name: 'cline', rpm: 5 });
    expect(findKey(await keys(), old, now + 3 * 3_600_000)).toBeUndefined();
    expect((await cli.run(['key', 'list'])).out).toContain('the old key works until');
    await cli.run(['key', 'rotate', 'cline', '--grace', '0']);
    expect(findKey(await keys(), out.trim(), now)).toBeUndefined();
  });

  it('keeps the first key in the vault when it is rotated', async () => {
    await cli.run(['key', 'new', 'default']);
    const { out } = await cli.run(['key', 'rotate', 'default']);
    expect(await new FileVault(cli.folder).get(FIRST_KEY_SECRET)).toBe(out.trim());
  });

  it('removes', async () => {
    await cli.run(['key', 'new', 'cline']);
    expect((await cli.run(['key', 'remove', 'cline'])).code).toBe(0);
    expect(await keys()).toEqual([]);
    expect((await cli.run(['key', 'list'])).out).toContain('No keys yet');
  });

  it.each([
    [['key', 'new'], 2, /a name is missing\n {2}omniroute key new NAME/],
    [['key', 'new', 'a', 'b'], 2, /"b" is too much/],
    [['key', 'new', 'a', '--expires', 'soon'], 2, /--expires takes a duration \(30d\) or a day/],
    [['key', 'new', 'a', '--expires', '2027-02-31'], 2, /--expires takes/],
    [['key', 'new', 'a', '--expires', '2020-01-01'], 2, /2020-01-01 is over already/],
    [['key', 'new', 'a', '--models', ','], 2, /--models names nothing/],
    [['key', 'new', 'a', '--rpm', '0'], 2, /--rpm takes a whole number from 1 on/],
    [['key', 'rotate', 'a'], 1, /no key named "a"/],
    [['key', 'rotate', 'a', '--grace', 'long'], 2, /--grace takes a duration such as 30m/],
    [['key', 'remove', 'a'], 1, /no key named "a"/],
  ])('%j: is told what is wrong, and nothing is written', async (args, code, pattern) => {
    const ran = await cli.run(args as string[]);
    expect(ran.err).toMatch(pattern);
    expect(ran.code).toBe(code);
    await expect(cli.config()).rejects.toThrow('ENOENT');
  });
});
