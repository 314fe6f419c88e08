import { parseArgs } from 'node:util';
import * as z from 'zod';
import { runningGateway } from './gateway-client.ts';
import { dataFolder, type Io, table } from './io.ts';

const statusBody = z.object({
  version: z.string(),
  pid: z.number(),
  accounts: z.array(z.object({ name: z.string(), provider: z.string(), prefix: z.string(), tier: z.string() })),
  requests: z.number(),
});

/** `omniroute status`: exit code 0 when a gateway runs, 1 when none does. */
export async function status(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args, options: { data: { type: 'string' } } });
  const folder = dataFolder(values.data, io.env);
  const gateway = await runningGateway(folder);
  if (!gateway) {
    io.stdout.write(`No gateway runs for ${folder}. "omniroute serve" starts one.\n`);
    return 1;
  }
  const body = statusBody.parse(await gateway.get('/admin/status'));
  io.stdout.write(`OmniRoute ${body.version} on ${gateway.url} (process ${body.pid}), ${body.requests} requests lately\n`);
  io.stdout.write(`${table(body.accounts.map((entry) => [`${entry.prefix}/…`, entry.name, entry.provider, entry.tier]))}\n`);
  return 0;
}
