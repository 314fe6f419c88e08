import { STRATEGIES } from '../../src/config/combos.ts';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';

/** Short, so that a provider that hangs is met often. */
export const FIRST_BYTE_MS = 600;
export const SOAK_KEY = 'soak-provider-key';

const KINDS: { dialect: ClientDialectId; provider: string; base: string }[] = [
  { dialect: 'openai-chat', provider: 'openai-compatible', base: '/v1' },
  { dialect: 'openai-responses', provider: 'openai-responses-compatible', base: '/v1' },
  { dialect: 'anthropic-messages', provider: 'anthropic-compatible', base: '/v1' },
  { dialect: 'gemini', provider: 'gemini-compatible', base: '/v1beta' },
];

/** How many accounts each shaky provider has. */
const ACCOUNTS = 2;

/**
 * Four shaky providers, one of each dialect with two accounts (one of them narrow, so that requests queue), and a steady one. Each
 * strategy has two combos: `steady-…` ends in the steady provider, `shaky-…` has none that always answers.
 */
export function soakConfig(shaky: readonly string[], steady: string): Record<string, unknown> {
  const accounts = KINDS.flatMap(({ provider, base }, kind) =>
    Array.from({ length: ACCOUNTS }, (_, at) =>
      account(`p${kind}-${at}`, provider, `${shaky[kind]}${base}`, at === 1 ? { limits: { maxConcurrent: 3 } } : {}),
    ),
  );
  const targets = accounts.map(({ id }) => `${id}/model`);
  return {
    version: 1,
    accounts: [...accounts, account('steady', 'openai-compatible', `${steady}/v1`, {})],
    combos: STRATEGIES.flatMap((strategy) => [
      { name: `steady-${strategy}`, strategy, targets: [...targets, 'steady/model'] },
      { name: `shaky-${strategy}`, strategy, targets },
    ]),
    keys: [],
    settings: { timeouts: { firstByteMs: FIRST_BYTE_MS } },
  };
}

function account(id: string, provider: string, baseUrl: string, more: Record<string, unknown>): { id: string } {
  return { id, provider, name: id, prefix: id, baseUrl, credential: { env: 'SOAK_KEY' }, ...more } as { id: string };
}
