import type { Account } from '../accounts/account.ts';
import { type FailureClass, GatewayError } from '../conversation/error.ts';
import type { Redactor } from '../log/redact/redactor.ts';
import type { ModelInfo } from '../providers/provider.ts';
import { asGatewayError } from '../upstream/http.ts';
import type { Caller } from './call-account.ts';
import { askForCompletion, askForModels } from './check-calls.ts';
import { sentSecrets, withoutSecrets } from './sent-secrets.ts';

/**
 * What a check found out.
 * `proof`: what showed that the key works; `none` where nothing could be asked. `note`: the key is fine, but something else is not.
 * `refused`: the provider said no to the key itself; any other failure (network, overload) says nothing about it.
 * The error's words are the provider's own where it answered, without the credential.
 */
export type CheckResult =
  | { ok: true; proof: 'models' | 'completion' | 'none'; models?: ModelInfo[]; note?: string; ms: number }
  | { ok: false; error: GatewayError; refused: boolean; ms: number };

export interface CheckOptions {
  signal: AbortSignal;
  /** A model to ask for a completion, instead of what the account itself suggests. */
  model?: string | undefined;
}

/** What the questions were sent with. A credential that cannot be had was not sent. */
async function secretsOf({ credentials }: Caller, account: Account): Promise<Redactor> {
  return sentSecrets({ account, credential: await credentials.of(account).catch(() => undefined) });
}

type Proof = Omit<Extract<CheckResult, { ok: true }>, 'ms'>;
export type CheckContext = Caller & { now(): number };

const CHECK_MS = 15_000;

/**
 * Asks the provider whether this account works: for its models where the list needs the key, else for a completion of one token.
 * Never rejects. Takes 15 s at most.
 */
export async function checkAccount(context: CheckContext, account: Account, options: CheckOptions): Promise<CheckResult> {
  const began = context.now();
  const limit = timeLimit(options.signal);
  try {
    const proof = await proofOf(context, account, { ...options, signal: limit.signal });
    const note = proof.note === undefined ? {} : { note: (await secretsOf(context, account)).redact(proof.note) };
    return { ...proof, ...note, ms: context.now() - began };
  } catch (thrown) {
    const error = withoutSecrets(asGatewayError(thrown, { url: '', signal: limit.signal }), await secretsOf(context, account));
    return { ok: false, error, refused: saysNo(error), ms: context.now() - began };
  } finally {
    limit.cancel();
  }
}

async function proofOf(context: CheckContext, account: Account, options: CheckOptions): Promise<Proof> {
  if (account.provider.offline) return { ok: true, proof: 'none' };
  const model = options.model ?? knownModel(account);
  const telling = listProvesKey(account);
  const list =
    options.model === undefined && (telling || model === undefined) ? await askForModels(context, account, options.signal) : undefined;
  if (telling && list && 'models' in list) return { ok: true, proof: 'models', models: list.models };
  const models = list && 'models' in list ? list.models : undefined;
  const asked = model ?? firstChatModel(models);
  const failure = list && 'error' in list ? list.error : undefined;
  if (telling && failure && !leavesOpen(failure, asked !== undefined)) return accepted(failure, 'models');
  if (asked === undefined) return { ok: true, proof: 'none', ...(models ? { models } : {}), ...(failure ? { note: failure.message } : {}) };
  const refusal = await askForCompletion(context, account, asked, options.signal);
  if (refusal) return accepted(refusal, 'completion');
  return { ok: true, proof: 'completion', ...(models ? { models } : {}) };
}

/** A list that anybody may read proves nothing about a key; without a key there is nothing more to prove than that the host answers. */
function listProvesKey({ provider, config }: Account): boolean {
  return provider.models.needsKey !== false || !config.credential;
}

function knownModel({ provider, config }: Account): string | undefined {
  return config.models?.preferred ?? config.models?.custom?.[0]?.id ?? provider.models.seed[0]?.id;
}

const NO_CHAT = /embed|whisper|tts|rerank|moderation|image|guard|ocr|transcri/i;

function firstChatModel(models: readonly ModelInfo[] | undefined): string | undefined {
  return (models?.find(({ id }) => !NO_CHAT.test(id)) ?? models?.[0])?.id;
}

/**
 * A failed list that does not settle the matter: hosts without one (404, 405), a key that may chat but not list (OpenAI's restricted keys
 * answer 403 "Missing scopes: api.model.read"), a 400 about the list itself.
 */
function leavesOpen({ status, class: kind }: GatewayError, canComplete: boolean): boolean {
  if (status === 404 || status === 405) return true;
  return canComplete && ((status === 403 && kind === 'auth') || kind === 'request');
}

/** Vendors look at the key first: who is told of limits, money or the model has got past it. */
const PAST_THE_KEY: ReadonlySet<FailureClass> = new Set(['rate', 'quota', 'billing', 'context', 'capability', 'policy', 'empty']);

/** A failure behind which the key was fine, as a proof with a note; any other is thrown. */
function accepted(error: GatewayError, proof: 'models' | 'completion'): Proof {
  if (saysNo(error) || !PAST_THE_KEY.has(error.class) || isWrongPath(error)) throw error;
  return { ok: true, proof, note: `The key was accepted, but the provider said: ${error.message}` };
}

/** A 404 that speaks of no model comes from a base URL that leads nowhere. */
function isWrongPath({ status, message, code }: GatewayError): boolean {
  return status === 404 && !/model|deployment/i.test(`${message} ${code ?? ''}`);
}

/** Problems of the account's own settings: nobody was asked. */
const OURS: ReadonlySet<string | undefined> = new Set([
  'credential_missing',
  'account_base_url',
  'account_parameter',
  'credential_not_exchanged',
]);

function saysNo({ class: kind, status, code }: GatewayError): boolean {
  if (kind === 'billing') return status === 401 || status === 403;
  return kind === 'auth' && !OURS.has(code);
}

function timeLimit(outer: AbortSignal): { signal: AbortSignal; cancel(): void } {
  const own = new AbortController();
  const message = `The provider did not answer within ${CHECK_MS / 1000} s.`;
  const late = (): void => own.abort(new GatewayError({ class: 'network', status: 504, code: 'check_timeout', message }));
  const gone = (): void => own.abort(outer.reason);
  const timer = setTimeout(late, CHECK_MS);
  outer.addEventListener('abort', gone, { once: true });
  if (outer.aborted) gone();
  return {
    signal: own.signal,
    cancel: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', gone);
    },
  };
}
