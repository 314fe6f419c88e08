import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { clientById } from '../../../src/clients/registry.ts';
import { asArray, asObject, asString, type JsonObject, parseJson } from '../../../src/conversation/json.ts';
import { type Ended, run } from '../command.ts';
import { builtCli, type RunningGateway, startGateway } from '../gateway.ts';
import { install, OBSERVED } from '../install.ts';
import { startProvider } from '../provider/server.ts';
import { WIRES } from '../provider/wires.ts';
import { FINAL, faults, MODEL, type Outcome, PROMPT } from './check.ts';
import { type Home, makeHome } from './home.ts';
import { TOOLS, type Tool } from './tools.ts';

/**
 * Real command-line tools, set up by `omniroute setup` and by nothing else: in a home folder that is empty, and in one with settings of the
 * user's. Then the tool is run with one line and no variable of ours, and the set-up is taken back. Arguments: words of a run's name.
 */
const TIMEOUT_MS = 90_000;
const words = process.argv.slice(2);
const runs = TOOLS.flatMap((tool) => [
  { tool, home: () => makeHome({}), name: `${tool.id}, fresh` },
  { tool, home: () => makeHome(tool.own), name: `${tool.id}, with settings of its user` },
  { tool, home: () => makeHome({}, tool.moved.variable), name: `${tool.id}, ${tool.moved.variable}` },
]).filter(({ name }) => words.every((word) => name.includes(word)));
const cli = builtCli();
let failed = 0;
for (const { tool, home, name } of runs) {
  const { found, log } = await play(tool, home(), name);
  console.log(`${found.length === 0 ? 'passed' : 'FAILED'}  ${name}`);
  for (const fault of new Set(found)) console.log(`        ${fault}`);
  if (found.length > 0) console.log(`        all of it: ${log}`);
  failed += found.length > 0 ? 1 : 0;
}
console.log(`${runs.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || runs.length === 0 ? 1 : 0;

async function play(tool: Tool, home: Home, name: string): Promise<{ found: string[]; log: string }> {
  // Plain Chat Completions: what the tools speak themselves is tested in ../run.ts.
  const provider = await startProvider(WIRES['openai-chat'], { turns: [], final: FINAL }, { refuses: false });
  const gateway = await startGateway(cli, 'openai-chat', provider.origin);
  try {
    const outcome = await setUpAndRun(tool, home, gateway);
    const found = faults(outcome);
    return { found, log: found.length > 0 ? keep(name, outcome) : '' };
  } catch (error) {
    return { found: [String(error)], log: gateway.log() };
  } finally {
    await gateway.stop();
    await provider.close();
    home.dispose();
  }
}

async function setUpAndRun(tool: Tool, home: Home, gateway: RunningGateway): Promise<Outcome> {
  const before = home.files();
  await setup(tool, home, gateway, ['--model', MODEL]);
  await setup(tool, home, gateway, ['--undo']);
  const undone = home.files();
  const done = await setup(tool, home, gateway, ['--model', MODEL]);
  const paths = asArray(done.files).flatMap((file) => asString(asObject(file)?.path) ?? []);
  const key = (await omniroute(tool, home, gateway, ['--show-key'])).stdout.trim();
  const written = home.files();
  const ended = await start(tool, home);
  const records = await gateway.records();
  const used = home.files();
  const state = await listed(tool, home, gateway);
  await setup(tool, home, gateway, ['--undo']);
  const after = home.files();
  const touched = paths
    .map((path) => relative(home.path, path))
    .map((path) => ({ path, written: written.get(path), used: used.get(path), after: after.get(path) }));
  const { status } = await fetch(`${gateway.origin}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
  const recordedAs = clientById(tool.id)?.recordedAs ?? [];
  const names = {
    tool,
    keyName: String(done.key),
    recordedAs,
    key,
    state,
    origin: gateway.origin,
    isMoved: Object.keys(home.env).length > 0,
  };
  return { ...names, ended, records, before, undone, touched, statusAfter: status, gatewayLog: gateway.log() };
}

/** `omniroute setup TOOL …` as a user would call it; what it says with `--json`. Throws when it refuses. */
async function setup(tool: Tool, home: Home, gateway: RunningGateway, args: string[]): Promise<JsonObject> {
  const { code, stdout, stderr } = await omniroute(tool, home, gateway, [...args, '--json']);
  if (code !== 0) throw new Error(`omniroute setup ${tool.id} ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return asObject(parseJson(stdout)) ?? {};
}

/** How the tool stands, as `setup --list` tells it. */
async function listed(tool: Tool, home: Home, gateway: RunningGateway): Promise<JsonObject> {
  const { stdout } = await omniroute(tool, home, gateway, ['--list', '--json']);
  return asObject(asArray(parseJson(stdout) ?? null)[0]) ?? {};
}

function omniroute(tool: Tool, home: Home, gateway: RunningGateway, args: string[]): Promise<Ended> {
  const call = [cli, 'setup', tool.id, ...args, '--data', gateway.data];
  return run({ file: process.execPath, args: call, cwd: home.work, env: environment(home, tool), timeoutMs: TIMEOUT_MS });
}

/** Nothing in it is ours: the way to programs, a home folder, and what a bare system has. */
function environment(home: Home, tool: Tool): Record<string, string> {
  const path = [dirname(install(tool.package)), dirname(process.execPath), process.env.PATH ?? ''].join(':');
  return { HOME: home.path, PATH: path, TMPDIR: tmpdir(), LANG: 'C.UTF-8', TERM: 'dumb', NO_PROXY: '127.0.0.1', CI: '1', ...home.env };
}

function start(tool: Tool, home: Home): Promise<Ended> {
  const env = environment(home, tool);
  return run({ file: install(tool.package), args: tool.args(PROMPT), cwd: home.work, env, timeoutMs: TIMEOUT_MS });
}

/** Keeps everything about a failed run in a file for whoever looks for the cause; the path of it. */
function keep(name: string, outcome: Outcome): string {
  mkdirSync(OBSERVED, { recursive: true });
  const file = join(OBSERVED, `setup ${name}.json`);
  writeFileSync(file, JSON.stringify({ ...outcome, before: [...outcome.before], undone: [...outcome.undone.keys()] }, null, 1));
  return file;
}
