import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { PreviewFile, Refusal } from './setup-contract.ts';

/** Settings of people are small; what is larger is something else. */
export const LARGEST_BYTES = 5 * 1024 * 1024;

/** A tool's file as it is now; one that is not there has an empty text. */
export interface SettingsText extends Pick<PreviewFile, 'path' | 'realPath' | 'exists' | 'readAt'> {
  text: string;
  bytes: Buffer;
  mode: number | undefined;
}
export type FileResult<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Runs `work`, and gives what it refuses, or what the system refuses it, as a refusal. */
export async function refusing<T>(path: string, work: () => Promise<T>): Promise<FileResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, refusal: error instanceof Refused ? error.refusal : refusalOf(path, error) };
  }
}

/** Stops `refusing` with this sentence. */
export function refuse(is: Exclude<Refusal['is'], 'broken'>, path: string, message: string): never {
  throw new Refused({ is, path, message });
}

/** SHA-256, in hexadecimal. */
export function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Reads a tool's file, and makes sure that it could be written. Follows symlinks. */
export async function readSettings(path: string): Promise<FileResult<SettingsText>> {
  return await refusing(path, async () => {
    const realPath = await realPathOf(path);
    const info = await stat(realPath).catch(absent);
    if (!info) return await missing(path, realPath);
    if (!info.isFile()) refuse('not-a-file', path, `${path} is not a file, but a folder or a device. Move it away, then try again.`);
    if (info.size > LARGEST_BYTES) refuse('too-large', path, `${path} is larger than 5 MB, so it is left alone. Change it by hand.`);
    await mustBeWritable(path, realPath, info.mode);
    const bytes = await readFile(realPath);
    const readAt = { size: bytes.length, mtimeMs: info.mtimeMs, hash: hashOf(bytes) };
    return { path, realPath, exists: true, text: decoded(path, bytes), bytes, mode: info.mode & 0o7777, readAt };
  });
}

async function missing(path: string, realPath: string): Promise<SettingsText> {
  const folder = await nearestFolder(path, dirname(realPath), realPath !== path);
  await access(folder, constants.W_OK).catch(() =>
    refuse('read-only', path, `${path} cannot be made, because ${folder} is read-only for you.`),
  );
  const bytes = Buffer.alloc(0);
  return { path, realPath, exists: false, text: '', bytes, mode: undefined, readAt: { size: 0, mtimeMs: 0, hash: hashOf(bytes) } };
}

/** The first folder above that is there: missing ones are made, but not where a link leads. */
async function nearestFolder(path: string, from: string, isLinked: boolean): Promise<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    const info = await stat(folder).catch(absent);
    if (info?.isDirectory()) return folder;
    if (info) refuse('no-folder', path, `${path} cannot be made, because ${folder} is not a folder.`);
    if (isLinked) refuse('no-folder', path, `${path} is a link into ${folder}, which is not there. Make that folder, or remove the link.`);
    if (folder === dirname(folder)) refuse('no-folder', path, `${path} cannot be made: there is no folder for it.`);
  }
}

/** Where a link leads, also when nothing is there yet. */
async function realPathOf(path: string): Promise<string> {
  const found = await realpath(path).catch(absent);
  if (found !== undefined) return found;
  const link = await lstat(path).catch(absent);
  return link?.isSymbolicLink() ? resolve(dirname(path), await readlink(path)) : path;
}

/** A file whose mode says read-only is meant to be: replacing it by a rename would go through, and be wrong. */
async function mustBeWritable(path: string, realPath: string, mode: number): Promise<void> {
  const sentence = `${path} is read-only, so it is left alone. Make it writable, or change it by hand.`;
  if ((mode & 0o222) === 0) refuse('read-only', path, sentence);
  await access(realPath, constants.W_OK | constants.R_OK).catch(() => refuse('read-only', path, sentence));
  const folder = dirname(realPath);
  await access(folder, constants.W_OK).catch(() =>
    refuse('read-only', path, `${path} cannot be replaced, because ${folder} is read-only for you.`),
  );
}

function decoded(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('not-utf8', path, `${path} is not UTF-8 text, so it is left alone. Save it as UTF-8, then try again.`);
  }
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined;
  throw error;
}

/** The error code of the system. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** A refusal of the operating system as a sentence. Windows answers EPERM, EBUSY or EACCES while another program holds a file open. */
export function refusalOf(path: string, error: unknown, platform: NodeJS.Platform = process.platform): Refusal {
  const code = codeOf(error);
  const isDenied = code === 'EPERM' || code === 'EACCES';
  if (code === 'EBUSY' || code === 'ETXTBSY' || (isDenied && platform === 'win32')) {
    return { is: 'locked', path, message: `${path} is held open by another program. Close the tool that uses it, then try again.` };
  }
  if (isDenied || code === 'EROFS')
    return { is: 'read-only', path, message: `You may not write ${path}. Make it writable, or change it by hand.` };
  if (code === 'ENOTDIR')
    return { is: 'no-folder', path, message: `${path} cannot be made, because a file stands where its folder has to be.` };
  if (code === 'ELOOP')
    return { is: 'not-a-file', path, message: `${path} is a link that leads back to itself. Remove it, then try again.` };
  if (code === 'EISDIR') return { is: 'not-a-file', path, message: `${path} is a folder. Move it away, then try again.` };
  if (code === 'ENOSPC' || code === 'EDQUOT') return { is: 'failed', path, message: `${path} was not written, because the disk is full.` };
  const reason = error instanceof Error ? error.message : String(error);
  return { is: 'failed', path, message: `${path} could not be read or written: ${reason}` };
}
