import { ok } from 'node:assert/strict';
import type { EditorHouse } from '../house.ts';
import type { Scenario } from '../stage.ts';
import type { EditorWindow } from '../window.ts';

/** The aim is 150 ms on an idle machine; beyond this something heavy is loaded that should not be, whatever else the machine does. */
const FAR_TOO_LONG_MS = 1000;

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
    note(
      `gateway listening ${sinceCalled(house, /listens on http/)} ms, reached by the window ${sinceCalled(house, /"is":"ready"/)} ms after the call`,
    );
    ok(activation < FAR_TOO_LONG_MS, `activation took ${activation} ms`);
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

/** From the extension host's note that it activates us to a line of our own log. */
function sinceCalled(house: EditorHouse, line: RegExp): number {
  const called = timeOf(house.hostLog(), /_doActivateExtension omniroute\.omniroute/);
  return timeOf(house.log(), line) - called;
}

/** `2026-11-22 21:40:01.123 [info] …` */
function timeOf(log: string, fits: RegExp): number {
  const line = log.split('\n').find((entry) => fits.test(entry));
  ok(line, `no line ${fits} in:\n${log}`);
  return Date.parse(line.slice(0, 23).replace(' ', 'T'));
}
