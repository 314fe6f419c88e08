import { createHash } from 'node:crypto';
import * as z from 'zod';
import { BackupError } from './error.ts';
import type { Files } from './zip.ts';

const manifestSchema = z.object({
  format: z.literal('omniroute-export'),
  version: z.number().int(),
  /** The version of OmniRoute that made it. */
  omniroute: z.string().max(100),
  /** ISO 8601. */
  at: z.string().max(100),
  files: z.record(z.string(), z.object({ bytes: z.number().int().nonnegative(), sha256: z.string() })),
});

/** `manifest.json` of an export: of which version, and what the other files are. */
export type Manifest = z.infer<typeof manifestSchema>;

const VERSION = 1;

export function manifestOf(files: Files, omniroute: string, now: Date): Manifest {
  const entries = [...files].map(([name, bytes]) => [name, { bytes: bytes.length, sha256: sha256(bytes) }]);
  return { format: 'omniroute-export', version: VERSION, omniroute, at: now.toISOString(), files: Object.fromEntries(entries) };
}

/** Checks every file against the manifest. Throws BackupError `damaged`, or `unsupported` for a newer version. */
export function checkManifest(files: Files): Manifest {
  const manifest = manifestSchema.safeParse(jsonOf(files.get('manifest.json'))).data;
  if (!manifest) throw new BackupError('damaged', 'The file is no export of OmniRoute: it holds no manifest.');
  if (manifest.version !== VERSION) {
    throw new BackupError('unsupported', `The file was made by OmniRoute ${manifest.omniroute}; this version cannot read it.`);
  }
  const names = [...files.keys()].filter((name) => name !== 'manifest.json');
  const missing = [...new Set([...names, ...Object.keys(manifest.files)])].find(
    (name) => !files.has(name) || !Object.hasOwn(manifest.files, name),
  );
  if (missing !== undefined)
    throw new BackupError('damaged', `The file is damaged: ${missing.slice(0, 50)} is not what the manifest says.`);
  for (const name of names) {
    if (sha256(files.get(name) ?? new Uint8Array()) !== manifest.files[name]?.sha256) {
      throw new BackupError('damaged', `The file is damaged: ${name} is not what it was when it was exported.`);
    }
  }
  return manifest;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function jsonOf(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(bytes ?? []).toString('utf8'));
  } catch {
    return undefined;
  }
}
