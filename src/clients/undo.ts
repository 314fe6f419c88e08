import { readFile, rm } from 'node:fs/promises';
import type { Json } from '../conversation/json.ts';
import { FORMATS } from './edit/formats.ts';
import { isEmpty } from './edit/value.ts';
import { hashOf, readSettings, refuse, type SettingsText } from './files.ts';
import { takenBack } from './places.ts';
import type { KeptFile } from './setups-file.ts';
import { removeFolders, type Write, writeAll } from './write-files.ts';

interface Undone {
  write: Write | undefined;
  kept: string[];
  /** Files and folders that are of no use afterwards. */
  after(): Promise<void>;
}

const NOTHING: Undone = { write: undefined, kept: [], after: async () => {} };

/** Takes back what was written into these files, all or none. `files`: those that were written; `kept`: places that stay, with their file. */
export async function undoFiles(files: readonly KeptFile[], at: number): Promise<{ files: string[]; kept: string[] }> {
  const undone = await Promise.all(files.map(undoneFile));
  const writes = undone.flatMap(({ write }) => (write ? [write] : []));
  await writeAll(writes, at);
  for (const { after } of undone) await after();
  return { files: writes.map(({ file }) => file.path), kept: undone.flatMap(({ kept }) => kept) };
}

async function undoneFile(kept: KeptFile): Promise<Undone> {
  const read = await readSettings(kept.path);
  if (!read.ok) return refuse(read.refusal.is === 'broken' ? 'failed' : read.refusal.is, kept.path, read.refusal.message);
  const file = read.value;
  if (!file.exists || kept.undo.places.length === 0) return NOTHING;
  const isAsWritten = kept.undo.pristine && file.readAt.hash === kept.afterHash;
  if (isAsWritten && kept.beforeHash === undefined) return gone(file, kept);
  const copy = isAsWritten && kept.backup ? await readFile(kept.backup).catch(() => undefined) : undefined;
  if (copy && hashOf(copy) === kept.beforeHash) return restored(file, kept, copy);
  return await rewritten(file, kept);
}

function gone(file: SettingsText, kept: KeptFile): Undone {
  return { write: { file, content: undefined, keepCopy: false }, kept: [], after: () => removeFolders(kept.undo.folders) };
}

function restored(file: SettingsText, kept: KeptFile, copy: Buffer): Undone {
  const { backup } = kept;
  const after = async (): Promise<void> => (backup ? await rm(backup, { force: true }).catch(() => undefined) : undefined);
  return { write: { file, content: copy, keepCopy: false }, kept: [], after };
}

/** The file was changed since: our own edits are taken out of it. */
async function rewritten(file: SettingsText, kept: KeptFile): Promise<Undone> {
  const format = FORMATS[kept.undo.format];
  const copies = await valuesOf(kept);
  const result = takenBack(file.text, format, kept.undo.places, (path) => copies.get(path));
  if (result.problem) {
    const { line, column, message } = result.problem;
    refuse('failed', file.path, `${file.path}, line ${line}, column ${column}: ${message} Mend it, then undo again.`);
  }
  const names = result.kept.map((name) => `${file.path}: ${name}`);
  const left = format.read(result.text);
  if (kept.beforeHash === undefined && left.ok && (left.value === null || isEmpty(left.value)) && names.length === 0) {
    return gone(file, kept);
  }
  if (result.text === file.text) return { ...NOTHING, kept: names };
  return { ...NOTHING, write: { file, content: result.text, keepCopy: true }, kept: names };
}

/** What stands in the copies beside the file that are there still. */
async function valuesOf(kept: KeptFile): Promise<Map<string, Json>> {
  const values = new Map<string, Json>();
  for (const path of new Set(kept.undo.places.map(({ was }) => was))) {
    const text = path === undefined ? undefined : await readFile(path, 'utf8').catch(() => undefined);
    const read = text === undefined ? undefined : FORMATS[kept.undo.format].read(text);
    if (path !== undefined && read?.ok) values.set(path, read.value);
  }
  return values;
}
