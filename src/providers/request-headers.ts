import type { DialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';
import type { AuthForm, Endpoint, Provider } from './provider.ts';
import { type AccountAddress, fillHeader, parameterValues } from './url-template.ts';

/** Google's API keys; any other text for a Google cloud account is an access token. */
const GOOGLE_API_KEY = /^(?:AIza|AQ\.)/;

function googleHeaders(credential: string): Record<string, string> {
  // A service account's JSON holds a private key: it is exchanged for a token first (vertex-token.ts) and must never be sent itself.
  if (credential.trimStart().startsWith('{')) {
    throw new GatewayError({
      class: 'internal',
      code: 'credential_not_exchanged',
      message: 'A service account key was about to be sent as it is.',
    });
  }
  return GOOGLE_API_KEY.test(credential) ? { 'x-goog-api-key': credential } : { authorization: `Bearer ${credential}` };
}

function authHeaders(auth: AuthForm, credential: string | undefined): Record<string, string> {
  const key = credential || (auth.type === 'bearer' ? auth.fallbackKey : undefined);
  if (!key) return {};
  switch (auth.type) {
    case 'none':
    case 'query':
      return {};
    case 'bearer':
      return { authorization: `Bearer ${key}` };
    case 'header':
      return { [auth.header.toLowerCase()]: `${auth.prefix ?? ''}${key}` };
    case 'google-service-account':
      return googleHeaders(key);
  }
}

/** How this endpoint takes its credential. */
export const authOf = (provider: Provider, endpoint: Endpoint): AuthForm => endpoint.auth ?? provider.auth;

/**
 * The headers that carry the credential, and those the provider always wants; names in lower case. For a Google cloud account the
 * credential is the access token or an API key, never the service account's JSON (that throws). `account` fills `{parameter}`s.
 */
export function requestHeaders(
  provider: Provider,
  endpoint: Endpoint,
  dialect: DialectId,
  credential: string | undefined,
  account: AccountAddress = {},
): Record<string, string> {
  const headers: Record<string, string> = dialect === 'anthropic-messages' ? { 'anthropic-version': '2023-06-01' } : {};
  const values = parameterValues(provider, account);
  for (const [name, template] of Object.entries({ ...provider.headers, ...endpoint.headers })) {
    const value = fillHeader(template, values);
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  return { ...headers, ...authHeaders(authOf(provider, endpoint), credential) };
}

/** The URL with the credential in its query, for the few hosts that take it nowhere else. Keep such a URL out of logs. */
export function urlWithCredential(url: string, auth: AuthForm, credential: string | undefined): string {
  if (auth.type !== 'query' || !credential) return url;
  const whole = new URL(url);
  whole.searchParams.set(auth.parameter, credential);
  return whole.href;
}
