import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';

const runtime = z.object({ url: z.string(), pid: z.number().int() });
export type Runtime = z.infer<typeof runtime>;

/**
 * Tells commands and windows where the gateway of this data folder listens (`gateway.json`). The gateway itself writes it, as soon as it
 * has its port. Gives a function that takes it back, unless another gateway has told of itself since.
 */
export async function writeRuntimeFile(folder: string, content: Runtime): Promise<() => Promise<void>> {
  const path = join(folder, 'gateway.json');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Windows read it at any moment: never half of it.
  await writeFileAtomic(path, `${JSON.stringify(content)}\n`, { mode: 0o600, fsync: false });
  return async () => {
    const now = await readRuntimeFile(folder);
    if (now?.pid === content.pid && now.url === content.url) await rm(path, { force: true });
  };
}

/** Where a gateway said it listens; it may have died since. */
export async function readRuntimeFile(folder: string): Promise<Runtime | undefined> {
  try {
    return runtime.parse(JSON.parse(await readFile(join(folder, 'gateway.json'), 'utf8')));
  } catch {
    return undefined;
  }
}
