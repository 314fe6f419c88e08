import type { TestProject } from 'vitest/node';
import { installBrowser } from '../../real-editor/install.ts';
import { builtPage } from '../page.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: string;
    /** The built page. */
    page: string;
  }
}

/** Finds the browser and builds the page, once for all files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('chromium', installBrowser(console.log));
  const { folder, remove } = await builtPage();
  project.provide('page', folder);
  return remove;
}
