// How the dashboard's page is built: scripts, style and icon font. The tests build it the same way.
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

/**
 * Writes `preload.json` beside the scripts: the files that main.js, and each page, needs before it runs. The HTML names them, so that they
 * are fetched at once; else each is found only in the one before it.
 * @type {import('esbuild').Plugin}
 */
const preloads = {
  name: 'preloads',
  setup({ initialOptions, onEnd }) {
    onEnd(async ({ errors, metafile }) => {
      if (errors.length > 0 || !metafile) return;
      const { absWorkingDir = '.', outdir = '.' } = initialOptions;
      const { outputs } = metafile;
      const within = (path, found = new Set()) => {
        if (found.has(path)) return found;
        found.add(path);
        for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') within(next, found);
        return found;
      };
      const nameOf = (path) => relative(resolve(absWorkingDir, outdir), resolve(absWorkingDir, path)).replaceAll('\\', '/');
      const filesOf = (entry) => {
        const [path] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry) ?? [];
        return path === undefined ? [] : [...within(path)].filter((file) => file.endsWith('.js') && outputs[file]?.bytes > 0).map(nameOf);
      };
      const main = filesOf('webview/main.tsx');
      const entries = Object.values(outputs).flatMap(
        ({ entryPoint }) => /^webview\/pages\/(\w+)\/index\.tsx$/.exec(entryPoint ?? '') ?? [],
      );
      const pages = {};
      for (const page of entries.filter((entry) => /^\w+$/.test(entry)))
        pages[page] = filesOf(`webview/pages/${page}/index.tsx`).filter((file) => !main.includes(file));
      await writeFile(join(resolve(absWorkingDir, outdir), 'preload.json'), JSON.stringify({ main: main.slice(1), pages }));
    });
  },
};

/**
 * Each page is told to need the main script, which has run long before a page is loaded. So whatever the main script needs, all need, and
 * it becomes one file: else it is a file for each set of pages that share something, and twenty are fetched before the first picture.
 *
 * @type {import('esbuild').Plugin}
 */
const oneCore = {
  name: 'one-core',
  setup({ onLoad }) {
    onLoad({ filter: /webview[\\/]pages[\\/]\w+[\\/]index\.tsx$/ }, async ({ path }) => {
      if (path.includes(`${sep}overview${sep}`)) return undefined;
      return { contents: `${await readFile(path, 'utf8')}\nimport '../../main.tsx';\n`, loader: 'tsx' };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
export const pageOptions = {
  absWorkingDir: new URL('.', import.meta.url).pathname,
  bundle: true,
  platform: 'browser',
  // VS Code 1.104 is on Chromium 138.
  target: 'chrome138',
  format: 'esm',
  // Each page of the dashboard is a chunk of its own.
  splitting: true,
  metafile: true,
  plugins: [oneCore, preloads],
  minify: true,
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryPoints: { main: 'webview/main.tsx', style: 'webview/style/index.css' },
  chunkNames: 'chunks/[name]-[hash]',
  assetNames: '[name]',
  loader: { '.ttf': 'file' },
};
