import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { PageId } from './contract/place.ts';

const files = z.array(z.string().regex(/^[\w./-]+$/));
const listed = z.object({ main: files, pages: z.record(z.string(), files) });

/** The scripts that the page's own needs when it opens here, as the build lists them; none where it does not. */
export function preloadOf(folder: string, page: PageId): string[] {
  try {
    const { main, pages } = listed.parse(JSON.parse(readFileSync(join(folder, 'preload.json'), 'utf8')));
    return [...main, ...(pages[page] ?? [])];
  } catch {
    return [];
  }
}
