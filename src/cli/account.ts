import { parseArgs } from 'node:util';
import { FileVault } from '../accounts/file-vault.ts';
import { ConfigFile, newShortId } from '../config/file.ts';
import { type AccountConfig, accountSchema, type Config, type CredentialRef, describeIssues } from '../config/schema.ts';
import { nearestProviders, providerById } from '../providers/catalogue.ts';
import type { Provider } from '../providers/provider.ts';
import { dataFolder, type Io, readStdin, table, UsageError } from './io.ts';

const OPTIONS = {
  name: { type: 'string' },
  'base-url': { type: 'string' },
  prefix: { type: 'string' },
  param: { type: 'string', multiple: true },
  proxy: { type: 'string' },
  priority: { type: 'string' },
  'key-env': { type: 'string' },
  'key-stdin': { type: 'boolean' },
  'no-key': { type: 'boolean' },
  data: { type: 'string' },
} as const;

type Values = ReturnType<typeof parse>['values'];
const parse = (args: string[]) => parseArgs({ args, allowPositionals: true, options: OPTIONS });

/** `omniroute account add | list | remove`. */
export async function account(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parse(args);
  const [action, subject] = positionals;
  const folder = dataFolder(values.data, io.env);
  switch (action) {
    case 'add':
      return await add(folder, subject, values, io);
    case 'list':
      return await list(folder, io);
    case 'remove':
      return await remove(folder, subject, io);
    default:
      throw new UsageError('account add PROVIDER --name NAME (--key-env VAR | --key-stdin) | account list | account remove NAME');
  }
}

async function add(folder: string, id: string | undefined, values: Values, io: Io): Promise<number> {
  const provider = providerNamed(id);
  const name = values.name ?? provider.id;
  const file = new ConfigFile(folder);
  await file.load();
  const entry = draft(provider, name, values);
  const { credential, secret } = await credentialFrom(values, provider, entry.id, io);
  const checked = accountSchema.safeParse(credential ? { ...entry, credential } : entry);
  if (!checked.success) throw new UsageError(describeIssues(checked.error).join('; '));
  if (secret) await new FileVault(folder).set(secret.name, secret.value);
  await file.update((config) => insert(config, checked.data));
  const prefix = entry.prefix ?? provider.prefix;
  if (provider.terms.notice) io.stderr.write(`${provider.name}: ${provider.terms.notice}\n`);
  const first = provider.models.seed[0];
  io.stdout.write(`Added ${provider.name} "${name}". Its models are ${prefix}/…${first ? `, for instance ${prefix}/${first.id}` : ''}\n`);
  return 0;
}

function providerNamed(id: string | undefined): Provider {
  if (!id) throw new UsageError('a provider is missing: omniroute account add PROVIDER --name NAME …; "omniroute providers" lists them');
  const provider = providerById(id);
  if (provider && !provider.offline) return provider;
  const near = nearestProviders(id, 3).map((entry) => entry.id);
  throw new UsageError(
    `unknown provider "${id}"${near.length > 0 ? `; nearest: ${near.join(', ')}` : ''}. "omniroute providers" lists them all`,
  );
}

function draft(provider: Provider, name: string, values: Values): Record<string, unknown> & { id: string; prefix?: string } {
  const parameters = parametersFrom(values.param ?? []);
  if (provider.customBaseUrl && !values['base-url']) throw new UsageError(`${provider.id} needs --base-url URL`);
  const missing = (provider.parameters ?? []).filter(
    (wanted) =>
      wanted.name !== 'baseUrl' && !wanted.optional && !wanted.derived && wanted.default === undefined && !parameters[wanted.name],
  );
  if (missing.length > 0)
    throw new UsageError(
      `${provider.id} needs ${missing.map((wanted) => `--param ${wanted.name}=… (${wanted.label}, such as ${wanted.example})`).join(' and ')}`,
    );
  return {
    id: newShortId(),
    provider: provider.id,
    name,
    ...(values.prefix ? { prefix: values.prefix } : {}),
    ...(values['base-url'] ? { baseUrl: values['base-url'] } : {}),
    ...(Object.keys(parameters).length > 0 ? { parameters } : {}),
    ...(values.priority === undefined ? {} : { priority: Number(values.priority) }),
    proxy: values.proxy ?? null,
  };
}

function parametersFrom(pairs: readonly string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals <= 0) throw new UsageError(`--param takes NAME=VALUE, not "${pair}"`);
    parameters[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return parameters;
}

async function credentialFrom(
  values: Values,
  provider: Provider,
  id: string,
  io: Io,
): Promise<{ credential?: CredentialRef; secret?: { name: string; value: string } }> {
  const variable = values['key-env'];
  if (variable !== undefined) {
    if (!io.env[variable]) io.stderr.write(`Note: ${variable} is not set here. The gateway needs it in its own environment.\n`);
    return { credential: { env: variable } };
  }
  if (values['key-stdin']) {
    const value = await readStdin(io);
    if (!value.trim()) throw new UsageError('--key-stdin: nothing came on standard input');
    const name = `account/${id}`;
    return { credential: { secret: name }, secret: { name, value: value.trim() } };
  }
  const keyless = provider.auth.type === 'none' || (provider.auth.type === 'bearer' && provider.auth.optional);
  if (values['no-key'] || keyless) return {};
  throw new UsageError(
    `${provider.id} needs a key: --key-env VAR (${provider.env?.[0] ?? 'the name of an environment variable'}) or --key-stdin`,
  );
}

function insert(config: Config, entry: AccountConfig): void {
  if (config.accounts.some((other) => other.name === entry.name && other.provider === entry.provider)) {
    throw new Error(`There is already a ${entry.provider} account named "${entry.name}".`);
  }
  config.accounts.push(entry);
}

async function list(folder: string, io: Io): Promise<number> {
  const { accounts } = await new ConfigFile(folder).load();
  const rows = accounts.map((entry) => [
    entry.name,
    entry.provider,
    `${entry.prefix ?? providerById(entry.provider)?.prefix ?? '?'}/…`,
    credentialText(entry.credential),
    entry.enabled ? '' : 'disabled',
  ]);
  io.stdout.write(
    rows.length > 0 ? `${table(rows)}\n` : 'No accounts yet: "omniroute account add PROVIDER --name NAME --key-env VAR" adds one.\n',
  );
  return 0;
}

function credentialText(reference: CredentialRef | undefined): string {
  if (!reference) return 'no key';
  return 'env' in reference ? `$${reference.env}` : 'key in the vault';
}

async function remove(folder: string, name: string | undefined, io: Io): Promise<number> {
  if (!name) throw new UsageError('a name is missing: omniroute account remove NAME');
  const gone = await new ConfigFile(folder).update((config) => {
    const matching = config.accounts.filter((entry) => entry.name === name || entry.id === name);
    if (matching.length === 0) throw new Error(`There is no account named "${name}".`);
    if (matching.length > 1)
      throw new Error(
        `Several accounts are named "${name}": name one by its id: ${matching.map((entry) => `${entry.id} (${entry.provider})`).join(', ')}.`,
      );
    config.accounts = config.accounts.filter((entry) => !matching.includes(entry));
    return matching[0];
  });
  if (gone?.credential && 'secret' in gone.credential) await new FileVault(folder).delete(gone.credential.secret);
  io.stdout.write(`Removed ${name}, and its key with it.\n`);
  return 0;
}
