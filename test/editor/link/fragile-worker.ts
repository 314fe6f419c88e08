import { existsSync, watch } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import type { WorkerInput } from '../../../src/editor/worker-protocol.ts';

/** The gateway's thread, which crashes when a file `crash` comes into the data folder, and at each start while `crash-always` is there. */
const { dataDir } = workerData as WorkerInput;
const crash = join(dataDir, 'crash');
if (existsSync(join(dataDir, 'crash-always'))) throw new Error('a fault of this test');
watch(dataDir, () => {
  if (!existsSync(crash)) return;
  void rm(crash).then(() => {
    throw new Error('a fault of this test');
  });
});
await import('../../../src/editor/gateway-worker.ts');
