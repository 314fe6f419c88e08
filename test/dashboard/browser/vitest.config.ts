import { defineConfig } from 'vitest/config';

/** The dashboard's page in a real browser. Apart from the other tests, as it needs one: `npm run test:dashboard` installs it on Debian. */
export default defineConfig({
  root: new URL('../../../', import.meta.url).pathname,
  test: {
    include: ['test/dashboard/browser/**/*.test.ts'],
    globalSetup: ['test/temp-folder.ts', 'test/dashboard/browser/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time: what is measured is not to be disturbed.
    fileParallelism: false,
  },
});
