import { parseArgs } from 'node:util';
import * as z from 'zod';
import { FileVault } from '../../accounts/file-vault.ts';
import { ConfigFile } from '../../config/file.ts';
import type { CheckResult } from '../../routing/check-account.ts';
import { runningGateway } from '../gateway-client.ts';
import { dataFolder, type Io } from '../io.ts';
import { theName } from '../subcommands.ts';
import { check } from './check.ts';
import { namedAccount } from './named.ts';

const WAIT_MS = 15_000;

/** `omniroute account test NAME`: exit code 0 when the provider showed that the key works. */
export async function test(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { model: { type: 'string' }, data: { type: 'string' } },
  });
  const name = theName(positionals, 'account test');
  const folder = dataFolder(values.data, io.env);
  const account = namedAccount(await new ConfigFile(folder).load(), name);
  const { model } = values;
  const gateway = await runningGateway(folder);
  // The gateway knows variables that may not be set here, and notes that the key works.
  const result = gateway
    ? testBody.parse(await gateway.post(`/admin/accounts/${account.id}/test`, { model })).test
    : seen(await check(account, { vault: new FileVault(folder), env: io.env }, { waitMs: WAIT_MS, model }));
  return told(account.name, result, io);
}

const testBody = z.object({
  test: z.discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      ms: z.number(),
      proof: z.enum(['models', 'completion', 'none']),
      models: z.number().optional(),
      note: z.string().optional(),
    }),
    z.object({ ok: z.literal(false), ms: z.number(), refused: z.boolean(), error: z.object({ message: z.string() }) }),
  ]),
});
type Tested = z.infer<typeof testBody>['test'];

function seen(result: CheckResult): Tested {
  return result.ok ? { ...result, models: result.models?.length } : result;
}

function told(name: string, result: Tested, io: Io): number {
  if (!result.ok) {
    io.stderr.write(`${name} ${result.refused ? 'is refused' : 'could not be tested'}: ${result.error.message}\n`);
    return 1;
  }
  if (result.note) io.stderr.write(`Note: ${result.note}\n`);
  switch (result.proof) {
    case 'models':
      io.stdout.write(`${name} works: the provider lists ${result.models ?? 0} models (${result.ms} ms).\n`);
      return 0;
    case 'completion':
      io.stdout.write(`${name} works: the provider completed a request (${result.ms} ms).\n`);
      return 0;
    case 'none':
      io.stderr.write(`${name} could not be tested: the provider lists no models. --model MODEL asks one for a token.\n`);
      return 1;
  }
}
