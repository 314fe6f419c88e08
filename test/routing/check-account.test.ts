import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../src/accounts/account.ts';
import { withCandidateKey } from '../../src/accounts/candidate-key.ts';
import { joinedAccount } from '../../src/accounts/manage.ts';
import { type AccountConfig, accountSchema } from '../../src/config/schema.ts';
import { GatewayError } from '../../src/conversation/error.ts';
import type { Provider } from '../../src/providers/provider.ts';
import { type CheckResult, checkAccount } from '../../src/routing/check-account.ts';
import { Upstream } from '../../src/upstream/http.ts';
import { recordings } from '../recordings.ts';
import { faults, jsonReply, replyOf } from '../upstream/reply.ts';
import { refusingUrl, type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

/** Of no vendor's form, so that nothing but its being the account's own key gives it away. */
const KEY = 'candidate.0123.secret';
const COMPLETION = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'H' }, finish_reason: 'length' }],
};
const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'c',
  content: [{ type: 'text', text: 'H' }],
  stop_reason: 'max_tokens',
  stop_sequence: null,
  usage: { input_tokens: 8, output_tokens: 1 },
};
const says = (message: string, fields: Record<string, unknown> = {}): { error: Record<string, unknown> } => ({
  error: { message, ...fields },
});

let provider: ScriptedProvider;
let upstream: Upstream;
beforeAll(async () => {
  provider = await scriptedProvider();
  upstream = new Upstream(2000);
});
afterEach(() => provider.reset());
afterAll(async () => {
  await upstream.close();
  await provider.close();
});

/** An account at the scripted provider; `list` false: no list, 'public': one that needs no key. */
function account(list: 'own' | 'public' | false, fields: Partial<AccountConfig> = {}, change: Partial<Provider> = {}): Account {
  const entry = accountSchema.parse({ id: 'a', provider: 'openai-compatible', name: 'a', baseUrl: `${provider.url}/v1`, ...fields });
  const joined = joinedAccount(entry);
  const models = { seed: [], ...(list ? { url: '/models' } : {}), ...(list === 'public' ? { needsKey: false } : {}) };
  return { ...joined, provider: { ...joined.provider, models, ...change } };
}

async function check(tested: Account, options: { model?: string; signal?: AbortSignal } = {}): Promise<CheckResult> {
  const { credentials, entry } = withCandidateKey(KEY, tested.config, upstream);
  const context = { upstream, credentials, now: Date.now };
  const result = await checkAccount(context, { ...tested, config: entry }, { signal: new AbortController().signal, ...options });
  expect(JSON.stringify(result) + (result.ok ? '' : result.error.message)).not.toContain(KEY);
  return result;
}

