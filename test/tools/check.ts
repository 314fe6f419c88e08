import { readFileSync } from 'node:fs';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { asArray, asObject, type JsonObject } from '../../src/conversation/json.ts';
import type { Ended } from './command.ts';
import { PROVIDER_KEY } from './gateway.ts';
import { isRepairable } from './provider/rules.ts';
import type { ScriptedProvider, Seen } from './provider/server.ts';
import { type MadeCall, TOKENS, type Told, type Wire } from './provider/wire.ts';
import type { Answer } from './tap.ts';
import { CONTENT, FINAL, PICTURE, PROMPT, type Room } from './task.ts';

/** Everything one run left behind. */
export interface Outcome {
  ended: Ended;
  room: Room;
  provider: ScriptedProvider;
  wire: Wire;
  client: ClientDialectId;
  /** The tool was made to read the picture and sends what it reads. */
  showsPicture: boolean;
  answers: Answer[];
  records: JsonObject[];
  gatewayKey: string;
  target: string;
}

/** What is wrong with a run; empty when it is as it should be. */
export function faults(outcome: Outcome): string[] {
  return [
    ...toolFaults(outcome),
    ...outcome.provider.seen.flatMap((seen) => requestFaults(seen, outcome)),
    ...resultFaults(outcome),
    ...outcome.answers.flatMap((answer) => answerFaults(answer, outcome)),
    ...recordFaults(outcome),
  ];
}

const when = (wrong: boolean, what: string): string[] => (wrong ? [what] : []);

function toolFaults({ ended, room }: Outcome): string[] {
  return [
    ...when(ended.timedOut, `killed after ${ended.ms} ms`),
    ...when(ended.code !== 0, `exit code ${ended.code}`),
    ...when(!ended.stdout.includes(FINAL), `the final text is not in its output: ${JSON.stringify(ended.stdout.slice(-300))}`),
    ...when(written(room) !== CONTENT, `the file holds ${JSON.stringify(written(room))}`),
    ...when(ended.stdout.includes(PROVIDER_KEY) || ended.stderr.includes(PROVIDER_KEY), "the provider's key reached the tool"),
  ];
}

function written(room: Room): string | undefined {
  try {
    return readFileSync(room.file, 'utf8');
  } catch {
    return undefined;
  }
}

/** What the provider received: nothing it would refuse, and its own key alone. */
function requestFaults(seen: Seen, outcome: Outcome): string[] {
  const foreign = outcome.client !== outcome.wire.id;
  const text = JSON.stringify(seen.headers);
  return [
    ...when(seen.answered === 'unknown', `${seen.method} ${seen.path} is no path of the provider`),
    ...(foreign ? seen.problems.filter((problem) => !isRepairable(problem)).map((problem) => `the provider would refuse: ${problem}`) : []),
    ...when(text.includes(outcome.gatewayKey), "the gateway's key reached the provider"),
    ...when(seen.asked !== undefined && !text.includes(PROVIDER_KEY), 'the request has no key of the provider'),
  ];
}

/** The request that got the final answer tells every call, with its result. */
function resultFaults({ provider, wire, showsPicture }: Outcome): string[] {
  const last = provider.seen.find((seen) => seen.answered === 'final');
  if (!last) return ['the results of the calls never reached the provider'];
  const results = wire.results(last.body);
  const text = JSON.stringify(last.body);
  const told = wire.calls(last.body);
  const ids = wire.givesIds(last.asked?.model ?? '');
  return [
    ...provider.made().flatMap((call, index) => callFaults(call, told[index], ids)),
    ...provider.made().flatMap((call, index) => bound(call, ids ? call.id : told[index]?.id, results)),
    ...when(!text.includes(PROMPT), 'the prompt did not reach the provider'),
    ...when(showsPicture && !text.includes(PICTURE), 'the picture did not reach the provider'),
  ];
}

function callFaults(call: MadeCall, told: Told | undefined, ids: boolean): string[] {
  if (!told) return [`the call ${call.id} is not told again`];
  return [
    ...when(told.name !== undefined && told.name !== call.name, `the call of ${call.name} is told as ${told.name}`),
    ...when(ids && told.id !== call.id, `the call ${call.id} is told as ${told.id}`),
  ];
}

function bound(call: MadeCall, id: string | undefined, results: Told[]): string[] {
  const result = results.find((one) => one.id === id && (one.name === undefined || one.name === call.name));
  if (!result) return [`no result is bound to ${call.id} (${call.name}); there are ${results.map((one) => one.id ?? one.name).join(', ')}`];
  return when(result.text === '', `the result of ${call.id} is empty`);
}

const HEADERS = ['x-request-id', 'x-omniroute-target', 'x-omniroute-account', 'x-omniroute-attempts'];

function answerFaults(answer: Answer, { target }: Outcome): string[] {
  const where = `${answer.method} ${answer.path}`;
  // A tool may ask for what a gateway need not have (HEAD /api/hello): 404 is an answer too.
  if (!/messages|completions|responses|[gG]enerateContent/.test(answer.path))
    return when(answer.status >= 500, `${where} got ${answer.status}`);
  if (answer.status !== 200) return [`${where} got ${answer.status}: ${answer.body.slice(0, 600)}`];
  if (/count_tokens/.test(answer.path)) return [];
  return [
    ...HEADERS.flatMap((name) => when(!answer.headers[name], `${where} has no ${name}`)),
    ...when(answer.headers['x-omniroute-target'] !== target, `${where} came from ${answer.headers['x-omniroute-target']}`),
    ...when(answer.headers['x-omniroute-attempts'] !== '1', `${where} took ${answer.headers['x-omniroute-attempts']} attempts`),
  ];
}

/** One record an answer, with the provider's own tokens. */
function recordFaults({ records, provider, target }: Outcome): string[] {
  const chats = provider.seen.filter((seen) => seen.asked?.kind === 'chat' && !wasRepaired(seen));
  return [
    ...when(records.length !== chats.length, `${records.length} records of ${chats.length} requests`),
    ...records.flatMap((record, index) => [
      ...when(record.status !== 200 || record.error !== undefined, `record ${index}: ${record.status} ${JSON.stringify(record.error)}`),
      ...when(record.target !== target, `record ${index}: target ${record.target}`),
      ...when(asArray(record.attempts).length !== 1, `record ${index}: ${asArray(record.attempts).length} attempts`),
      ...when(record.cancelled === true, `record ${index}: cancelled`),
      ...usageFaults(asObject(record.usage), index),
    ]),
  ];
}

/** Refused for a parameter alone: the gateway asks again without it, within the same attempt. */
const wasRepaired = (seen: Seen): boolean => seen.answered === 'refused' && seen.problems.every(isRepairable);

function usageFaults(usage: JsonObject | undefined, index: number): string[] {
  const told = { input: usage?.input, cacheRead: usage?.cacheRead, output: usage?.output };
  const right = told.input === TOKENS.input && told.cacheRead === TOKENS.cacheRead && told.output === TOKENS.output;
  return when(!right, `record ${index}: tokens ${JSON.stringify(told)}`);
}
