// Bundles what runs: the extension (VS Code loads ES modules since 1.100), the threads of the gateway and of the ledger, the command line,
// and the dashboard's page.
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { pageOptions } from './esbuild.page.mjs';
import { noticesOf } from './notices.mjs';

const { version } = JSON.parse(await readFile(new URL('package.json', import.meta.url), 'utf8'));
const quiet = process.argv.includes('--quiet');
const remove = (folder) => rm(new URL(folder, import.meta.url), { recursive: true, force: true });
// Built aside and then put in place, so that a build that fails leaves the last good one.
await remove('dist.new');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  // VS Code 1.104 runs extensions on Node 22; the command line also runs on Node 20.
  target: 'node20',
  // jsonc-parser's `main` is UMD, whose inner requires no bundler can follow.
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  // All licences are in NOTICE.txt.
  legalComments: 'none',
  metafile: true,
  define: { __OMNIROUTE_VERSION__: JSON.stringify(version) },
  logLevel: quiet ? 'error' : 'info',
  absWorkingDir: new URL('.', import.meta.url).pathname,
};

// CommonJS dependencies expect what ES modules lack.
const banner = {
  js: `import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __fileURLToPath(new URL('.', import.meta.url));`,
};

const { metafile } = await build({
  ...common,
  format: 'esm',
  // The tokenizer's vocabulary becomes a chunk of its own, read only when something is counted.
  splitting: true,
  entryPoints: {
    extension: 'src/extension.ts',
    cli: 'src/cli.ts',
    'gateway-worker': 'src/editor/gateway-worker.ts',
    'ledger-worker': 'src/ledger/store/worker.ts',
  },
  outdir: 'dist.new',
  chunkNames: 'chunks/[name]-[hash]',
  external: ['vscode'],
  banner,
});

const page = await build({ ...pageOptions, outdir: 'dist.new/webview', metafile: true, logLevel: common.logLevel });

// The ledger's thread reads it from beside itself.
await copyFile(new URL('node_modules/sql.js/dist/sql-wasm.wasm', import.meta.url), new URL('dist.new/sql-wasm.wasm', import.meta.url));
await writeFile(
  new URL('dist.new/NOTICE.txt', import.meta.url),
  await noticesOf(common.absWorkingDir, [...Object.keys(metafile.inputs), ...Object.keys(page.metafile.inputs)]),
);
await remove('dist');
await rename(new URL('dist.new', import.meta.url), new URL('dist', import.meta.url));
