import { createHash } from 'node:crypto';
import type { Account } from '../../accounts/account.ts';
import type { DialectId } from '../../conversation/dialect-id.ts';
import { normalBaseUrl } from '../../providers/base-url.ts';
import type { Target } from '../target.ts';

/**
 * Who signs reasoning at this target, as a short hash: the provider and, where the user gives its address, the host. Accounts of one
 * provider can read each other's thoughts, but for OpenAI's encrypted content, which is bound to the organisation ("Encrypted content
 * organization_id did not match the target organization", openai/codex#13724): there the account counts too. The model is told apart
 * beside this.
 */
export function minterOf({ account, dialect }: Target): string {
  const known = minters.get(account) ?? new Map<DialectId, string>();
  minters.set(account, known);
  const minter = known.get(dialect) ?? minterAt(account, dialect);
  known.set(dialect, minter);
  return minter;
}

// Asked for by every request, and the same until the account is edited, which makes another object of it.
const minters = new WeakMap<Account, Map<DialectId, string>>();

function minterAt(account: Account, dialect: DialectId): string {
  const { provider, config } = account;
  const own = config.baseUrl?.trim() || config.parameters?.baseUrl?.trim();
  const who = [dialect, provider.id, own ? hostOf(own, dialect) : '', dialect === 'openai-responses' ? config.id : ''];
  return createHash('sha256').update(JSON.stringify(who)).digest('hex').slice(0, 12);
}

function hostOf(baseUrl: string, dialect: DialectId): string {
  try {
    return new URL(normalBaseUrl(baseUrl, dialect)).host;
  } catch {
    // Nothing answers at such an address; two spellings of it may be two minters.
    return baseUrl;
  }
}
