import { readFileSync } from 'node:fs';

declare const __OMNIROUTE_VERSION__: string | undefined;

/** The version of package.json: put in by the bundler, read from the file when run from source. */
export const VERSION: string =
  typeof __OMNIROUTE_VERSION__ === 'string'
    ? __OMNIROUTE_VERSION__
    : (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version;
