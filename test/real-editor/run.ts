import { chromium } from 'playwright-core';
import { install } from './install.ts';
import { killAll } from './process-group.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { type Outcome, play, type Scenario } from './stage.ts';
import { packaged } from './vsix.ts';

/** The packaged extension in a real VS Code. Arguments: names of scenarios, absent: all. */

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killAll();
    process.exit(130);
  });
}
process.once('exit', killAll);

const say = (line: string): void => console.log(line);

const words = process.argv.slice(2);
const known = new Set(SCENARIOS.map(({ name }) => name));
const unknown = words.filter((word) => !known.has(word));
if (unknown.length > 0) {
  say(`unknown: ${unknown.join(', ')}; there are: ${[...known].join(', ')}`);
  process.exit(2);
}
const chosen = SCENARIOS.filter(({ name }) => words.length === 0 || words.includes(name));

const tools = install(say);
const vsix = packaged(say);
const browser = await chromium.launch({ executablePath: tools.chromium, args: FLAGS, handleSIGINT: true });
let failed = 0;
try {
  for (const scenario of chosen) {
    const outcome = await play(scenario, tools, vsix, browser);
    tell(scenario, outcome);
    if (outcome.error) failed += 1;
  }
} finally {
  await browser.close();
}
say(`${chosen.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function tell({ name, title }: Scenario, { error, notes, ms, kept }: Outcome): void {
  say(`${error ? 'FAILED' : 'passed'}  ${name}: ${title} (${(ms / 1000).toFixed(1)} s)`);
  for (const note of notes) say(`        ${note}`);
  if (!error) return;
  for (const line of (error.stack ?? error.message).split('\n')) say(`        ${line}`);
  if (kept) say(`        screenshots and logs: ${kept}`);
}
