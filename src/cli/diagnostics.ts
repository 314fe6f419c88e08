import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FileVault } from '../accounts/file-vault.ts';
import { collectDiagnostics, type DiagnosticsEntry, writeZip } from '../diagnostics/index.ts';
import { confirmed } from './confirm.ts';
import { offlineReader } from './diagnostics-offline.ts';
import { runningGateway } from './gateway-client.ts';
import { usageOf } from './help.ts';
import { dataFolder, type Io, table, UsageError } from './io.ts';

const OPTIONS = {
  anonymous: { type: 'boolean' },
  show: { type: 'boolean' },
  yes: { type: 'boolean' },
  data: { type: 'string' },
} as const;

/** `omniroute diagnostics [FILE]`: what a bug report needs, without secrets; shown before it is written. */
export async function diagnostics(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  if (positionals.length > 1) throw new UsageError(`"${positionals.slice(1).join(' ')}" is too much\n${usageOf('diagnostics')}`);
  const path = resolve(positionals[0] ?? `omniroute-diagnostics-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.zip`);
  const folder = dataFolder(values.data, io.env);
  // A vault that cannot be opened must not keep anybody from reporting just that.
  const gateway = await runningGateway(folder).catch(() => undefined);
  const entries = await collectDiagnostics({
    folder,
    env: io.env,
    gateway: gateway ?? offlineReader(folder),
    running: gateway !== undefined,
    vault: new FileVault(folder),
    anonymous: values.anonymous === true,
  });
  show(entries, values.show === true, io);
  if (!values.yes && !(await agreed(path, io))) {
    io.stdout.write('Nothing was written.\n');
    return 1;
  }
  await writeZip(entries, path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${path} is there already; name another file.`) : error;
  });
  io.stdout.write(`${path}\n`);
  return 0;
}

function show(entries: readonly DiagnosticsEntry[], whole: boolean, io: Io): void {
  io.stdout.write(`${table(entries.map(({ name, text }) => [name, `${Buffer.byteLength(text)} bytes`]))}\n`);
  if (whole) for (const { name, text } of entries) io.stdout.write(`\n== ${name}\n${text}`);
  else io.stdout.write('--show prints all of it.\n');
}

/** Asks on a terminal; elsewhere `--yes` is the only yes. */
async function agreed(path: string, io: Io): Promise<boolean> {
  if (io.stdin.isTTY !== true) throw new UsageError('nothing was written: --yes writes it without asking');
  return confirmed(`Write ${path}?`, io);
}
