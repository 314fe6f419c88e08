import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const runtime = z.object({ url: z.string(), pid: z.number().int() });
export type Runtime = z.infer<typeof runtime>;

/** Tells other commands where the gateway of this data folder listens. Gives a function that takes it back. */
export async function writeRuntimeFile(folder: string, content: Runtime): Promise<() => Promise<void>> {
  const path = join(folder, 'gateway.json');
  await writeFile(path, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  return async () => {
    if ((await readRuntimeFile(folder))?.pid === content.pid) await rm(path, { force: true });
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