describe('a provider whose list needs the key', () => {
  it('proves it by its models', async () => {
    provider.lists(jsonReply({ data: [{ id: 'one' }, { id: 'two' }] }));
    expect(await check(account('own'))).toMatchObject({ ok: true, proof: 'models', models: [{ id: 'one' }, { id: 'two' }] });
    expect(provider.listsSeen.map((seen) => seen.headers.authorization)).toEqual([`Bearer ${KEY}`]);
    expect(provider.seen).toEqual([]);
  });

  it.each([
    ['401', jsonReply(says(`Incorrect API key provided: is it ${KEY}?`, { code: 'invalid_api_key' }), 401)],
    ['400, as xAI', jsonReply({ code: 'Client specified an invalid argument', error: 'Incorrect API key provided: x***y.' }, 400)],
    ['403 where no completion can tell more', jsonReply(says('Incorrect API key provided: it is blocked.'), 403)],
    ['200 with success: false', jsonReply({ success: false, message: 'Incorrect API key provided: expired' })],
  ])("refuses a bad key in the provider's own words: %s", async (_what, reply) => {
    provider.lists(reply);
    const result = await check(account('own'));
    expect(result).toMatchObject({ ok: false, refused: true });
    if (!result.ok) expect(result.error.message).toMatch(/Incorrect API key provided/);
  });

  it.each(recordings((entry) => entry.features.includes('auth-error')).map((recorded) => [recorded.name, recorded] as const))(
    'knows a refusal when it sees one: %s',
    async (_name, recorded) => {
      const kin: Record<string, string> = { gemini: 'gemini-compatible', 'cohere-chat': 'cohere-compatible' };
      provider.lists(replyOf(recorded));
      const result = await check(account('own', { provider: kin[recorded.format] ?? 'openai-compatible' }));
      expect(result).toMatchObject({ ok: false, refused: true, error: { class: 'auth' } });
    },
  );

  it('takes a key that may not list but may chat', async () => {
    provider.lists(jsonReply(says('You have insufficient permissions. Missing scopes: api.model.read'), 403));
    provider.script(jsonReply(COMPLETION));
    expect(await check(account('own', { models: { preferred: 'm' } }))).toMatchObject({ ok: true, proof: 'completion' });
  });

  it.each([
    ['rate', 429, says('Rate limit reached')],
    ['quota', 429, says('You exceeded your current quota', { code: 'insufficient_quota' })],
    ['billing', 402, says('Payment required')],
  ])('knows that a failure of class %s is behind the key', async (_class, status, body) => {
    provider.lists(jsonReply(body, status));
    const result = await check(account('own'));
    expect(result).toMatchObject({ ok: true, proof: 'models' });
    if (result.ok) expect(result.note).toContain(body.error.message);
  });

  it('says no where billing refuses the key itself', async () => {
    provider.lists(jsonReply(says('No plan', { code: 'usage_not_included' }), 403));
    expect(await check(account('own'))).toMatchObject({ ok: false, refused: true, error: { class: 'billing' } });
  });

  it.each([
    ['a broken provider', () => jsonReply(says('oops'), 500), 'overload'],
    ['a page of a proxy', () => faults.html(502), 'overload'],
    ['a broken connection', () => faults.reset(), 'network'],
  ])('blames no key for %s', async (_what, reply, kind) => {
    provider.lists(reply());
    expect(await check(account('own'))).toMatchObject({ ok: false, refused: false, error: { class: kind } });
  });

  it.each([404, 405])('asks for a completion where the list answers %i', async (status) => {
    provider.lists(jsonReply({ detail: 'Not Found' }, status));
    provider.script(jsonReply(COMPLETION));
    expect(await check(account('own', { models: { preferred: 'm' } }))).toMatchObject({ ok: true, proof: 'completion' });
    provider.lists(jsonReply({ detail: 'Not Found' }, status));
    expect(await check(account('own'))).toMatchObject({ ok: true, proof: 'none' });
  });
});

