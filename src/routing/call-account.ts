import type { Account } from '../accounts/account.ts';
import type { DialectId } from '../conversation/dialect-id.ts';
import type { GatewayError } from '../conversation/error.ts';
import { parseJson } from '../conversation/json.ts';
import { providerDialect } from '../dialects/registry.ts';
import { authOf, requestHeaders, urlWithCredential } from '../providers/endpoint.ts';
import type { Endpoint } from '../providers/provider.ts';
import type { Upstream, UpstreamResponse } from '../upstream/http.ts';
import { readText } from '../upstream/read-text.ts';
import { redacted } from './contexts.ts';
import { sentSecrets, withoutSecrets } from './sent-secrets.ts';

/** Whom a call that is no chat turn goes to. */
export interface Callee {
  account: Account;
  endpoint: Endpoint;
  dialect: DialectId;
}

/** What a call is sent with. `credentials` may be other than the vault's: a key that is tried before it is kept. */
export interface Caller {
  upstream: Upstream;
  credentials: { of(account: Account): Promise<string | undefined> };
}

export interface Called {
  response: UpstreamResponse;
  /** What the call was signed with, to be taken out of texts. */
  credential: string | undefined;
  account: Account;
}

/** Sends one request (a model list, a count, embeddings …) with the account's credential, headers and proxy. `url` holds no credential. */
export async function callAccount(
  { upstream, credentials }: Caller,
  { account, endpoint, dialect }: Callee,
  call: { method: 'GET' | 'POST'; url: string; body?: string; signal: AbortSignal },
): Promise<Called> {
  const { provider, config } = account;
  const credential = await credentials.of(account);
  const response = await upstream.send({
    ...call,
    url: urlWithCredential(call.url, authOf(provider, endpoint), credential),
    headers: {
      ...(call.body === undefined ? { accept: 'application/json' } : { 'content-type': 'application/json' }),
      ...requestHeaders(provider, endpoint, dialect, credential, config),
      ...config.headers,
    },
    proxy: config.proxy,
  });
  return { response, credential, account };
}

/** The body of an answer, without the credential should the vendor repeat it. */
export async function textOf({ response, credential }: Called): Promise<string> {
  return redacted(await readText(response.body), credential);
}

/** A refused call in the vendor's own words, without what it was sent with. */
export function failureOf({ account, dialect }: Callee, called: Called, text: string, now: number): GatewayError {
  const { status, headers } = called.response;
  const failure = providerDialect(dialect).readError(status, headers, parseJson(text) ?? text, account.provider.errors ?? [], now);
  return withoutSecrets(failure, sentSecrets(called));
}
