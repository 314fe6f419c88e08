import { type Child, child } from './child.ts';
import { Client, type Load } from './client.ts';
import { median, quantile, table } from './figures.ts';

/**
 * What the gateway adds, against a direct connection and against a pass-through of the same libraries (the floor). All three are
 * asked in turn within one run, each server in a process of its own. Figures only: what is good enough is judged elsewhere.
 *
 *     npm run bench [-- rounds] [streams of the heap check]
 */
const ROUNDS = Number(process.argv[2] ?? 400);
const HEAP_STREAMS = Number(process.argv[3] ?? 10_000);

interface Contender {
  name: string;
  client: Client;
  /** The model's name as this server wants it. */
  prefix: { chat: string; anthropic: string };
}

interface Scene {
  name: string;
  load(contender: Contender): Load;
  rate: { atOnce: number; requests: number };
}

const messages = [{ role: 'user', content: 'Say something.' }];
const chat = (model: string, stream: boolean): Load => ({
  path: '/v1/chat/completions',
  body: JSON.stringify({ model, stream, messages }),
});
const anthropic = (model: string, stream: boolean): Load => ({
  path: '/v1/messages',
  body: JSON.stringify({ model, stream, max_tokens: 512, messages }),
});

const SCENES: Scene[] = [
  { name: 'small JSON, same dialect', load: ({ prefix }) => chat(`${prefix.chat}bench`, false), rate: { atOnce: 16, requests: 2000 } },
  {
    name: 'small JSON, Anthropic ↔ chat',
    load: ({ prefix }) => anthropic(`${prefix.anthropic}bench`, false),
    rate: { atOnce: 16, requests: 2000 },
  },
  { name: 'stream of 200, same dialect', load: ({ prefix }) => chat(`${prefix.chat}bench`, true), rate: { atOnce: 16, requests: 200 } },
  {
    name: 'stream of 200, Anthropic ↔ chat',
    load: ({ prefix }) => anthropic(`${prefix.anthropic}bench`, true),
    rate: { atOnce: 16, requests: 200 },
  },
];

const provider = await child('provider.ts');
const floor = await child('floor.ts', [provider.url]);
const gateway = await child('gateway.ts', [provider.url]);
const plain = { chat: '', anthropic: '' };
const contenders: Contender[] = [
  { name: 'direct', client: new Client(provider), prefix: plain },
  { name: 'floor', client: new Client(floor), prefix: plain },
  // The Anthropic scenes go to the chat account here: the gateway translates where the others hand through.
  { name: 'gateway', client: new Client(gateway), prefix: { chat: 'chat/', anthropic: 'chat/' } },
];

for (const scene of SCENES) await warm(scene);
for (const scene of SCENES) await latency(scene);
for (const scene of SCENES) await throughput(scene);
await heap(gateway);

await Promise.all(contenders.map(({ client }) => client.close()));
for (const server of [gateway, floor, provider]) server.stop();

async function warm(scene: Scene): Promise<void> {
  for (const contender of contenders) await contender.client.rate(scene.load(contender), 8, scene.rate.requests / 4);
}

/** One after the other, in turn: the first byte and the whole answer, with what each adds to a direct connection. */
async function latency(scene: Scene): Promise<void> {
  const first = contenders.map((): number[] => []);
  const whole = contenders.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, contender] of contenders.entries()) {
      const timing = await contender.client.ask(scene.load(contender));
      first[at]?.push(timing.first);
      whole[at]?.push(timing.whole);
    }
  }
  const added = (times: number[][], at: number, q: number): number => quantile(times[at] ?? [], q) - quantile(times[0] ?? [], q);
  const rows = contenders.map(({ name }, at) => [
    name,
    ...[added(first, at, 0.5), added(first, at, 0.99), added(whole, at, 0.5), added(whole, at, 0.99)].map((ms) => ms.toFixed(3)),
  ]);
  const ratio = (added(first, 2, 0.5) / added(first, 1, 0.5)).toFixed(2);
  table(
    `${scene.name}: added ms, one at a time (first byte: ${ratio} × the floor)`,
    ['', 'first p50', 'first p99', 'whole p50', 'whole p99'],
    rows,
  );
}

async function throughput({ name, load, rate: { atOnce, requests } }: Scene): Promise<void> {
  const rates = contenders.map((): number[] => []);
  for (let turn = 0; turn < 3; turn += 1) {
    for (const [at, contender] of contenders.entries()) rates[at]?.push(await contender.client.rate(load(contender), atOnce, requests));
  }
  const rows = contenders.map((contender, at) => [
    contender.name,
    median(rates[at] ?? []).toFixed(0),
    (median(rates[at] ?? []) / median(rates[1] ?? [])).toFixed(2),
  ]);
  table(`${name}: ${atOnce} at once`, ['', 'per second', '× floor'], rows);
}

/** Live heap after a first thousand short streams and after all: what grows is a leak. */
async function heap(server: Child): Promise<void> {
  const client = new Client(server);
  const load = chat('chat/short', true);
  await client.rate(load, 32, 1000);
  const before = await server.heap();
  const rate = await client.rate(load, 32, HEAP_STREAMS);
  const after = await server.heap();
  const mb = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
  table(`heap over ${HEAP_STREAMS} streams of 20`, ['before MB', 'after MB', 'per second'], [[mb(before), mb(after), rate.toFixed(0)]]);
  await client.close();
}
