import { isKeyless } from '../../accounts/manage.ts';
import type { CredentialRef } from '../../config/schema.ts';
import type { Provider } from '../../providers/provider.ts';
import { type Io, readStdin, UsageError } from '../io.ts';

export interface KeyValues {
  'key-env'?: string;
  'key-stdin'?: boolean;
  'no-key'?: boolean;
}

/** What a command line says about an account's key. */
export type GivenKey =
  /** To be kept in the vault. */
  | { from: 'stdin'; value: string }
  /** Read where the gateway runs; `value` when the variable is set here as well. */
  | { from: 'env'; variable: string; value: string | undefined }
  | { from: 'none' };

/** Reads the key of `--key-env` or `--key-stdin`. A variable that is not set here is noted, not refused: the gateway may have it. */
export async function givenKey(values: KeyValues, provider: Provider, io: Io): Promise<GivenKey> {
  const variable = values['key-env'];
  if (variable !== undefined && values['key-stdin']) throw new UsageError('--key-env or --key-stdin, not both');
  if (variable !== undefined) return fromEnvironment(variable, io);
  if (values['key-stdin']) {
    const value = (await readStdin(io)).trim();
    if (!value) throw new UsageError('--key-stdin: nothing came on standard input');
    // No header can carry it; a service account's key file is sent as a token made from it.
    if (!value.startsWith('{') && /[^\x20-\x7e]/.test(value))
      throw new UsageError('--key-stdin: a key holds no line breaks and no letters outside ASCII; is there more than the key?');
    return { from: 'stdin', value };
  }
  if (values['no-key'] || isKeyless(provider)) return { from: 'none' };
  throw new UsageError(
    `${provider.id} needs a key: --key-env VAR (${provider.env?.[0] ?? 'the name of an environment variable'}) or --key-stdin`,
  );
}

function fromEnvironment(variable: string, io: Io): GivenKey {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable))
    throw new UsageError('--key-env takes the name of an environment variable; a key itself comes in by --key-stdin');
  const value = io.env[variable] || undefined;
  if (!value) io.stderr.write(`Note: ${variable} is not set here. The gateway needs it in its own environment.\n`);
  return { from: 'env', variable, value };
}

/** Where the account will find its key. */
export function referenceTo(key: GivenKey, secret: string): CredentialRef | undefined {
  switch (key.from) {
    case 'stdin':
      return { secret };
    case 'env':
      return { env: key.variable };
    case 'none':
      return undefined;
  }
}
