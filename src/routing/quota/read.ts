import type { Account } from '../../accounts/account.ts';
import { readQuotaBody } from '../../accounts/quota/forms/index.ts';
import type { QuotaSnapshot } from '../../accounts/quota/types.ts';
import { parseJson } from '../../conversation/json.ts';
import type { QuotaReader } from '../../providers/provider.ts';
import { asGatewayError } from '../../upstream/http.ts';
import { readText, TooLarge } from '../../upstream/read-text.ts';
import { type Callee, type Caller, callAccount, failureOf } from '../call-account.ts';
import { redacted } from '../contexts.ts';

/** A few windows take a few kilobytes; what is larger is no quota. */
const MAX_BYTES = 256 * 1024;
const MAX_MESSAGE = 300;

/**
 * How this account's quota is read, where it can be. Not for an account with a base URL of its own at another host: its key is that
 * host's and must not go to the vendor.
 */
export function readerOf({ provider, config }: Account): QuotaReader | undefined {
  if (!provider.quota || !config.credential) return undefined;
  const own = config.baseUrl?.trim() || config.parameters?.baseUrl?.trim();
  const hosts = Object.values(provider.endpoints).map(({ baseUrl }) => originOf(baseUrl));
  return own && !hosts.includes(originOf(own)) ? undefined : provider.quota;
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

/**
 * Asks the provider once what is left; `undefined` where it cannot be asked. Never rejects: a failure is the snapshot's `error`, in the
 * provider's words without the credential, and says nothing about the account's health.
 */
export async function readQuota(
  caller: Caller & { now(): number },
  account: Account,
  signal: AbortSignal,
): Promise<QuotaSnapshot | undefined> {
  const reader = readerOf(account);
  if (!reader) return undefined;
  const id = account.config.id;
  try {
    const body = await bodyOf(caller, account, reader, signal);
    const at = caller.now();
    const { plan, windows, refusal } = readQuotaBody(reader, body, at);
    if (refusal !== undefined) return failed(id, refusal, at);
    if (windows.length === 0 && plan === undefined) return failed(id, 'The provider answered without any figure of a quota.', at);
    return { account: id, ...(plan !== undefined && { plan }), windows: windows.map((each) => ({ ...each, source: 'reader', at })), at };
  } catch (thrown) {
    const message =
      thrown instanceof TooLarge ? 'The answer is too large for a quota.' : asGatewayError(thrown, { url: reader.url, signal }).message;
    return failed(id, message, caller.now());
  }
}

function failed(account: string, message: string, at: number): QuotaSnapshot {
  return { account, windows: [], at: 0, error: { message: message.slice(0, MAX_MESSAGE), at } };
}

async function bodyOf(caller: Caller & { now(): number }, account: Account, { url }: QuotaReader, signal: AbortSignal): Promise<unknown> {
  // Quota endpoints speak no dialect; this one adds no headers of its own.
  const callee: Callee = { account, dialect: 'openai-chat', endpoint: { baseUrl: url } };
  const called = await callAccount(caller, callee, { method: 'GET', url, signal });
  const { response, credential } = called;
  const text = redacted(await readText(response.body, { maxBytes: MAX_BYTES, past: 'fail' }), credential);
  if (response.status >= 400) throw failureOf(callee, called, text, caller.now());
  return parseJson(text);
}
