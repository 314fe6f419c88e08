/**
 * The gateway under load while providers fail: 32 clients of all four dialects at a time, 20 % of the providers' answers faulty. While a
 * healthy target exists no client may see a failure; every answer is held against the right one; memory and queues must come to rest.
 * Prints what happened; exit code 1 when something did not hold.
 *
 *     npm run test:soak [-- minutes]      10 by default; 0.3 is long enough to see that it works
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { quantile, table } from '../bench/figures.ts';
import { child } from './child.ts';
import { Clients } from './client.ts';
import type { GatewayReady, GatewayReport } from './gateway.ts';
import { problemsOfRecords } from './judge.ts';
import { type PhaseOptions, phase, type Tally } from './phase.ts';
import type { ProvidersReady, ProvidersReport } from './provider.ts';

const MINUTES = Number(process.argv[2] ?? 10);
const STREAMS = 32;
const FAULT_SHARE = 0.2;
const GAP_MS = 5;
/** What the heap may grow once it is warm: buffers of the moment, compiled code. */
const HEAP_SLACK_MB = 8;

const providers = await child<ProvidersReady, ProvidersReport>('provider.ts', [String(FAULT_SHARE), String(GAP_MS)]);
const gateway = await child<GatewayReady, GatewayReport>('gateway.ts', [providers.ready.steady, ...providers.ready.shaky]);
const clients = new Clients(gateway.ready);
const problems: string[] = [];
const phases: [string, Tally][] = [];
const rests: [string, GatewayReport][] = [];

await play('warm-up', 'steady', 0.15);
await play('steady, first half', 'steady', 0.3);
await play('steady, second half', 'steady', 0.3);
await play('none always healthy', 'shaky', 0.25);
const done = await providers.report();
await clients.close();
await wait(1000);
rests.push(['clients gone', await gateway.report()]);
judgeEnd();
const code = await gateway.stop();
if (code !== 0) problems.push(`the gateway ended with ${String(code)}`);
await providers.stop();
tell();

/** One phase, and what is left when all its clients are answered. */
async function play(name: string, kind: PhaseOptions['kind'], share: number): Promise<void> {
  const tally = await phase(clients, { kind, streams: STREAMS, seconds: MINUTES * 60 * share });
  phases.push([name, tally]);
  problems.push(...tally.wrong.map((wrong) => `${name}: ${wrong}`));
  if (kind === 'steady') problems.push(...tally.failed.map((failure) => `${name}: a client saw a failure: ${failure}`));
  await settled();
  rests.push([name, await gateway.report()]);
  const { requests } = (await clients.json('/admin/requests?limit=1000')) as { requests: RequestRecord[] };
  problems.push(...problemsOfRecords(requests).map((wrong) => `${name}: ${wrong}`));
}

/** Clients that left may still be noticed: a moment, then nothing may run or wait. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    if ((await unsettled()).length === 0) return;
    await wait(100);
  }
  problems.push(`still running or waiting: ${JSON.stringify(await unsettled())}`);
}

interface Lane {
  account: string;
  running: number;
  waiting: number;
}

async function unsettled(): Promise<Lane[]> {
  const { limits } = (await clients.json('/admin/health')) as { limits: Lane[] };
  return limits.filter(({ running, waiting }) => running !== 0 || waiting !== 0);
}

function judgeEnd(): void {
  const [, warm, , end, gone] = rests.map(([, report]) => report);
  const mb = ((end?.heap ?? 0) - (warm?.heap ?? 0)) / 2 ** 20;
  if (mb > HEAP_SLACK_MB) problems.push(`the heap grew by ${mb.toFixed(1)} MB`);
  for (const line of new Set(gone?.own)) problems.push(`the gateway's own fault: ${line}`);
  for (const [what, times] of Object.entries(done)) if (what.startsWith('PROBLEM')) problems.push(`provider, ${times} times: ${what}`);
  const before = rests[0]?.[1].resources.Timeout ?? 0;
  const timers = gone?.resources.Timeout ?? 0;
  if (timers > before + 20) problems.push(`${timers} timers are left, ${before} at first`);
}

function tell(): void {
  table(
    `${STREAMS} at once, ${FAULT_SHARE * 100} % faults`,
    ['', 'asked', 'per s', 'whole', 'left', 'cut', 'failed', 'wrong', 'p50 ms', 'p99 ms', 'attempts each'],
    phases.map(([name, tally]) => [name, ...columns(tally)]),
  );
  table(
    'at rest after it',
    ['', 'heap MB', 'rss MB', 'loop late p99 ms', 'max ms', 'sockets', 'timers'],
    rests.map(([name, { heap, rss, late, resources }]) => [
      name,
      ...[heap / 2 ** 20, rss / 2 ** 20, late.p99, late.max].map((figure) => figure.toFixed(1)),
      String(resources.TCPSocketWrap ?? 0),
      String(resources.Timeout ?? 0),
    ]),
  );
  table(
    'the providers',
    ['', 'times'],
    Object.entries(done).map(([what, times]) => [what, String(times)]),
  );
  for (const [name, { failed }] of phases) tellFailures(name, failed);
  for (const problem of problems.slice(0, 20)) console.log(`FAIL  ${problem}`);
  const asked = phases.reduce((sum, [, tally]) => sum + tally.asked, 0);
  console.log(`\nsoak: ${asked} requests in ${MINUTES} min, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function columns({ asked, seconds, whole, left, cut, failed, wrong, ms, attempts }: Tally): string[] {
  const rate = (asked / seconds).toFixed(0);
  const [p50, p99] = [quantile(ms, 0.5), quantile(ms, 0.99)].map((figure) => figure.toFixed(0));
  const counts = [whole, left, cut, failed.length, wrong.length].map(String);
  return [String(asked), rate, ...counts, p50 ?? '', p99 ?? '', (attempts / Math.max(1, whole)).toFixed(2)];
}

/** The first failures; what they say is for a person to judge. */
function tellFailures(name: string, failed: readonly string[]): void {
  if (failed.length === 0) return;
  console.log(`\n${name}: ${failed.length} failures, the first:`);
  for (const failure of failed.slice(0, 3)) console.log(`      ${failure.slice(0, 400)}`);
}
