import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asObject, type JsonObject, parseJson } from '../../../src/conversation/json.ts';
import { type Asked, type Call, type MadeCall, type Offered, type Reply, TOKENS, type Wire } from './wire.ts';

/** What the scripted model does. */
export interface Script {
  /**
   * Turn by turn, the calls to make at once, chosen from the tools on offer.
   * None where the tool looked for is not on offer: a side request (a title, a summary).
   */
  turns: ((offered: Offered[]) => Call[])[];
  /** The answer once the results of all calls have come. */
  final: string;
}

/** The words the scripted model says beside its call, and to side requests. */
export const ASIDE = 'I will do it now.';

const THOUGHTS = 'The user wants a file. One call is enough.';

export type Answered = 'call' | 'final' | 'aside' | 'count' | 'models' | 'refused' | 'unknown';

/** One request the provider received, and what it did with it. */
export interface Seen {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: JsonObject;
  asked?: Asked;
  answered: Answered;
  reply: Reply;
  problems: string[];
}

export interface ScriptedProvider {
  origin: string;
  seen: Seen[];
  /** The calls made, once each, in order. */
  made(): MadeCall[];
  close(): Promise<void>;
}

const CALL_IDS: Record<Wire['id'], string> = {
  'openai-chat': 'call_fc0SDU3fpyNWhrPIoQKrxefP',
  'openai-responses': 'call_CWXgs68YprAjp6t0371hiPOI',
  'anthropic-messages': 'toolu_01LtHJmixrs9NcWQkK8hu8hj',
  gemini: 'dv8szvqe',
};

/** A provider on a free loopback port that speaks one wire format and plays one script; with `refuses` it answers 400 to what its vendor would refuse. */
export async function startProvider(wire: Wire, script: Script, options: { refuses: boolean }): Promise<ScriptedProvider> {
  const seen: Seen[] = [];
  const calls = new Map<string, MadeCall>();
  const server = createServer((request, response) => {
    void receive(request).then((text) => {
      const entry = judge(wire, script, request, text, options.refuses);
      seen.push(entry);
      answer(response, wire, entry);
      for (const call of entry.reply.calls) calls.set(call.id, call);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, seen, made: () => [...calls.values()], close };
}

async function receive(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function judge(wire: Wire, script: Script, request: IncomingMessage, text: string, refuses: boolean): Seen {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  const body = asObject(parseJson(text)) ?? {};
  const base = { method: request.method ?? '', path: request.url ?? '', headers: flat(request), body, reply: { text: ASIDE, calls: [] } };
  if (request.method === 'GET' && /\/models$/.test(path)) return { ...base, answered: 'models', problems: [] };
  const asked = request.method === 'POST' ? wire.asked(path, body) : undefined;
  if (!asked) return { ...base, answered: 'unknown', problems: [] };
  const problems = wire.problems(asked.kind === 'chat' ? { ...body, model: asked.model } : body);
  if (asked.kind === 'count-tokens') return { ...base, asked, answered: 'count', problems: [] };
  if (refuses && problems.length > 0) return { ...base, asked, answered: 'refused', problems };
  const decided = decide(wire, script, body);
  if (wire.thinks?.(body)) decided.reply.thoughts = THOUGHTS;
  return { ...base, asked, problems, ...decided };
}

/** The first turn whose results have not all come; results are counted, since Gemini before 3 knows no ids. */
function decide(wire: Wire, script: Script, body: JsonObject): { answered: Answered; reply: Reply } {
  const offered = wire.offered(body);
  const results = wire.results(body).length;
  let before = 0;
  for (const turn of script.turns) {
    const calls = turn(offered).map((call, index) => ({ ...call, id: callId(wire, before + index) }));
    if (calls.length === 0) return { answered: 'aside', reply: { text: ASIDE, calls } };
    before += calls.length;
    if (results < before) return { answered: 'call', reply: { text: ASIDE, calls } };
  }
  return { answered: 'final', reply: { text: script.final, calls: [] } };
}

const callId = (wire: Wire, index: number): string => CALL_IDS[wire.id].slice(0, -1) + String.fromCharCode(97 + index);

const flat = (request: IncomingMessage): Record<string, string> =>
  Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));

function answer(response: ServerResponse, wire: Wire, entry: Seen): void {
  const { asked, answered, reply } = entry;
  const model = asked?.model ?? '';
  if (asked?.stream && (answered === 'call' || answered === 'final' || answered === 'aside')) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    for (const frame of wire.stream(reply, model)) response.write(frame);
    response.end();
    return;
  }
  response.writeHead(STATUS[answered] ?? 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(wholeAnswer(wire, entry, model)));
}

const STATUS: Partial<Record<Answered, number>> = { unknown: 404, refused: 400 };

function wholeAnswer(wire: Wire, { answered, path, problems, reply }: Seen, model: string): JsonObject {
  switch (answered) {
    case 'models':
      return { object: 'list', data: [{ id: 'model-a', object: 'model' }] };
    case 'unknown':
      return wire.error(`No such path: ${path}`);
    case 'refused':
      return wire.error(problems[0] ?? 'Bad request');
    case 'count':
      return { input_tokens: TOKENS.input, totalTokens: TOKENS.input };
    case 'call':
    case 'final':
    case 'aside':
      return wire.whole(reply, model);
  }
}
