import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { pageOptions } from '../../esbuild.page.mjs';

/** The page as it is shipped, built from source into a folder of its own. */
export async function builtPage(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-page-'));
  await build({ ...pageOptions, outdir: folder, logLevel: 'error' });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
