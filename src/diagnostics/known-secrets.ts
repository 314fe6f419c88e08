import type { Vault } from '../accounts/vault.ts';
import type { AccountConfig, Config } from '../config/schema.ts';
import { Redactor } from '../log/redact/redactor.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A redactor that knows every secret of this installation that can be found: whatever text it is in, it goes. */
export async function redactorOf(config: Config | undefined, env: Environment, vault: Vault | undefined): Promise<Redactor> {
  const redactor = new Redactor();
  const add = (texts: readonly (string | undefined)[]): void => {
    for (const text of texts) redactor.add(text);
  };
  add(secretVariables(env));
  for (const account of config?.accounts ?? []) {
    add(inlineSecrets(account));
    add([await credentialOf(account, env, vault)]);
  }
  add([await vault?.get('gateway-key/default').catch(() => undefined)]);
  return redactor;
}

async function credentialOf({ credential }: AccountConfig, env: Environment, vault: Vault | undefined): Promise<string | undefined> {
  if (!credential) return undefined;
  if ('env' in credential) return env[credential.env];
  // A vault that cannot be read is no reason to give no diagnostics: it may be what the report is about.
  return await vault?.get(credential.secret).catch(() => undefined);
}

/** `enabled`, `keychain`: of many variables the value is a word that stands elsewhere too. */
const WORD = /^[a-z]{0,11}$/i;

/** Values of variables whose names say that they are secret, and passwords of proxies. */
function secretVariables(env: Environment): (string | undefined)[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const isSecret = /key|token|secret|pass|auth|credential/i.test(name) && (name.startsWith('OMNIROUTE_') || !WORD.test(value));
    return isSecret ? [value] : urlSecrets(value);
  });
}

/** Values of an account's config that may hold a secret although they should not: headers, passwords and queries in addresses. */
export function inlineSecrets({ headers, parameters, proxy, baseUrl }: AccountConfig): string[] {
  return [
    ...Object.values(headers ?? {}),
    ...[baseUrl, proxy, ...Object.values(parameters ?? {})].flatMap((url) => (url ? urlSecrets(url) : [])),
  ];
}

function urlSecrets(text: string): string[] {
  if (!/^[a-z0-9+.-]+:\/\//i.test(text) || !URL.canParse(text)) return [];
  const { username, password, searchParams } = new URL(text);
  return [username, password, decoded(username), decoded(password), ...searchParams.values()].filter(Boolean);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
