import { readFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sources } from './l10n-strings.ts';
import { builtVsix, type Vsix } from './vsix.ts';

const root = new URL('../../../', import.meta.url);
const MOST_BYTES = 3_000_000;
const manifestSchema = z.looseObject({
  publisher: z.string(),
  license: z.string(),
  main: z.string(),
  icon: z.string(),
  l10n: z.string(),
  engines: z.object({ vscode: z.string() }).loose(),
  devDependencies: z.record(z.string(), z.string()),
});

let vsix: Vsix;
beforeAll(async () => {
  vsix = await builtVsix();
}, 60_000);

const text = (path: string): string => new TextDecoder().decode(vsix.files.get(path));
const manifest = () => manifestSchema.parse(JSON.parse(text('package.json')));
const scripts = (): string[] => [...vsix.files.keys()].filter((path) => path.endsWith('.js'));

describe('the VSIX', () => {
  it('is small, and holds only what runs or is shown', () => {
    expect(vsix.bytes).toBeLessThan(MOST_BYTES);
    const expected =
      /^(dist\/|media\/|l10n\/bundle\.l10n\.\w+\.json$|package(\.nls(\.\w+)?)?\.json$|(readme|changelog)\.md$|LICENSE\.txt$)/;
    expect([...vsix.files.keys()].filter((path) => !expected.test(path))).toEqual([]);
    expect([...vsix.files.keys()].filter((path) => /\.(node|map|ts|tsx|vsix)$|(^|\/)(test|docs|src|screenshots)\//.test(path))).toEqual([]);
  });

  it('holds every file that its manifest and its scripts name', () => {
    const named = [...text('package.json').matchAll(/"(?:\.\/)?((?:media|dist)\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !vsix.files.has(path))).toEqual([]);
    expect(vsix.files.has(posix.join(manifest().l10n, 'bundle.l10n.es.json'))).toBe(true);
    const imported = scripts().flatMap((from) =>
      [...text(from).matchAll(/(?:from|import\(|import)"(\.[^"]+\.js)"/g)].map(([, path]) => posix.join(posix.dirname(from), path ?? '')),
    );
    expect(imported.length).toBeGreaterThan(20);
    expect(imported.filter((path) => !vsix.files.has(path))).toEqual([]);
  });

  it('has no source map, and no path of the machine that built it', () => {
    const telling = scripts().filter((path) => text(path).includes('sourceMappingURL=') || text(path).includes(vsix.folder));
    expect(telling).toEqual([]);
  });

  it('brings the licence of every package the code imports', async () => {
    const notice = text('dist/NOTICE.txt');
    const entries = notice.split(/\n-{80}\n\n/);
    const named = new Set(entries.map((entry) => /^(\S+) \d/.exec(entry)?.[1]));
    expect([...(await importedPackages())].filter((name) => !named.has(name))).toEqual([]);
    // The licence itself, or at least which one: some packages bring no text.
    for (const entry of entries) expect(entry, entry.slice(0, 40)).toMatch(/Copyright|copyright|Licence: /);
    if ([...vsix.files.keys()].some((path) => path.includes('codicon'))) expect(notice).toContain('@vscode/codicons ');
  });

  it('is fit for the marketplaces', async () => {
    const { publisher, license, icon, engines, devDependencies } = manifest();
    expect([publisher, license, vsix.files.has('LICENSE.txt')]).toEqual(['omniroute', 'MIT', true]);
    const png = vsix.files.get(icon);
    const head = Buffer.from(png?.subarray(0, 24) ?? []);
    expect(head.toString('latin1', 1, 4)).toBe('PNG');
    expect([head.readUInt32BE(16), head.readUInt32BE(20)]).toEqual([256, 256]);
    // What is typed is what the oldest editor has.
    expect(engines.vscode).toBe(`^${devDependencies['@types/vscode']}.0`);
    const pictures = [...(await readFile(new URL('README.md', root), 'utf8')).matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)];
    for (const [, path = ''] of pictures) await readFile(new URL(path, root));
  });
});

/** Packages from which something is imported at run time, by the sources that are bundled. */
async function importedPackages(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const path of await sources(fileURLToPath(new URL('src/', root)))) {
    const source = await readFile(path, 'utf8');
    for (const [, clause = '', from = ''] of source.matchAll(/^(?:import|export) ([^;]*?)\bfrom '([^.'][^']*)';/gm)) {
      const name = /^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? from;
      const typesOnly = /^type\b/.test(clause) || /^\{(?:\s*type \w+(?: as \w+)?,?)+\s*\}\s*$/.test(clause);
      if (!typesOnly && !from.startsWith('node:') && from !== 'vscode' && !builtinModules.includes(name)) names.add(name);
    }
  }
  return names;
}
