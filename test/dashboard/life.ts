import type { RunningGateway } from '../../src/gateway/start.ts';
import { refuses, says } from '../real-editor/answers.ts';
import type { Reply } from '../upstream/reply.ts';
import type { ScriptedProvider } from '../upstream/scripted-provider.ts';

// A user's set-up, and a day with it: real requests through a real gateway; only the providers' answers are played.

const credential = { env: 'SCRIPTED_PROVIDER_KEY' };

/** `provider` as in the catalogue, with the scripted provider's address in place of its own. */
function account(name: string, provider: string, base: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { id: `account-${name}`, provider, name, prefix: name, baseUrl: `${base}/v1`, credential, ...more };
}

interface LifeConfig {
  version: 1;
  accounts: Record<string, unknown>[];
  combos: Record<string, unknown>[];
  aliases: Record<string, string>;
  budgets: Record<string, unknown>[];
  prices: Record<string, unknown>;
  settings: Record<string, unknown>;
}

/** Accounts of four tiers (one whose key is refused, one off), combos, budgets, prices, keys' names as tools have them. */
export function lifeConfig(good: string, bad: string, settings: Record<string, unknown>): LifeConfig {
  return {
    version: 1,
    accounts: [
      account('work', 'openai', good, { priority: 1, limits: { rpm: 600 } }),
      account('groq', 'groq', good, { priority: 2 }),
      account('mistral', 'mistral', good, { priority: 3 }),
      account('deepseek', 'deepseek', good, { priority: 4 }),
      account('old', 'openai-compatible', bad, { priority: 5, name: 'old key' }),
      account('spare', 'openai-compatible', good, { priority: 6, enabled: false }),
    ],
    combos: [
      { name: 'best', targets: ['old/scripted-model', 'work/scripted-model', 'groq/scripted-model'] },
      { name: 'cheap', strategy: 'cost-optimized', targets: ['deepseek/scripted-model', 'groq/scripted-model', 'mistral/scripted-model'] },
      { name: 'resting', enabled: false, targets: ['spare/*'] },
    ],
    aliases: { 'gpt-5': 'best' },
    budgets: [
      { period: 'day', usd: 0.05, mode: 'soft', warnAt: 50 },
      { period: 'month', usd: 20 },
      { period: 'day', tokens: 50_000, provider: 'groq' },
    ],
    prices: {
      'work/*': { input: 2, output: 8, cacheRead: 0.5 },
      'deepseek/*': { input: 0.3, output: 1.1 },
      'mistral/*': { input: 0.4, output: 2 },
    },
    settings: { routing: { retries: 0 }, ledger: { capture: { last: 20 } }, ...settings },
  };
}

const TOOLS = ['claude-cli/2.1.40 (external, cli)', 'codex_cli_rs/0.99.0', 'opencode/1.4.2', 'openai-python/3.2.0'];
const MODELS = ['best', 'cheap', 'work/scripted-model', 'groq/scripted-model', 'mistral/scripted-model', 'gpt-5', 'demo/echo'];

/** With what rate-limit headers say, so that quota windows are there. */
function answer(): Reply {
  const reply = says('Here is an answer that is long enough to be looked at, word by word.');
  const headers = {
    ...reply.head?.headers,
    'x-ratelimit-limit-requests': '1000',
    'x-ratelimit-remaining-requests': '380',
    'x-ratelimit-reset-requests': '2h10m',
    'x-ratelimit-limit-tokens': '200000',
    'x-ratelimit-remaining-tokens': '9000',
    'x-ratelimit-reset-tokens': '42s',
  };
  return { ...reply, head: { status: 200, headers } };
}

/** Where a gateway is asked, and with which key. */
type Door = Pick<RunningGateway, 'url' | 'key'>;

/** Some thirty requests: answered, fallen back, failed, cancelled. */
export async function live(gateway: Door, good: ScriptedProvider, bad: ScriptedProvider): Promise<void> {
  good.always(answer());
  bad.always(refuses(401, 'Incorrect API key provided.'));
  for (let at = 0; at < 28; at += 1) await ask(gateway, MODELS[at % MODELS.length] ?? 'best', TOOLS[at % TOOLS.length] ?? '');
  await ask(gateway, 'work/no-such-combo-or-model', TOOLS[0] ?? '');
  good.always(refuses(503, 'The engine is overloaded, try again later.'));
  await ask(gateway, 'mistral/scripted-model', TOOLS[1] ?? '');
  await cancelled(gateway, good);
  good.always(answer());
}

async function ask(gateway: Door, model: string, agent: string): Promise<void> {
  const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }], stream: true });
  const headers = { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json', 'user-agent': agent };
  await (await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body })).arrayBuffer();
}

/** A client that leaves in the middle of an answer. */
async function cancelled(gateway: Door, good: ScriptedProvider): Promise<void> {
  const reply = says('This is never read to its end.');
  good.always({ ...reply, steps: [...reply.steps.slice(0, 2), { do: 'hang' }] });
  const leave = new AbortController();
  const body = JSON.stringify({ model: 'deepseek/scripted-model', messages: [{ role: 'user', content: 'Hello' }], stream: true });
  const headers = { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' };
  const response = await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers, body, signal: leave.signal });
  await response.body?.getReader().read();
  leave.abort();
}
