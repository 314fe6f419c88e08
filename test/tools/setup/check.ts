import { join } from 'node:path';
import { asArray, asObject, type JsonObject } from '../../../src/conversation/json.ts';
import type { Ended } from '../command.ts';
import { MOVED } from './home.ts';
import type { Tool } from './tools.ts';

export const PROMPT = 'Say in one sentence what the answer is.';
export const FINAL = 'The answer is forty-two, as ever.';
export const MODEL = 'mock/model-a';

/** What one set-up, one run of the tool and one undo left behind. */
export interface Outcome {
  tool: Tool;
  origin: string;
  ended: Ended;
  records: JsonObject[];
  /** The tool's own key, by its name. */
  keyName: string;
  recordedAs: readonly string[];
  /** Every file of the home folder before, and after set-up and undo without a run between. */
  before: Map<string, string>;
  undone: Map<string, string>;
  /** Files the set-up wrote, by path below home: as written, as the tool left them, and after the undo. */
  touched: { path: string; written: string | undefined; used: string | undefined; after: string | undefined }[];
  key: string;
  /** How `setup --list` told it after the run. */
  state: JsonObject;
  /** A variable moved its settings. */
  isMoved: boolean;
  /** What the gateway answers to the key after the undo. */
  statusAfter: number;
  gatewayLog: string;
}

const when = (wrong: boolean, what: string): string[] => (wrong ? [what] : []);

/** What is wrong; empty when it is as it should be. */
export function faults(outcome: Outcome): string[] {
  return [
    ...runFaults(outcome),
    ...recordFaults(outcome),
    ...stateFaults(outcome),
    ...movedFaults(outcome),
    ...treeFaults(outcome),
    ...outcome.touched.flatMap((file) => fileFaults(file, outcome)),
    ...when(outcome.statusAfter !== 401, `the key still works after the undo: ${outcome.statusAfter}`),
    ...when(outcome.gatewayLog.includes(outcome.key), "the key stands in the gateway's log"),
  ];
}

function runFaults({ ended }: Outcome): string[] {
  return [
    ...when(ended.timedOut, `killed after ${ended.ms} ms`),
    ...when(ended.code !== 0, `exit code ${ended.code}: ${ended.stderr.slice(-300)}`),
    ...when(!ended.stdout.includes(FINAL), `the answer is not in its output: ${JSON.stringify(ended.stdout.slice(-300))}`),
  ];
}

/** At least one request came, each with the tool's own key, for the model that was set, and was answered. */
function recordFaults({ records, keyName, recordedAs }: Outcome): string[] {
  return [
    ...when(records.length === 0, 'no request arrived'),
    ...records.flatMap((record, index) => [
      ...when(record.key !== keyName, `record ${index}: key ${record.key}`),
      ...when(record.requested !== MODEL, `record ${index}: model ${record.requested}`),
      ...when(record.target !== MODEL || record.status !== 200, `record ${index}: ${record.target} ${record.status}`),
      ...when(asArray(record.attempts).length !== 1, `record ${index}: ${asArray(record.attempts).length} attempts`),
      ...when(!recordedAs.includes(String(record.client)), `record ${index}: came from ${record.client}`),
      ...when(asObject(record.usage)?.input === undefined, `record ${index}: no tokens`),
    ]),
  ];
}

/** The tool is known by its version, and what it writes into its own files at a start is no drift. */
function stateFaults({ state, tool, origin }: Outcome): string[] {
  const wanted = { state: 'set-up', version: tool.package.version, origin, model: MODEL };
  return [
    ...Object.entries(wanted).flatMap(([name, value]) => when(state[name] !== value, `listed with ${name} ${JSON.stringify(state[name])}`)),
    ...when(typeof state.lastSeen !== 'number', 'listed as never seen'),
    ...when(state.differences !== undefined, `differences: ${JSON.stringify(state.differences)}`),
  ];
}

function movedFaults({ isMoved, touched, tool }: Outcome): string[] {
  if (!isMoved) return [];
  return [
    ...when(!touched.some(({ path }) => path === join(MOVED, tool.moved.file)), `${tool.moved.file} was not written to the folder named`),
    ...touched.flatMap(({ path }) => when(!path.startsWith(MOVED), `${path} lies elsewhere`)),
  ];
}

/** Set up and taken back, without a run between: every byte of the home folder is as before, and no file more. */
function treeFaults({ before, undone }: Outcome): string[] {
  const names = new Set([...before.keys(), ...undone.keys()]);
  return [...names].filter((name) => before.get(name) !== undone.get(name)).map((name) => `${name} is not as before after the undo`);
}

/** After a run: the bytes of before where the tool itself left the file alone; else nothing of ours in it. */
function fileFaults({ path, written, used, after }: Outcome['touched'][number], { before, key }: Outcome): string[] {
  if (written === used) return when(after !== before.get(path), `${path} is not as before, though the tool did not touch it`);
  const text = after ?? '';
  return [
    ...when(text.includes(key), `${path} still holds the key`),
    ...when(/127\.0\.0\.1:(?!9\b)/.test(text), `${path} still points at the gateway`),
    ...when(/mock\/model-a/.test(text), `${path} still names the model`),
    ...when(before.get(path)?.includes('sk-elsewhere') === true && !text.includes('sk-elsewhere'), `${path} lost what was the user's`),
  ];
}
