import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { shownTexts, textsLookedUpEarly } from './l10n-strings.ts';

const root = new URL('../../../', import.meta.url);
const folders = [new URL('src/editor/', root), new URL('webview/', root)];
const bundle = async (path: string): Promise<Record<string, string>> =>
  z.record(z.string(), z.string()).parse(JSON.parse(await readFile(new URL(path, root), 'utf8')));
const spanish = await bundle('l10n/bundle.l10n.es.json');

const placeholders = (text: string): string[] => [...new Set([...text.matchAll(/\{\w+\}/g)].map(([mark]) => mark))].sort();
const links = (text: string): string[] => [...text.matchAll(/\]\([^)]*\)|\$\([\w-]+\)|`[^`]*`/g)].map(([link]) => link).sort();

describe('texts shown in the editor', () => {
  it('are all there in Spanish, and none is left over', async () => {
    const texts = await shownTexts(folders);
    expect([...texts].filter((text) => !(text in spanish))).toEqual([]);
    expect(Object.keys(spanish).filter((text) => !texts.has(text))).toEqual([]);
  });

  it('keep in Spanish the values, links and icons that are in them, and how they begin and end', () => {
    for (const [text, translated] of Object.entries(spanish)) {
      expect(placeholders(translated), text).toEqual(placeholders(text));
      expect(links(translated), text).toEqual(links(text));
      expect([translated.trim(), translated.endsWith('…')], text).toEqual([translated, text.endsWith('…')]);
      // A period more or less shows where sentences follow one another.
      expect(translated.endsWith('.'), text).toBe(text.endsWith('.'));
    }
  });

  it('have one Spanish, in package.json and in the code', async () => {
    const [english, said] = await Promise.all(['package.nls.json', 'package.nls.es.json'].map(bundle));
    const both = Object.entries(english ?? {}).filter(([, text]) => text in spanish);
    expect(both.length).toBeGreaterThan(20);
    for (const [key, text] of both) expect(said?.[key], text).toBe(spanish[text]);
  });

  it('are looked up when they are shown: before that the language is not known', async () => {
    expect(await textsLookedUpEarly(folders)).toEqual([]);
  });
});
