import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programOnPath } from '../../../src/clients/tools/program.ts';
import { machine, type TestMachine } from './machines.ts';

function linked(on: TestMachine, from: string, to: string): void {
  mkdirSync(dirname(on.at(from)), { recursive: true });
  symlinkSync(on.at(to), on.at(from));
}

const manifest = (name: string, version: string): string => JSON.stringify({ name, version });

describe('A program on the PATH', () => {
  it('has the version of the npm package its link leads to', async () => {
    const on = machine();
    on.put('lib/node_modules/@openai/codex/bin/codex.js', '');
    on.put('lib/node_modules/@openai/codex/package.json', manifest('@openai/codex', '0.169.0'));
    linked(on, 'bin/codex', 'lib/node_modules/@openai/codex/bin/codex.js');
    const env = { PATH: `/nowhere:${on.at('bin')}` };
    expect(await programOnPath({ ...on, env }, 'codex', '@openai/codex')).toEqual({ path: on.at('bin/codex'), version: '0.169.0' });
  });

  it('has the version its installer put into the name of the file', async () => {
    const on = machine();
    on.put('.local/share/claude/versions/2.1.330', '');
    linked(on, '.local/bin/claude', '.local/share/claude/versions/2.1.330');
    const env = { PATH: on.at('.local/bin') };
    expect((await programOnPath({ ...on, env }, 'claude', '@anthropic-ai/claude-code'))?.version).toBe('2.1.330');
  });

  it('has no version where the package beside it is another', async () => {
    const on = machine();
    on.put('bin/cline', '');
    on.put('package.json', manifest('something', '1.0.0'));
    expect(await programOnPath({ ...on, env: { PATH: on.at('bin') } }, 'cline', 'cline')).toEqual({
      path: on.at('bin/cline'),
      version: undefined,
    });
  });

  it('has the version of the package beside the script that npm writes', async () => {
    const on = machine();
    on.put('npm/qwen', '#!/bin/sh');
    on.put('npm/node_modules/@qwen-code/qwen-code/package.json', manifest('@qwen-code/qwen-code', '0.24.4'));
    expect((await programOnPath({ ...on, env: { PATH: on.at('npm') } }, 'qwen', '@qwen-code/qwen-code'))?.version).toBe('0.24.4');
  });

  it('is nowhere without a PATH', async () => {
    expect(await programOnPath(machine(), 'codex', '@openai/codex')).toBeUndefined();
  });
});
