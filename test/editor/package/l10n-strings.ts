import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LITERAL = /\bl10n\.t\(\s*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\$])*)`)/g;
const CALL = /\bl10n\.t\(/g;

/** The texts shown to people, as the code holds them: the first argument of each `l10n.t`. Throws where that is not a literal. */
export async function shownTexts(folders: readonly URL[]): Promise<Set<string>> {
  const texts = new Set<string>();
  for (const path of (await Promise.all(folders.map((folder) => sources(fileURLToPath(folder))))).flat()) {
    const source = await readFile(path, 'utf8');
    const found = [...source.matchAll(LITERAL)];
    if (found.length !== [...source.matchAll(CALL)].length) throw new Error(`${path}: l10n.t wants a literal as its first argument`);
    for (const [, single, double, template] of found) texts.add(unescaped(single ?? double ?? template ?? ''));
  }
  return texts;
}

/** Where a text is looked up as its file is loaded, which is before the language is known: it would stay English for ever. */
export async function textsLookedUpEarly(folders: readonly URL[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of (await Promise.all(folders.map((folder) => sources(fileURLToPath(folder))))).flat()) {
    const statements = (await readFile(path, 'utf8')).split(/\n(?=\S)/);
    found.push(...statements.filter(isEarly).map((statement) => `${path}: ${statement.split('\n', 1)}`));
  }
  return found;
}

function isEarly(statement: string): boolean {
  const [before = '', ...lookedUp] = statement.split('l10n.t(');
  return lookedUp.length > 0 && /^(?:export )?(?:const|let)\b/.test(before) && !/=>|\bfunction\b/.test(before);
}

/** The TypeScript files below a folder; none where there is no such folder. */
export async function sources(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.filter((name) => /\.tsx?$/.test(name)).map((name) => join(folder, name));
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/gs, (_, character: string) => (character === 'n' ? '\n' : character));
}
