import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { BackupError } from './error.ts';

const MB = 1024 * 1024;

/** The files of an export, and the most bytes each may have. No other name is ever written or read, so none can lead out of the folder. */
const MOST: Record<string, number> = {
  'manifest.json': MB,
  'config.json': 16 * MB,
  'state.json': 64 * MB,
  'secrets.enc': 16 * MB,
  'ledger.sqlite': 256 * MB,
};
/** The ledger's journal is in numbered segments. */
const SEGMENT = /^ledger\.journal\.\d{1,9}$/;
const MOST_SEGMENT = 64 * MB;
/** More files than any export has. */
const MOST_FILES = 100;

/** The most bytes an export may have: more is not even read. */
export const MOST_BYTES = 320 * MB;

/** The dates of zip entries: of the DOS epoch, so that the same content is the same file. */
const NO_DATE = new Date(1980, 0, 1, 12);

export type Files = Map<string, Uint8Array>;

/** The most bytes of a file; 0 for what does not belong into an export. */
const mostOf = (name: string): number => (Object.hasOwn(MOST, name) ? MOST[name] : SEGMENT.test(name) ? MOST_SEGMENT : undefined) ?? 0;

/** A file of the ledger. */
export const isLedgerFile = (name: string): boolean => name === 'ledger.sqlite' || SEGMENT.test(name);

/** Packs the files. Throws BackupError `too_large` where the result could not be read again. */
export function pack(files: Files): Uint8Array {
  for (const [name, bytes] of files) {
    if (bytes.length > mostOf(name)) throw new BackupError('too_large', `${name} is too large to be exported (${bytes.length} bytes).`);
  }
  const packed = zipSync(Object.fromEntries(files), { mtime: NO_DATE, level: 6 });
  if (packed.length > MOST_BYTES) throw new BackupError('too_large', `The export would be too large (${packed.length} bytes).`);
  return packed;
}

/**
 * The files of an export. Throws BackupError `damaged` for what is no zip, for names that do not belong there, and for files that say
 * they are larger than they may be, before anything of them is unpacked; each is unpacked into exactly the room it said it needs.
 */
export function unpack(bytes: Uint8Array): Files {
  if (bytes.length > MOST_BYTES) throw new BackupError('too_large', 'The file is too large for an export.');
  const seen = new Set<string>();
  try {
    const unpacked = unzipSync(bytes, { filter: (file) => isExpected(file, seen) });
    return new Map(Object.entries(unpacked).map(([name, content]) => [name, sized(name, content)]));
  } catch (error) {
    if (error instanceof BackupError) throw error;
    throw new BackupError('damaged', 'The file is damaged or is no export of OmniRoute: it cannot be unpacked.');
  }
}

function isExpected({ name, size, originalSize, compression }: UnzipFileInfo, seen: Set<string>): true {
  const most = mostOf(name);
  if (most === 0 || seen.size >= MOST_FILES)
    throw new BackupError('damaged', 'The file is no export of OmniRoute: it holds something that does not belong there.');
  if (seen.has(name)) throw new BackupError('damaged', `The file is damaged: ${name} is in it twice.`);
  seen.add(name);
  // Stored entries (0) have one size; two that differ would leave room that nobody wrote.
  if (originalSize > most || size > MOST_BYTES || (compression === 0 && size !== originalSize))
    throw new BackupError('too_large', `${name} is larger than it may be: the file was refused.`);
  return true;
}

function sized(name: string, content: Uint8Array): Uint8Array {
  if (content.length > mostOf(name)) throw new BackupError('too_large', `${name} is larger than it may be: the file was refused.`);
  return content;
}
