// Gathers the licences of every package whose code is in the bundle.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * The text of a notices file for the inputs of an esbuild metafile. Throws for a package without a licence file or name: it must not ship unseen.
 * @param {string} root folder the metafile's paths are relative to
 * @param {Iterable<string>} inputs paths of bundled files
 */
export async function noticesOf(root, inputs) {
  const folders = new Set();
  for (const input of inputs) {
    const folder = PACKAGE.exec(input)?.[1];
    if (folder) folders.add(folder);
  }
  const entries = await Promise.all([...folders].map((folder) => noticeOf(join(root, folder))));
  return `${entries.sort().join(`\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  if (texts.length === 0 && !license) throw new Error(`${name} has no licence`);
  return `${name} ${version}\n${license ?? ''}\n\n${texts.map((text) => text.trim()).join('\n\n') || `Licence: ${license} (the package brings no licence text)`}\n`;
}
