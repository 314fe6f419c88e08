import { ok } from 'node:assert/strict';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import type { EditorWindow } from '../window.ts';

const ACTIVATION_MS = 150;

export const smoke: Scenario = {
  name: 'smoke',
  title: 'the VSIX is installed, wakes after start-up in time, and its gateway listens',
  run: async ({ editor, note }) => {
    const house = await editor();
    const window = await house.open();
    await house.gateway(30_000);
    const health = (await (await house.ask('/health')).json()) as { name: string };
    ok(health.name === 'omniroute', JSON.stringify(health));

    const activation = await activationMs(window);
    note(`activation ${activation} ms on the extension host's clock`);
    note(`gateway listening ${listeningMs(house)} ms after the extension was called`);
    ok(activation < ACTIVATION_MS, `activation took ${activation} ms, more than ${ACTIVATION_MS}`);
    const errors = window.console.filter((line) => /^(error|pageerror)/.test(line) && /omniroute/i.test(line));
    ok(errors.length === 0, `errors of ours in the console:\n${errors.join('\n')}`);
  },
};

/** What "Show Running Extensions" says of us: the extension host's own measure of loading and activating. */
async function activationMs(window: EditorWindow): Promise<number> {
  await window.command('Developer: Show Running Extensions');
  const row = window.page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'OmniRoute' });
  const text = (await row.locator('.activation-time').textContent()) ?? '';
  const [, ms] = /(\d+)\s*ms/.exec(text) ?? [];
  ok(ms !== undefined, `no time in "${text}"`);
  return Number(ms);
}

/** Between the extension host's note that it activates us and our own note that the gateway listens. */
function listeningMs(house: EditorHouse): number {
  const called = timeOf(house.hostLog(), /_doActivateExtension omniroute\.omniroute/);
  return timeOf(house.log(), /"is":"ready"/) - called;
}

/** `2026-11-22 21:40:01.123 [info] …` */
function timeOf(log: string, fits: RegExp): number {
  const line = log.split('\n').find((entry) => fits.test(entry));
  ok(line, `no line ${fits} in:\n${log}`);
  return Date.parse(line.slice(0, 23).replace(' ', 'T'));
}
