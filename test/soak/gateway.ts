import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { startGateway } from '../../src/gateway/start.ts';
import { serveParent } from './child.ts';
import { SOAK_KEY, soakConfig } from './house.ts';

export interface GatewayReady {
  url: string;
  key: string;
}

export interface GatewayReport {
  /** Bytes alive after a collection. */
  heap: number;
  rss: number;
  /** Milliseconds the event loop came late since the last report, 99th percentile and worst. */
  late: { p99: number; max: number };
  /** What keeps the process running, by kind: `TCPSocketWrap`, `Timeout`, … */
  resources: Record<string, number>;
  /** Log lines about faults of the gateway's own, and promises nobody waited for. */
  own: string[];
}

const RESOLUTION_MS = 5;
const own: string[] = [];
process.on('unhandledRejection', (reason) => void own.push(`unhandled: ${String(reason)}`));

const [steady = '', ...shaky] = process.argv.slice(2);
const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-soak-'));
await writeFile(join(dataDir, 'config.json'), JSON.stringify(soakConfig(shaky, steady)));
const gateway = await startGateway({
  dataDir,
  port: 0,
  env: { SOAK_KEY },
  log: (line) => {
    if (line.includes('internal')) own.push(line);
  },
});
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

async function report(): Promise<GatewayReport> {
  const ms = (nanos: number): number => Math.max(0, nanos / 1e6 - RESOLUTION_MS);
  const late = { p99: ms(delay.percentile(99)), max: ms(delay.max) };
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc?.();
    await wait(20);
  }
  const { heapUsed, rss } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) resources[kind] = (resources[kind] ?? 0) + 1;
  // The collections asked for here are no lateness of the gateway.
  delay.reset();
  return { heap: heapUsed, rss, late, resources, own: [...own] };
}

serveParent<GatewayReady, GatewayReport>({ url: gateway.url, key: gateway.key }, report, async () => {
  await gateway.close();
  await rm(dataDir, { recursive: true, force: true });
});
