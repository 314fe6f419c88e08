import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import * as z from 'zod';
import { BackupError } from './error.ts';

const TAG_BYTES = 16;
const NONCE_BYTES = 12;
/** Fewer characters are guessed too soon, whatever the derivation costs. */
export const LEAST_PASSPHRASE = 8;
/** Cost of the key derivation: 128 MB and about half a second, once. */
const N = 2 ** 17;
/** What a file may ask for: below is weak, above is an attack on our memory (N × r × 128 bytes). */
const [LEAST_N, MOST_N] = [2 ** 15, 2 ** 18];
const MOST_MEMORY = 512 * 1024 * 1024;

const base64 = (bytes: number) =>
  z.string().refine((text) => {
    const buffer = Buffer.from(text, 'base64');
    return buffer.length === bytes && buffer.toString('base64') === text;
  });

const headerSchema = z.strictObject({
  format: z.literal('omniroute-secrets'),
  version: z.literal(1),
  cipher: z.literal('aes-256-gcm'),
  nonce: base64(NONCE_BYTES),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.number().int().min(LEAST_N).max(MOST_N),
    r: z.literal(8),
    p: z.literal(1),
    salt: base64(16),
  }),
  /** Names of the secrets, in the order of their values. */
  names: z.array(z.string()),
  /** SHA-256 of the files beside it: secrets go with the config they were exported with, and with no other. */
  files: z.record(z.string(), z.string()),
});
type Header = z.infer<typeof headerSchema>;

/** Secrets by name, and the checksums of the files they belong to. */
export interface Sealed {
  secrets: Map<string, string>;
  files: Record<string, string>;
}

/**
 * `secrets.enc`: a line of JSON that says how it was made, then AES-256-GCM over the values, then the tag. That line, with the names and
 * the checksums in it, is additional data: who changes a byte of the file, a name, or the config beside it needs the passphrase.
 * The key is made from the passphrase by scrypt (RFC 7914) with a salt of its own. `cost` is scrypt's N; tests take less.
 */
export async function seal({ secrets, files }: Sealed, passphrase: string, cost = N): Promise<Uint8Array> {
  if (passphrase.length < LEAST_PASSPHRASE) {
    throw new BackupError('passphrase', `The passphrase needs at least ${LEAST_PASSPHRASE} characters.`);
  }
  const salt = randomBytes(16);
  const nonce = randomBytes(NONCE_BYTES);
  const header: Header = {
    format: 'omniroute-secrets',
    version: 1,
    cipher: 'aes-256-gcm',
    nonce: nonce.toString('base64'),
    kdf: { name: 'scrypt', N: cost, r: 8, p: 1, salt: salt.toString('base64') },
    names: [...secrets.keys()],
    files,
  };
  const line = Buffer.from(`${JSON.stringify(header)}\n`);
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt, cost), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(line);
  const data = Buffer.concat([cipher.update(JSON.stringify([...secrets.values()])), cipher.final()]);
  return Buffer.concat([line, data, cipher.getAuthTag()]);
}

/** Opens what `seal` made. Throws BackupError: `damaged` for what is no such file, `passphrase` for a wrong one or a changed file. */
export async function unseal(bytes: Uint8Array, passphrase: string): Promise<Sealed> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.indexOf(0x0a) + 1;
  const header = headerOf(buffer.subarray(0, end));
  if (buffer.length < end + TAG_BYTES) throw damaged();
  const key = await keyOf(passphrase, Buffer.from(header.kdf.salt, 'base64'), header.kdf.N);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.nonce, 'base64'), { authTagLength: TAG_BYTES });
  decipher.setAAD(buffer.subarray(0, end));
  decipher.setAuthTag(buffer.subarray(-TAG_BYTES));
  const values = z.array(z.string()).parse(JSON.parse(opened(decipher, buffer.subarray(end, -TAG_BYTES))));
  return { secrets: new Map(header.names.map((name, index) => [name, values[index] ?? ''])), files: header.files };
}

function opened(decipher: ReturnType<typeof createDecipheriv>, data: Uint8Array): string {
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
  } catch {
    throw new BackupError('passphrase', 'The secrets cannot be opened: the passphrase is wrong, or the file was changed.');
  }
}

function headerOf(line: Buffer): Header {
  try {
    return headerSchema.parse(JSON.parse(line.toString('utf8')));
  } catch {
    throw damaged();
  }
}

const damaged = (): BackupError => new BackupError('damaged', 'The secrets in the file are damaged, or of a newer version.');

function keyOf(passphrase: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  // The same letters typed on another system may be other code points.
  const normal = passphrase.normalize('NFC');
  return new Promise((resolve, reject) => {
    scrypt(normal, salt, 32, { N: cost, r: 8, p: 1, maxmem: MOST_MEMORY }, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
