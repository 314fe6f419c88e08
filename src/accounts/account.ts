import type { AccountConfig, Config } from '../config/schema.ts';
import { matchesAny } from '../config/wildcard.ts';
import { GatewayError } from '../conversation/error.ts';
import { providerById } from '../providers/catalogue.ts';
import type { Provider } from '../providers/provider.ts';
import { VertexTokens } from '../providers/vertex-token.ts';
import type { Upstream } from '../upstream/http.ts';
import { readText } from '../upstream/read-text.ts';
import type { Vault } from './vault.ts';

/** An account of the config together with its provider's definition. */
export interface Account {
  config: AccountConfig;
  provider: Provider;
  /** First part of its model names. */
  prefix: string;
}

/** The account's own lists of what it may be used for. */
export function mayUse({ config }: Account, model: string): boolean {
  const { allow, deny } = config.models ?? {};
  return (!allow || matchesAny(allow, model)) && !(deny && matchesAny(deny, model));
}

/** The built-in demo provider needs no account of the user's: it is always there. */
const DEMO: AccountConfig = { id: 'demo', provider: 'demo', name: 'Demo', priority: 1_000_000, enabled: true, proxy: null };

/** The enabled accounts of a config, best priority first. Unknown providers are reported, not fatal: the other accounts still work. */
export function accountsOf(config: Config, report: (problem: string) => void): Account[] {
  const accounts: Account[] = [];
  for (const entry of [...config.accounts, DEMO]) {
    const provider = providerById(entry.provider);
    if (!provider) {
      report(`account "${entry.name}": unknown provider "${entry.provider}"`);
      continue;
    }
    if (!entry.enabled) continue;
    accounts.push({ config: entry, provider, prefix: entry.prefix ?? provider.prefix });
  }
  return accounts.sort((a, b) => a.config.priority - b.config.priority);
}

/** Reads credentials by reference. Values stay in here and in request headers. */
export class Credentials {
  readonly #vault: Vault;
  readonly #env: Record<string, string | undefined>;
  readonly #tokens: VertexTokens;
  readonly #seen: (secret: string) => void;

  /** `seen` is told of each secret that was read, so that it can be kept out of texts. */
  constructor(vault: Vault, env: Record<string, string | undefined>, upstream: Upstream, seen: (secret: string) => void = () => {}) {
    this.#seen = seen;
    this.#vault = vault;
    this.#env = env;
    this.#tokens = new VertexTokens((url, body, proxy) => postForm(upstream, url, body, proxy));
  }

  /** The account's secret, or `undefined` when it has none and needs none. Throws class `auth` when one is named but absent. */
  async of(account: Account): Promise<string | undefined> {
    const value = await this.#value(account);
    // A service account's key file stays here; what goes out is a short-lived token.
    if (value === undefined || !this.renewable(account)) return value;
    const token = await this.#tokens.credentialFor(value, account.config.proxy);
    this.#seen(token);
    return token;
  }

  /** Whether what goes out is made from the account's secret, so that another one can be made when it is refused. */
  renewable(account: Account): boolean {
    return account.provider.auth.type === 'google-service-account';
  }

  /**
   * The provider refused this credential of the account: a token is made anew next time. One that was made anew meanwhile stays, so
   * many requests that meet one expired token renew it once.
   */
  async refused(account: Account, used: string): Promise<void> {
    if (!this.renewable(account)) return;
    const value = await this.#value(account);
    if (value !== undefined) this.#tokens.forget(value, used);
  }

  async #value(account: Account): Promise<string | undefined> {
    const reference = account.config.credential;
    if (!reference) return undefined;
    const value = 'env' in reference ? this.#env[reference.env] : await this.#vault.get(reference.secret);
    if (value) {
      this.#seen(value);
      return value;
    }
    const where =
      'env' in reference ? `the environment variable ${reference.env} is not set where the gateway runs` : 'its key is not in the vault';
    throw new GatewayError({
      class: 'auth',
      code: 'credential_missing',
      message: `Account "${account.config.name}" has no key: ${where}.`,
    });
  }
}

const TOKEN_MS = 15_000;

async function postForm(upstream: Upstream, url: string, body: string, proxy: string | null): Promise<{ status: number; text: string }> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const response = await upstream.send({ method: 'POST', url, headers, body, signal: AbortSignal.timeout(TOKEN_MS), proxy });
  return { status: response.status, text: await readText(response.body) };
}
