import { hashKey } from '../../src/accounts/gateway-keys.ts';

/** The key with which a test asks the gateway from outside; an admin's. */
export const TEST_KEY = 'omr-real-editor-test-key-0123456789abcdefghijk';

/** What the accounts give the scripted provider; it must never be seen in the editor. */
export const PROVIDER_KEY = 'provider-key-for-real-editor-tests';
export const PROVIDER_KEY_ENV = 'SCRIPTED_PROVIDER_KEY';

/** What config.json holds before the first start, beside the key of the test. */
export interface Prepared {
  accounts?: Record<string, unknown>[];
  combos?: Record<string, unknown>[];
  settings?: Record<string, unknown>;
  /** Aliases, budgets, prices and whatever else it may hold. */
  more?: Record<string, unknown>;
}

/** An account at the scripted provider; its models are `name/…`. */
export function account(name: string, providerUrl: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const credential = { env: PROVIDER_KEY_ENV };
  return { id: `account-${name}`, provider: 'openai-compatible', name, prefix: name, baseUrl: `${providerUrl}/v1`, credential, ...more };
}

/** `config.json` as a user could have it, with the test's key and without retries: what the provider is asked is what was scripted. */
export function configFor({ accounts = [], combos = [], settings = {}, more = {} }: Prepared): Record<string, unknown> {
  const key = { id: 'real-editor', name: 'real-editor', hash: hashKey(TEST_KEY), hint: TEST_KEY.slice(-4), admin: true };
  return { version: 1, ...more, accounts, combos, keys: [key], settings: { routing: { retries: 0 }, ...settings } };
}
