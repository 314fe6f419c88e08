import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { FilePlan, Machine, Setup } from '../../../src/clients/client.ts';
import { FORMATS } from '../../../src/clients/edit/formats.ts';

/** A machine with a home folder of its own, gone after the test. */
export interface TestMachine extends Machine {
  platform: 'linux';
  /** Writes a file below the home folder and gives its path. */
  put(path: string, text: string): string;
  read(path: string): string;
  at(path: string): string;
}

export function machine(given: Partial<Machine> = {}): TestMachine {
  const home = mkdtempSync(join(tmpdir(), 'omniroute-tool-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const at = (path: string): string => join(home, path);
  return {
    env: {},
    ...given,
    platform: 'linux',
    home,
    at,
    put(path, text) {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
      return at(path);
    },
    read: (path) => readFileSync(at(path), 'utf8'),
  };
}

/** A machine of another system, whose files are not there. */
export function windows(env: Record<string, string> = {}): Machine {
  return { platform: 'win32', home: 'C:\\Users\\Ada', env };
}

export function mac(): Machine {
  return { platform: 'darwin', home: '/nowhere/Users/ada', env: { XDG_CONFIG_HOME: '/nowhere/xdg' } };
}

export const SETUP: Setup = {
  origin: 'http://127.0.0.1:20128',
  key: 'or-key-of-this-tool-0123456789',
  model: 'work/sonnet',
  models: [
    { name: 'work/sonnet', title: 'Sonnet (work)', contextWindow: 200_000, maxOutput: 64_000, tools: true, vision: true, reasoning: true },
    { name: 'auto', title: 'Auto' },
  ],
};

/** The text of each planned file after its edits, by path; what stands there now by `before`. */
export function applied(plans: readonly FilePlan[], before: (path: string) => string | undefined): Record<string, string> {
  return Object.fromEntries(
    plans.map((plan) => {
      const format = FORMATS[plan.format];
      const result = format.apply(before(plan.path) ?? format.empty, plan.edits);
      if (!result.ok) throw new Error(`${plan.path}: ${result.problem.message}`);
      return [plan.path, result.text];
    }),
  );
}
