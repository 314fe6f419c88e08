import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { idOf, placeOf } from '../../src/log/lines-of.ts';
import { linesBack, type PlacedLine } from '../../src/log/read-back.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-back-'));
  path = join(folder, 'omniroute.log');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const older = (n: number): string => join(folder, `omniroute.${n}.log`);

async function all(before?: PlacedLine): Promise<PlacedLine[]> {
  const lines: PlacedLine[] = [];
  for await (const line of linesBack(path, before?.place)) lines.push(line);
  return lines;
}
const texts = async (before?: PlacedLine): Promise<string[]> => (await all(before)).map(({ text }) => text);

describe('a log, read from its end', () => {
  it('gives every line once, newest first, over its files, and from any line on the same again', async () => {
    const line = fc.oneof(
      { weight: 5, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/\n/g, ' ')) },
      { weight: 1, arbitrary: fc.nat({ max: 300_000 }).map((length) => 'é'.repeat(length)) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(line, { maxLength: 8 }), { minLength: 1, maxLength: 3 }), async (files) => {
        for (const [n, lines] of files.entries()) await writeFile(n === 0 ? path : older(n), lines.map((text) => `${text}\n`).join(''));
        const found = await all();
        const written = files.flatMap((lines) => [...lines].reverse().filter((text) => text !== ''));
        expect(found.map(({ text }) => text)).toEqual(written);
        for (const [at, from] of found.entries()) expect(await texts(from)).toEqual(written.slice(at + 1));
        for (const n of files.keys()) await rm(n === 0 ? path : older(n));
      }),
      { numRuns: 25 },
    );
  });

  it('knows a line by its id after its file was put aside', async () => {
    await writeFile(path, 'one\ntwo\nthree\n');
    const [, two] = await all();
    if (!two) throw new Error('there are three lines');
    const place = placeOf(idOf(two.place));
    expect(place).toEqual(two.place);
    await rename(path, older(1));
    await writeFile(path, 'four\n');
    expect(await texts()).toEqual(['four', 'three', 'two', 'one']);
    expect(await texts(two)).toEqual(['one']);
    await rm(older(1));
    expect(await texts(two)).toEqual([]);
  });

  it('leaves half a line that is being written for later, and gives nothing where there is no log', async () => {
    expect(await texts()).toEqual([]);
    await writeFile(path, 'one\ntwo\nhal');
    expect(await texts()).toEqual(['two', 'one']);
    await truncate(path, 0);
    expect(await texts()).toEqual([]);
  });

  it('takes no foreign words for an id', () => {
    for (const id of ['', 'req_1', '../..', '1-', '-1', 'A-1', '1-1-1']) expect(placeOf(id), id).toBeUndefined();
    expect(placeOf('1a-b.3')).toEqual(placeOf('1a-b'));
  });
});
