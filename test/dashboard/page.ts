import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildFailure, build, type Plugin } from 'esbuild';
import { pageOptions } from '../../esbuild.page.mjs';

/** The page as it is shipped, built from source into a folder of its own. */
export async function builtPage(plugins: Plugin[] = []): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-page-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await build({ ...pageOptions, outdir: folder, logLevel: 'error', plugins: [...plugins, ...(pageOptions.plugins ?? [])] });
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/** The same while somebody works on it: a page that does not build is left empty. */
export async function buildablePage(): ReturnType<typeof builtPage> {
  try {
    return await builtPage();
  } catch (error) {
    const files = (error as BuildFailure).errors.flatMap(({ location }) => location?.file ?? []);
    const broken = files.flatMap((file) => /^webview\/pages\/(\w+)\//.exec(file)?.[1] ?? []);
    if (broken.length === 0) throw error;
    console.log(`left empty: ${broken.join(', ')}`);
    return await builtPage([emptied(new Set(broken))]);
  }
}

function emptied(pages: ReadonlySet<string>): Plugin {
  return {
    name: 'empty-pages',
    setup: ({ onLoad }) => {
      onLoad({ filter: /webview\/pages\/\w+\/index\.tsx$/ }, ({ path }) => {
        const page = /pages\/(\w+)\/index\.tsx$/.exec(path)?.[1] ?? '';
        const name = page.charAt(0).toUpperCase() + page.slice(1);
        return pages.has(page) ? { contents: `export function ${name}() { return <h1>does not build</h1>; }`, loader: 'tsx' } : undefined;
      });
    },
  };
}
