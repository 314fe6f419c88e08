import type { Context } from 'hono';
import { withCandidateKey } from '../../accounts/candidate-key.ts';
import { joinedAccount } from '../../accounts/manage.ts';
import type { AccountConfig } from '../../config/schema.ts';
import { type CheckResult, checkAccount } from '../../routing/check-account.ts';
import { abortWhenGone } from '../client-gone.ts';
import type { Env, Gateway } from '../context.ts';
import { refusal } from './errors.ts';

/** A key to be tried before it is kept: the key itself, or the name of a variable the gateway has. */
export type Candidate = { key: string } | { env: string };

/** Asks the provider about an account with the key it has, or with another. A client that leaves ends the question, and all that hangs on it. */
export async function tested(
  c: Context<Env>,
  gateway: Gateway,
  entry: AccountConfig,
  options: { candidate?: Candidate | undefined; model?: string | undefined },
): Promise<CheckResult> {
  const abort = new AbortController();
  abortWhenGone(c.env.outgoing, abort);
  const { upstream, now } = gateway;
  const { entry: asked, credentials } = tryable(gateway, entry, options.candidate);
  const result = await checkAccount({ upstream, credentials, now }, joinedAccount(asked), { signal: abort.signal, model: options.model });
  // Who left in the middle has taken it back: nothing may be stored on what an ended question found.
  abort.signal.throwIfAborted();
  return result;
}

function tryable({ upstream, credentials }: Gateway, entry: AccountConfig, candidate: Candidate | undefined) {
  if (!candidate) return { entry, credentials };
  if ('env' in candidate) return { entry: { ...entry, credential: { env: candidate.env } }, credentials };
  return withCandidateKey(candidate.key, entry, upstream);
}

/** What a test found, for an answer: how many models rather than which, and the provider's words. */
export function testView(result: CheckResult) {
  const { ok, ms } = result;
  if (!result.ok) {
    const { message, code, class: kind } = result.error;
    return { ok, ms, refused: result.refused, error: { message, code: code ?? kind, class: kind } };
  }
  const { proof, models, note } = result;
  return { ok, ms, proof, models: models?.length, note };
}

/** Throws 422 in the provider's own words when it said no to the key. */
export function refuseRefused(result: CheckResult): void {
  if (!result.ok && result.refused) throw refusal(422, 'credential_refused', result.error.message);
}

/** Throws 422 with the reason when nothing could be found out about the key. */
export function refuseUnproven(result: CheckResult): void {
  if (!result.ok && !result.refused) throw refusal(422, 'not_reached', result.error.message);
}

/** The key works, or is new: what was noted against the account is over, and its models are read anew. */
export function freshen({ router, models }: Gateway, accountId: string): void {
  router.health.signedIn(accountId);
  models.clear(accountId);
}
