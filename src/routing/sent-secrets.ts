import type { Account } from '../accounts/account.ts';
import { GatewayError } from '../conversation/error.ts';
import { isObject, type Json, type JsonObject } from '../conversation/json.ts';
import { inlineSecrets } from '../diagnostics/known-secrets.ts';
import { REDACTED, Redactor } from '../log/redact/redactor.ts';
import { asGatewayError } from '../upstream/http.ts';

/** What a call was sent with: any of it may come back in what the provider says. */
export interface SentWith {
  account: Pick<Account, 'config'>;
  /** The key or token that went out. */
  credential: string | undefined;
}

/** Takes out of texts what a call carried: its credential, the account's own headers, passwords of its addresses; in whatever encoding. */
export function sentSecrets({ account, credential }: SentWith): Redactor {
  const redactor = new Redactor();
  redactor.add(credential);
  for (const secret of inlineSecrets(account.config)) redactor.add(secret);
  return redactor;
}

/** A failure without the secrets of the call it came from. Clients, logs, the state file and the admin API all tell a provider's words. */
export function cleanFailure(thrown: unknown, sent: SentWith, call: { url: string; signal: AbortSignal }): GatewayError {
  return withoutSecrets(asGatewayError(thrown, call), sentSecrets(sent));
}

/** The failure with secrets taken out of its words, its code and the vendor's body; the very same when it holds none. */
export function withoutSecrets(error: GatewayError, redactor: Redactor): GatewayError {
  const message = redactor.redact(error.message);
  const code = wordOf(error.code, redactor);
  const param = wordOf(error.param, redactor);
  const body = error.raw && redactedObject(error.raw.body, redactor);
  const same = message === error.message && code === error.code && param === error.param && body === error.raw?.body;
  if (same) return error;
  return new GatewayError({
    class: error.class,
    status: error.status,
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    ...(error.raw && body ? { raw: { dialect: error.raw.dialect, body } } : {}),
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  });
}

/** Shorter pieces are words: `ollama` is the name of a provider and the key many give it. */
const LEAST_OF_A_NAME = 16;

/** A name or a code without secrets. Short ones stay: names are looked for and counted by, and what they hold may be a mere word. */
export function nameWithoutSecrets(name: string, redactor: Pick<Redactor, 'redact'>): string {
  const redacted = redactor.redact(name);
  if (redacted === name) return name;
  const taken = name.length - redacted.replaceAll(REDACTED, '').length;
  return taken >= LEAST_OF_A_NAME ? redacted : name;
}

function wordOf(word: string | undefined, redactor: Redactor): string | undefined {
  return word === undefined ? undefined : nameWithoutSecrets(word, redactor);
}

/** Fields that hold a vendor's words for machines. */
const WORDS: ReadonlySet<string> = new Set(['type', 'code', 'status', 'param', 'object']);

function redactedObject(object: JsonObject, redactor: Redactor): JsonObject {
  let changed = false;
  const entries = Object.entries(object).map(([name, value]) => {
    const clean = value === undefined ? value : redactedJson(value, redactor, WORDS.has(name));
    const cleanName = nameWithoutSecrets(name, redactor);
    changed ||= clean !== value || cleanName !== name;
    return [cleanName, clean];
  });
  return changed ? Object.fromEntries(entries) : object;
}

function redactedJson(value: Json, redactor: Redactor, isWord: boolean): Json {
  if (typeof value === 'string') return isWord ? nameWithoutSecrets(value, redactor) : redactor.redact(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => redactedJson(item, redactor, false));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  return isObject(value) ? redactedObject(value, redactor) : value;
}
