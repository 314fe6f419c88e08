import { parseArgs } from 'node:util';
import * as z from 'zod';
import { runningGateway } from './gateway-client.ts';
import { healthEntrySchema, healthRows } from './health.ts';
import { dataFolder, type Io, table, writeJson } from './io.ts';

const statusBody = z.object({
  version: z.string(),
  pid: z.number(),
  accounts: z.array(z.object({ id: z.string(), name: z.string(), provider: z.string(), prefix: z.string(), tier: z.string() })),
  requests: z.number(),
  blocked: z.array(healthEntrySchema).default([]),
});

/** `omniroute status`: exit code 0 when a gateway runs, 1 when none does. */
export async function status(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, data: { type: 'string' } } });
  const folder = dataFolder(values.data, io.env);
  const gateway = await runningGateway(folder);
  if (!gateway) {
    if (values.json) writeJson(io, { running: false });
    else io.stdout.write(`No gateway runs for ${folder}. "omniroute serve" starts one.\n`);
    return 1;
  }
  const body = statusBody.parse(await gateway.get('/admin/status'));
  if (values.json) {
    writeJson(io, { running: true, url: gateway.url, ...body });
    return 0;
  }
  io.stdout.write(`OmniRoute ${body.version} on ${gateway.url} (process ${body.pid}), ${body.requests} requests lately\n`);
  io.stdout.write(`${table(body.accounts.map((entry) => [`${entry.prefix}/…`, entry.name, entry.provider, entry.tier]))}\n`);
  if (body.blocked.length > 0) io.stdout.write(`Not well ("omniroute health" tells more):\n${table(healthRows(body.blocked, body))}\n`);
  return 0;
}
