import { importPKCS8, SignJWT } from 'jose';
import * as z from 'zod';
import { GatewayError } from '../conversation/error.ts';
import { parseJson } from '../conversation/json.ts';

/** A Google service account's key file, as far as it is needed. */
export interface ServiceAccount {
  client_email: string;
  private_key: string;
  private_key_id?: string;
  token_uri: string;
  project_id?: string;
}

/** Sends a form to Google's token endpoint, through the account's proxy where it has one, and gives back status and body text. The HTTP is the caller's. */
export type FetchToken = (url: string, body: string, proxy: string | null) => Promise<{ status: number; text: string }>;

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** The longest life Google gives an assertion. */
const LIFE_SECONDS = 3600;
/** A token is renewed this long before it ends, so that none ends on its way. */
const LEAD_MS = 5 * 60_000;

const serviceAccountShape = z.object({
  type: z.literal('service_account'),
  client_email: z.string().min(1),
  private_key: z.string().includes('PRIVATE KEY'),
  private_key_id: z.string().optional(),
  token_uri: z.string().default(TOKEN_URL),
  project_id: z.string().optional(),
});

/** The key file's content, or `undefined` when the text is none (an API key, an access token). */
export function parseServiceAccount(text: string): ServiceAccount | undefined {
  const parsed = serviceAccountShape.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  // The assertion proves who signed it: it goes to Google's own endpoint, whatever the file says.
  return { ...parsed.data, token_uri: isGoogle(parsed.data.token_uri) ? parsed.data.token_uri : TOKEN_URL };
}

function isGoogle(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' && /(?:^|\.)googleapis\.com$/.test(hostname);
}

/**
 * The token request of the JWT bearer grant (developers.google.com/identity/protocols/oauth2/service-account), as data.
 * `now` in milliseconds. Throws `GatewayError` (`auth`) when the private key cannot be read.
 */
export async function tokenRequest(account: ServiceAccount, now: number): Promise<{ url: string; body: string }> {
  const seconds = Math.floor(now / 1000);
  const key = await importPKCS8(account.private_key.replaceAll('\\n', '\n'), 'RS256').catch((cause: unknown) => {
    throw new GatewayError({
      class: 'auth',
      code: 'service_account_key',
      message: 'The private key in the service account file cannot be read.',
      cause,
    });
  });
  const assertion = await new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...(account.private_key_id ? { kid: account.private_key_id } : {}) })
    .setIssuer(account.client_email)
    .setAudience(account.token_uri)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + LIFE_SECONDS)
    .sign(key);
  return { url: account.token_uri, body: new URLSearchParams({ grant_type: GRANT, assertion }).toString() };
}

const replyShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(LIFE_SECONDS) });
const refusalShape = z.object({ error: z.string(), error_description: z.string().optional() });

export interface AccessToken {
  token: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** The token endpoint's reply. Throws `GatewayError`: `auth` for a refusal, `overload` or `network` for what may pass. */
export function readTokenReply(status: number, text: string, now: number): AccessToken {
  const body = parseJson(text);
  const reply = replyShape.safeParse(body);
  if (status === 200 && reply.success) return { token: reply.data.access_token, expiresAt: now + reply.data.expires_in * 1000 };
  const refusal = refusalShape.safeParse(body);
  if (status >= 400 && status < 500 && status !== 429 && refusal.success) {
    const { error, error_description: description } = refusal.data;
    throw new GatewayError({ class: 'auth', code: error, message: `Google refused the service account: ${description ?? error}.` });
  }
  throw new GatewayError({ class: 'overload', code: 'token_endpoint', message: `Google's token endpoint answered ${status}.` });
}

interface Held {
  token: Promise<AccessToken>;
  /** The token, once it is there. */
  value?: string;
  /** Infinite while the exchange is under way. */
  expiresAt: number;
}

/** Access tokens of service accounts: asked for once, kept until five minutes before they end, never written anywhere. */
export class VertexTokens {
  readonly #fetch: FetchToken;
  readonly #now: () => number;
  readonly #held = new Map<string, Held>();

  constructor(fetchToken: FetchToken, now: () => number = Date.now) {
    this.#fetch = fetchToken;
    this.#now = now;
  }

  /**
   * What goes into the request for this credential: a token for a service account's JSON, anything else (an API key, a token) as it is.
   * Requests at the same time share one exchange; a failed one is not kept.
   */
  async credentialFor(credential: string, proxy: string | null = null): Promise<string> {
    const account = parseServiceAccount(credential);
    if (!account) return credential;
    const held = this.#held.get(credential);
    const fresh = held && held.expiresAt - LEAD_MS > this.#now();
    return (await (fresh ? held.token : this.#renew(credential, account, proxy))).token;
  }

  /** Forgets a token the API has refused, so that the next request asks for a new one; a newer one stays. */
  forget(credential: string, token: string): void {
    if (this.#held.get(credential)?.value === token) this.#held.delete(credential);
  }

  #renew(credential: string, account: ServiceAccount, proxy: string | null): Promise<AccessToken> {
    const held: Held = { token: this.#exchange(account, proxy), expiresAt: Number.POSITIVE_INFINITY };
    this.#held.set(credential, held);
    held.token.then(
      ({ token, expiresAt }) => {
        held.value = token;
        held.expiresAt = expiresAt;
      },
      () => {
        if (this.#held.get(credential) === held) this.#held.delete(credential);
      },
    );
    return held.token;
  }

  async #exchange(account: ServiceAccount, proxy: string | null): Promise<AccessToken> {
    const { url, body } = await tokenRequest(account, this.#now());
    const { status, text } = await this.#fetch(url, body, proxy);
    return readTokenReply(status, text, this.#now());
  }
}
