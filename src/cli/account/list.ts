import { parseArgs } from 'node:util';
import { bareUrl } from '../../backup/bare-url.ts';
import { ConfigFile } from '../../config/file.ts';
import type { AccountConfig, CredentialRef } from '../../config/schema.ts';
import { providerById } from '../../providers/catalogue.ts';
import { dataFolder, type Io, writeList } from '../io.ts';
import { noNames } from '../subcommands.ts';

/** `omniroute account list`. Tells where keys are, never keys. */
export async function list(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, data: { type: 'string' } },
  });
  noNames(positionals, 'account list');
  const { accounts } = await new ConfigFile(dataFolder(values.data, io.env)).load();
  const none = 'No accounts yet: "omniroute account add PROVIDER --name NAME --key-env VAR" adds one.';
  writeList(io, { json: values.json }, accounts.map(shown), accounts.map(row), none);
  return 0;
}

function row(entry: AccountConfig): string[] {
  const bounds = boundsText(entry);
  return [
    entry.name,
    entry.provider,
    `${prefixOf(entry)}/…`,
    credentialText(entry.credential),
    `priority ${entry.priority}`,
    ...(bounds ? [bounds] : []),
  ];
}

/** As in the config, with what the provider adds. Header values, passwords and queries of addresses stay out: they may be secrets. */
function shown({ headers, proxy, baseUrl, parameters, ...entry }: AccountConfig): Record<string, unknown> {
  return {
    ...entry,
    prefix: prefixOf(entry),
    tier: providerById(entry.provider)?.tier ?? null,
    ...(baseUrl === undefined ? {} : { baseUrl: bareUrl(baseUrl) }),
    ...(parameters ? { parameters: Object.fromEntries(Object.entries(parameters).map(bareParameter)) } : {}),
    proxy: proxy === null ? null : proxyText(proxy),
    ...(headers ? { headers: Object.keys(headers) } : {}),
  };
}

const bareParameter = ([name, value]: [string, string]): [string, string] => [name, URL.canParse(value) ? bareUrl(value) : value];

function boundsText({ enabled, limits, headroom, models, proxy }: AccountConfig): string {
  return [
    enabled ? '' : 'disabled',
    limits?.rpm === undefined ? '' : `${limits.rpm} requests a minute`,
    limits?.tpm === undefined ? '' : `${limits.tpm} tokens a minute`,
    limits?.minGapMs === undefined ? '' : `${limits.minGapMs} ms apart`,
    limits?.maxConcurrent === undefined ? '' : `${limits.maxConcurrent} at a time`,
    headroom ? `${headroom} % left unused` : '',
    models?.allow ? `only ${models.allow.join(', ')}` : '',
    models?.deny ? `never ${models.deny.join(', ')}` : '',
    proxy === null ? '' : `by ${proxyText(proxy)}`,
  ]
    .filter(Boolean)
    .join('; ');
}

function proxyText(proxy: string): string {
  const { protocol, host } = new URL(proxy);
  return `${protocol}//${host}`;
}

function prefixOf(entry: Pick<AccountConfig, 'prefix' | 'provider'>): string {
  return entry.prefix ?? providerById(entry.provider)?.prefix ?? '?';
}

function credentialText(reference: CredentialRef | undefined): string {
  if (!reference) return 'no key';
  return 'env' in reference ? `$${reference.env}` : 'key in the vault';
}
