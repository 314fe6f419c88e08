import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/tools/**', 'test/bench/**', 'test/dashboard/browser/**', 'node_modules/**'],
    globalSetup: ['test/temp-folder.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
