import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PAGES } from '../../../src/editor/dashboard/contract/place.ts';
import { preloadOf } from '../../../src/editor/dashboard/preload.ts';
import { builtPage } from '../../dashboard/page.ts';

describe('what the page fetches at once', () => {
  let built: Awaited<ReturnType<typeof builtPage>>;
  beforeAll(async () => {
    built = await builtPage();
  });
  afterAll(() => built.remove());

  /** Every script that one needs before it runs, as the scripts themselves say. */
  async function neededBy(file: string, found = new Set<string>()): Promise<Set<string>> {
    const text = await readFile(join(built.folder, file), 'utf8');
    for (const [, next = ''] of text.matchAll(/(?:\bfrom|\bimport)"(\.[^"]+\.js)"/g)) {
      const path = posix.join(posix.dirname(file), next);
      if (found.has(path)) continue;
      found.add(path);
      await neededBy(path, found);
    }
    return found;
  }

  it('is all that it needs before it runs, and that there is something of', async () => {
    const named = preloadOf(built.folder, 'overview');
    const needed = [...(await neededBy('main.js'))];
    expect(needed.length).toBeGreaterThan(0);
    const empty = await Promise.all(needed.map(async (file) => (await readFile(join(built.folder, file))).length === 0));
    expect([...named].sort()).toEqual(needed.filter((_, at) => !empty[at]).sort());
  });

  it('is the scripts of the page it opens at as well, each once', () => {
    const main = preloadOf(built.folder, 'overview');
    for (const page of PAGES.filter((each) => each !== 'overview')) {
      const files = preloadOf(built.folder, page);
      expect(files.slice(0, main.length)).toEqual(main);
      expect(
        files.some((file) => file.startsWith(`chunks/${page}-`)),
        page,
      ).toBe(true);
      expect(new Set(files).size).toBe(files.length);
    }
  });

  it('is nothing where that is not written down', () => {
    expect(preloadOf(join(tmpdir(), 'omniroute-no-such-folder'), 'overview')).toEqual([]);
  });
});
