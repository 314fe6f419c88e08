import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { LedgerStore } from '../../../src/ledger/store/open-ledger.ts';
import { recordWith } from './records.ts';

/**
 * A process that adds records without end, to be killed: `folder prefix`. It tells the number of each record that is safe: those whose
 * `flush` has come back, in `safe-<prefix>` of the folder: a file takes it at once, a pipe may be full.
 */
const [folder = '', prefix = ''] = process.argv.slice(2);
const ledger = new LedgerStore({ folder, log: (line) => writeSync(2, `${line}\n`) });
await ledger.start();
const safe = openSync(join(folder, `safe-${prefix}`), 'a');
writeSync(1, 'started');

for (let n = 0; ; ) {
  for (const end = n + Math.ceil(Math.random() * 8); n < end; n++) ledger.add(recordWith(`${prefix}-${n}`, { at: Date.now() }));
  const last = n - 1;
  void ledger.flush().then(() => writeSync(safe, `${last}\n`));
  if (Math.random() < 0.1) void ledger.checkpoint();
  if (Math.random() < 0.5) await ledger.flush();
  else await setImmediate();
}
