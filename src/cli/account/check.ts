import { Credentials } from '../../accounts/account.ts';
import { joinedAccount } from '../../accounts/manage.ts';
import type { Vault } from '../../accounts/vault.ts';
import type { AccountConfig } from '../../config/schema.ts';
import { GatewayError } from '../../conversation/error.ts';
import { type CheckResult, checkAccount } from '../../routing/check-account.ts';
import { Upstream } from '../../upstream/http.ts';
import type { Io } from '../io.ts';
import type { GivenKey } from './key-input.ts';

/** How long a command that adds a key waits for its test: somebody sits in front of it. */
const PATIENCE_MS = 5000;

/** Asks the provider about an account, saved or not, with the key found in `from`. */
export async function check(
  account: AccountConfig,
  from: { vault: Vault; env: Io['env'] },
  { waitMs = PATIENCE_MS, model }: { waitMs?: number; model?: string | undefined } = {},
): Promise<CheckResult> {
  const upstream = new Upstream(waitMs);
  const end = new AbortController();
  const message = `The provider did not answer within ${waitMs / 1000} s.`;
  const timer = setTimeout(() => end.abort(new GatewayError({ class: 'network', code: 'check_timeout', message })), waitMs);
  try {
    const context = { upstream, credentials: new Credentials(from.vault, from.env, upstream), now: Date.now };
    return await checkAccount(context, joinedAccount(account), { signal: end.signal, model });
  } finally {
    clearTimeout(timer);
    await upstream.close();
  }
}

/**
 * Tests a key before it is stored, where its value is at hand. Throws in the provider's own words when it is refused; when nothing could
 * be found out, a note says so and the key is taken.
 */
export async function refuseBadKey(account: AccountConfig, key: GivenKey, io: Io): Promise<void> {
  if (key.from === 'none' || key.value === undefined) return;
  const { value } = key;
  const vault: Vault = { get: async () => value, set: async () => {}, delete: async () => {} };
  const result = await check(account, { vault, env: io.env });
  if (!result.ok && result.refused)
    throw new Error(`${account.provider} refuses this key: ${result.error.message}\nNothing was stored. --no-test stores it all the same.`);
  if (!result.ok) io.stderr.write(`Note: the key could not be tested: ${result.error.message}\n`);
  else if (result.proof === 'none') io.stderr.write(`Note: the key could not be tested${result.note ? `: ${result.note}` : '.'}\n`);
  else if (result.note) io.stderr.write(`Note: ${result.note}\n`);
}
