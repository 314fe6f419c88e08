import { createHash } from 'node:crypto';
import type { Target } from '../target.ts';

/**
 * Who signs reasoning at this target, as a short hash: the provider and, where the user gives its address, the host. Accounts of one
 * provider can read each other's thoughts, but for OpenAI's encrypted content, which is bound to the organisation ("Encrypted content
 * organization_id did not match the target organization", openai/codex#13724): there the account counts too. The model is told apart
 * beside this.
 */
export function minterOf({ account, dialect }: Target): string {
  const { provider, config } = account;
  const who = [dialect, provider.id, hostOf(config.baseUrl), dialect === 'openai-responses' ? config.id : ''];
  return createHash('sha256').update(JSON.stringify(who)).digest('hex').slice(0, 12);
}

function hostOf(baseUrl: string | undefined): string {
  return baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).host : '';
}
