import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../../src/accounts/account.ts';
import { withCandidateKey } from '../../../src/accounts/candidate-key.ts';
import type { QuotaSnapshot } from '../../../src/accounts/quota/types.ts';
import type { AccountConfig } from '../../../src/config/accounts.ts';
import { readerOf, readQuota } from '../../../src/routing/quota/read.ts';
import { Upstream } from '../../../src/upstream/http.ts';
import { faults, jsonReply } from '../../upstream/reply.ts';
import { refusingUrl, type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';
import { account, START } from './world.ts';

/** Of no vendor's form, so that nothing but its being the account's own key gives it away. */
const KEY = 'candidate.0123.secret';
const BALANCE = { is_available: true, balance_infos: [{ currency: 'USD', total_balance: '2.50' }] };

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

/** DeepSeek's account, with its quota endpoint at the scripted provider. */
function deepseek(fields: Partial<AccountConfig> = {}, url = `${provider.url}/user/balance`): Account {
  const own = account({ provider: 'deepseek', ...fields });
  return { ...own, provider: { ...own.provider, quota: { form: 'deepseek', url } } };
}

async function read(of: Account, signal = new AbortController().signal): Promise<QuotaSnapshot | undefined> {
  const { credentials, entry } = withCandidateKey(KEY, of.config, upstream);
  const snapshot = await readQuota({ upstream, credentials, now: () => START }, { ...of, config: entry }, signal);
  expect(JSON.stringify(snapshot ?? '')).not.toContain(KEY);
  return snapshot;
}

describe('a reading', () => {
  it('asks once, with the key, and says who told what when', async () => {
    provider.script(jsonReply(BALANCE));
    expect(await read(deepseek())).toEqual({
      account: 'a1',
      windows: [{ id: 'balance', label: 'Balance', unit: 'usd', remaining: 2.5, source: 'reader', at: START }],
      at: START,
    });
    const [seen] = provider.seen;
    expect(seen).toMatchObject({ method: 'GET', path: '/user/balance', headers: { authorization: `Bearer ${KEY}` } });
    expect(seen?.headers).not.toHaveProperty('anthropic-version');
  });

  it("sends the account's own headers, too", async () => {
    provider.script(jsonReply(BALANCE));
    await read(deepseek({ headers: { 'x-team': 'blue' } }));
    expect(provider.seen[0]?.headers).toMatchObject({ 'x-team': 'blue' });
  });
});

describe('a failure is told in the words of who failed, without the key', () => {
  it.each([
    [
      'refused, with the key repeated',
      jsonReply({ error: { message: `Incorrect key ${KEY} provided` } }, 401),
      /Incorrect key \[redacted\] provided/,
    ],
    ['no JSON', faults.html(200), /without any figure/],
    ['an empty body', faults.empty200(), /without any figure/],
    ['another body', jsonReply({ hello: 'world' }), /without any figure/],
    ['a body too large', jsonReply({ ...BALANCE, filler: 'x'.repeat(300_000) }), /too large/],
    ['a connection that breaks', faults.reset(), /./],
  ])('%s', async (_what, reply, message) => {
    provider.script(reply);
    expect(await read(deepseek())).toEqual({
      account: 'a1',
      windows: [],
      at: 0,
      error: { message: expect.stringMatching(message), at: START },
    });
  });

  it('nobody there', async () => {
    expect(await read(deepseek({}, await refusingUrl()))).toMatchObject({ windows: [], error: { at: START } });
  });

  it('a refusal with status 200', async () => {
    const own = account({ provider: 'minimax' });
    const minimax: Account = { ...own, provider: { ...own.provider, quota: { form: 'minimax', url: `${provider.url}/remains` } } };
    provider.script(jsonReply({ base_resp: { status_code: 1004, status_msg: `login fail: ${KEY}` } }));
    expect(await read(minimax)).toMatchObject({ windows: [], error: { message: 'login fail: [redacted]' } });
  });

  it.each([
    ['before', faults.hangBeforeHeaders()],
    ['after', faults.hangAfterHeaders('application/json')],
  ])('the signal, when the provider hangs %s its headers', async (_when, reply) => {
    provider.script(reply);
    const controller = new AbortController();
    const reading = read(deepseek(), controller.signal);
    await provider.next();
    controller.abort();
    expect(await reading).toMatchObject({ windows: [], error: { at: START } });
  });
});

describe('nobody is asked', () => {
  it('where the provider tells nothing', async () => {
    expect(await read(account({ provider: 'groq' }))).toBeUndefined();
  });

  it("for a key that is another host's", async () => {
    const relay = deepseek({ baseUrl: 'https://relay.example/v1' });
    expect(readerOf(relay)).toBeUndefined();
    expect(await read(relay)).toBeUndefined();
  });

  it("but for a base URL at the vendor's own host", () => {
    expect(readerOf(deepseek({ baseUrl: 'https://api.deepseek.com/beta' }))).toBeDefined();
  });
});
