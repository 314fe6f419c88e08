import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** What is installed once; ignored by git. */
export const CACHE = resolve(ROOT, '.cache/editor');

/** What is looked at afterwards: a folder for each scenario that failed, and `screens/`; ignored by git. */
export const REPORT = resolve(ROOT, '.cache/editor-report');
