// How the dashboard's page is built: scripts, style and icon font. The tests build it the same way.

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
  minify: true,
  legalComments: 'none',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  entryPoints: { main: 'webview/main.tsx', style: 'webview/style/index.css' },
  chunkNames: 'chunks/[name]-[hash]',
  assetNames: '[name]',
  loader: { '.ttf': 'file' },
};