describe('a provider without a list that proves anything', () => {
  it('is asked for one token, as its dialect says it', async () => {
    provider.script(jsonReply(COMPLETION));
    const seeded = account(false, {}, { models: { seed: [{ id: 'seeded' }] } });
    expect(await check(seeded)).toMatchObject({ ok: true, proof: 'completion' });
    const seen = await provider.next();
    expect(seen.path).toBe('/v1/chat/completions');
    expect(seen.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(seen.json()).toMatchObject({ model: 'seeded', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] });
  });

  it('in the dialect of its own', async () => {
    provider.script(jsonReply(MESSAGE));
    const anthropic = account(false, { provider: 'anthropic-compatible', models: { preferred: 'c' } }, {});
    expect(await check(anthropic)).toMatchObject({ ok: true, proof: 'completion' });
    const seen = await provider.next();
    expect(seen.path).toBe('/v1/messages');
    expect(seen.json()).toMatchObject({ model: 'c', max_tokens: 1 });
  });

  it('takes a model of a public list, one that can chat', async () => {
    provider.lists(jsonReply({ data: [{ id: 'text-embedding-1' }, { id: 'chat-1' }] }));
    provider.script(jsonReply(COMPLETION));
    expect(await check(account('public'))).toMatchObject({ ok: true, proof: 'completion' });
    expect((await provider.next()).json()).toMatchObject({ model: 'chat-1' });
  });

  it('does not take a public list for a proof', async () => {
    provider.script(jsonReply(says('No auth credentials found'), 401));
    const result = await check(account('public', { models: { preferred: 'm' } }));
    expect(result).toMatchObject({ ok: false, refused: true, error: { message: 'No auth credentials found' } });
  });

  it.each([
    ['context', 400, says("This model's maximum context length is 0 tokens", { code: 'context_length_exceeded' })],
    ['capability', 404, says('The model `m` does not exist', { code: 'model_not_found' })],
    ['policy', 403, says('no', { code: 'content_policy_violation' })],
    ['rate', 429, says('slow down')],
  ])('takes a failure of class %s for a proof of the key', async (_class, status, body) => {
    provider.script(jsonReply(body, status));
    const result = await check(account(false), { model: 'm' });
    expect(result).toMatchObject({ ok: true, proof: 'completion' });
    if (result.ok) expect(result.note).toContain(body.error.message);
  });

  it('an answer without words will do, and so will one that streams', async () => {
    provider.script(
      jsonReply({ ...COMPLETION, choices: [{ index: 0, message: { role: 'assistant', content: '' }, finish_reason: 'length' }] }),
    );
    expect(await check(account(false), { model: 'm' })).toMatchObject({ ok: true, proof: 'completion' });
    provider.script({
      label: 'streams',
      head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
      steps: [{ do: 'send', bytes: 'data: {"choices":[{"index":0,"delta":{"content":"H"}}]}\n\ndata: [DONE]\n\n' }, { do: 'end' }],
    });
    expect(await check(account(false), { model: 'm' })).toMatchObject({ ok: true, proof: 'completion' });
  });

  it.each([
    ['an error inside a 200', faults.errorIn200(says('invalid api key', { code: 'invalid_api_key' })), true],
    ['a failure inside a 200', jsonReply({ success: false, message: 'Invalid API key' }), true],
    ['a base URL that leads nowhere', jsonReply({ detail: 'Not Found' }, 404), false],
    ['a web page', faults.html(200), false],
    ['a request it does not like', jsonReply(says('bad request'), 400), false],
  ])('%s is no proof', async (_what, reply, refused) => {
    provider.script(reply);
    expect(await check(account(false), { model: 'm' })).toMatchObject({ ok: false, refused });
  });

  it('nothing can be asked where no model is known', async () => {
    expect(await check(account(false))).toEqual({ ok: true, proof: 'none', ms: expect.any(Number) });
  });
});

describe('trouble on the way', () => {
  it('is told, and is no refusal', async () => {
    const nobody = account('own', { baseUrl: await refusingUrl() });
    expect(await check(nobody)).toMatchObject({ ok: false, refused: false, error: { code: 'connection_refused' } });
  });

  it('ends after 15 s', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      provider.script(faults.hangAfterHeaders('application/json'));
      const result = check(account(false), { model: 'm' });
      await provider.next();
      await vi.advanceTimersByTimeAsync(15_000);
      expect(await result).toMatchObject({ ok: false, refused: false, error: { code: 'check_timeout' } });
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends when the asker leaves', async () => {
    const abort = new AbortController();
    provider.script(faults.hangBeforeHeaders());
    const result = check(account(false), { model: 'm', signal: abort.signal });
    await provider.next();
    abort.abort(new GatewayError({ class: 'cancelled', code: 'client_closed', message: 'gone' }));
    expect(await result).toMatchObject({ ok: false, refused: false, error: { code: 'client_closed' } });
  });

  it('a variable that is not set is no refusal of the provider', async () => {
    const { Credentials } = await import('../../src/accounts/account.ts');
    const none = { get: async () => undefined, set: async () => {}, delete: async () => {} };
    const credentials = new Credentials(none, {}, upstream);
    const tested = account('own', { credential: { env: 'NOT_SET' } });
    const result = await checkAccount({ upstream, credentials, now: Date.now }, tested, { signal: new AbortController().signal });
    expect(result).toMatchObject({ ok: false, refused: false, error: { code: 'credential_missing' } });
  });

  it('the demo is not asked', async () => {
    const demo = joinedAccount(accountSchema.parse({ id: 'demo', provider: 'demo', name: 'Demo' }));
    expect(await check(demo)).toMatchObject({ ok: true, proof: 'none' });
  });
});
