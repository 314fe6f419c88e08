import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway } from '../../src/gateway/start.ts';
import { ready } from './child.ts';

/** Our gateway with one chat and one Anthropic account at the benchmark's provider. */
const provider = process.argv[2] ?? '';
const account = (id: string, kind: string): object => ({
  id,
  provider: kind,
  name: id,
  prefix: id,
  baseUrl: `${provider}/v1`,
  credential: { env: 'BENCH_KEY' },
  priority: 1,
  enabled: true,
  proxy: null,
});
const config = {
  version: 1,
  accounts: [account('chat', 'openai-compatible'), account('anth', 'anthropic-compatible')],
  combos: [],
  keys: [],
  settings: {},
};
const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-bench-'));
await writeFile(join(dataDir, 'config.json'), JSON.stringify(config));
const gateway = await startGateway({ dataDir, port: 0, log: () => {}, env: { BENCH_KEY: 'bench' } });
ready({ url: gateway.url, key: gateway.key });
