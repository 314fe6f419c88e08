import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from './omniroute.ts';

let cli: CommandLine;
beforeEach(async () => {
  cli = await commandLine();
});

const GROUPS = ['account', 'combo', 'alias', 'route', 'budget', 'key'];

describe('omniroute --help', () => {
  it('fits 100 columns', async () => {
    const { code, out } = await cli.run(['--help']);
    expect(code).toBe(0);
    expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  it('tells of every command there is', async () => {
    const { out } = await cli.run(['--help']);
    const source = await readFile(join(import.meta.dirname, '../../src/cli/main.ts'), 'utf8');
    const commands = [...(/COMMANDS[^{]*\{([^}]*)\}/.exec(source)?.[1] ?? '').matchAll(/\w+/g)].map(([word]) => word);
    expect(commands).toContain('serve');
    for (const command of commands) expect(out).toMatch(new RegExp(`^ {2}omniroute ${command}\\b`, 'm'));
  });

  it('tells of no command that there is not', async () => {
    const { out } = await cli.run(['--help']);
    const told = [...out.matchAll(/^ {2}omniroute (\w+) ([a-z]+)\b/gm)].filter(([, group]) => GROUPS.includes(group ?? ''));
    expect(told.length).toBeGreaterThan(20);
    for (const [, group = '', action = ''] of told) {
      const { err } = await cli.run([group, action, '--no-such-option']);
      expect(err).toMatch(/Unknown option '--no-such-option'/);
    }
  });

  it('of one command, or of one group, tells of that alone', async () => {
    expect((await cli.run(['combo', 'set', '--help'])).out).toMatch(/^ {2}omniroute combo set NAME[\s\S]*5usd/);
    expect((await cli.run(['alias', '--help'])).out.match(/omniroute/g)).toHaveLength(3);
    expect(await cli.run(['alias'])).toMatchObject({ code: 2, err: expect.stringContaining('omniroute alias set NAME TARGET') });
  });
});
