import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DIALECTS } from '../sdk/target.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type AskOptions, type Crew, crewOf, overloaded, spent, type Turn } from './crew.ts';

const MEMBERS = ['one', 'two', 'three'];
const targets = MEMBERS.map((name) => `${name}/m`);

/** The turns of a conversation up to the user's `count`th one. */
function talk(word: string, count: number): Turn[] {
  return Array.from({ length: count }, (_, at): Turn[] => [
    { role: 'user', text: `${word} ${at}` },
    { role: 'assistant', text: `answer ${at}` },
  ])
    .flat()
    .slice(0, -1);
}

let crew: Crew;
let word: string;
let cases = 0;
beforeAll(async () => {
  crew = await crewOf([...MEMBERS.map((name) => ({ name })), { name: 'gratis', provider: 'groq' }], {
    combos: [
      { name: 'turns', strategy: 'round-robin', targets },
      { name: 'loose', strategy: 'round-robin', targets, affinity: false },
      { name: 'other', strategy: 'round-robin', targets },
      { name: 'caught', strategy: 'round-robin', targets: MEMBERS.map((name) => `${name}/*`) },
      { name: 'filled', strategy: 'fill-first', targets },
      { name: 'tiers', strategy: 'fill-first', targets: ['one/m', 'gratis/m'] },
    ],
    aliases: { nick: 'turns' },
    routes: [{ match: 'claude-*', to: 'caught' }],
  });
});
beforeEach(() => {
  cases += 1;
  word = `case ${cases}`;
});
afterEach(async () => {
  await crew.afresh();
  await crew.admin('PATCH', '/settings', { routing: { affinity: null } });
});
afterAll(() => crew.close());

const account = async (model: string, options: AskOptions): Promise<string> => (await crew.ask(model, options)).account ?? '';

describe.each(DIALECTS)('a conversation of an %s client', (dialect) => {
  it('stays at the account that answered it, whatever others do meanwhile', async () => {
    const home = await account('turns', { dialect, turns: talk(word, 1) });
    for (let count = 2; count < 6; count += 1) {
      await crew.ask('turns', { turns: `${word}, between ${count}` });
      expect(await account('turns', { dialect, turns: talk(word, count) })).toBe(home);
    }
  });

  it('without an id of its own begins anywhere: it has no home before its first answer', async () => {
    const first = [];
    for (let at = 0; at < 3; at += 1) first.push(await account('turns', { dialect, turns: talk(word, 1) }));
    expect([...first].sort()).toEqual([...MEMBERS].sort());
  });
});

describe.each([
  ['Claude Code', 'anthropic-messages', { 'x-claude-code-session-id': '1f6f' }, {}],
  ['Claude Code, by its user id', 'anthropic-messages', {}, { metadata: { user_id: 'user_a_account_b_session_77aa' } }],
  ['Codex', 'openai-responses', { 'session-id': '0199' }, {}],
  ['an older Codex', 'openai-responses', { conversation_id: '0198' }, {}],
  ['a client with prompt_cache_key', 'openai-chat', {}, { prompt_cache_key: 'pck' }],
  ['Cline', 'openai-chat', { 'x-task-id': '42' }, {}],
] as const)('the session of %s', (_who, dialect, headers, body) => {
  it('keeps its account from its first turn on, whatever is said', async () => {
    const asked = (turns: string) => account('turns', { dialect, headers, body, turns });
    const home = await asked(word);
    await crew.ask('turns', { turns: `${word}, somebody else` });
    for (const text of ['quite', 'different', 'words']) expect(await asked(`${word} ${text}`)).toBe(home);
  });

  it('has another home in another combo, and another session another', async () => {
    await account('turns', { dialect, headers, body, turns: word });
    const others = new Set<string>();
    for (let at = 0; at < 3; at += 1) {
      const id = `${word}-${at}`;
      others.add(await account('turns', { dialect: 'openai-chat', headers: { 'x-session-id': id }, turns: word }));
    }
    expect(others.size).toBe(3);
    expect((await crew.explain('model=other')).steps[0]?.why).not.toContain('session stays here');
  });
});

describe('home', () => {
  const session = () => ({ headers: { 'x-session-id': word } });
  const at = (model: string) => account(model, { ...session(), turns: word });

  it('is gone back to after a passing failure', async () => {
    const home = await at('turns');
    crew.at(home).script(overloaded());
    const elsewhere = await crew.ask('turns', { ...session(), turns: word });
    expect(elsewhere).toMatchObject({ status: 200, attempts: 2 });
    expect(elsewhere.account).not.toBe(home);
    expect(await at('turns')).toBe(home);
    expect((await crew.explain(`model=turns&session=${encodeURIComponent(word)}`)).steps[0]).toMatchObject({
      account: home,
      why: expect.arrayContaining(['session stays here']),
    });
  });

  it.each([
    ['a quota', spent],
    ['a refused key', () => jsonReply({ error: { message: 'bad key', code: 'invalid_api_key' } }, 401)],
    ['an empty purse', () => jsonReply({ error: { message: 'Insufficient Balance' } }, 402)],
    ['a model that is gone', () => jsonReply({ error: { message: 'no such model', code: 'model_not_found' } }, 404)],
  ])('is left for good after %s', async (_what, failure) => {
    const home = await at('turns');
    crew.at(home).script(failure());
    const next = await at('turns');
    expect(next).not.toBe(home);
    expect(await at('turns')).toBe(next);
    await crew.gateway.resetHealth();
    // Well again, but the cache is warm at the new one.
    expect(await at('turns')).toBe(next);
  });

  it('is kept over a rate limit of seconds, and left for one of minutes', async () => {
    const rate = (seconds: number) =>
      jsonReply({ error: { message: 'slow down', code: 'rate_limit_exceeded' } }, 429, { 'retry-after': String(seconds) });
    const home = await at('turns');
    crew.at(home).script(rate(20));
    const other = await at('turns');
    expect(other).not.toBe(home);
    // Still cooling: passed over, not left.
    await at('turns');
    await crew.gateway.resetHealth();
    expect(await at('turns')).toBe(home);
    crew.at(home).script(rate(600));
    const next = await at('turns');
    await crew.gateway.resetHealth();
    expect(await at('turns')).toBe(next);
    expect(next).not.toBe(home);
  });

  it('in fill-first is not above a better tier that is back', async () => {
    crew.at('one').script(spent());
    expect(await at('tiers')).toBe('gratis');
    expect(await at('tiers')).toBe('gratis');
    await crew.gateway.resetHealth();
    expect(await at('tiers')).toBe('one');
    expect(await at('tiers')).toBe('one');
  });

  it('in fill-first is above another account of its own tier', async () => {
    crew.at('one').script(spent());
    expect(await at('filled')).toBe('two');
    await crew.gateway.resetHealth();
    expect(await at('filled')).toBe('two');
    expect(await account('filled', { turns: `${word}, new` })).toBe('one');
  });

  it('behind a route is one for each model a tool asks for in a session', async () => {
    const [large, small] = [await at('claude-large'), await at('claude-small')];
    expect(small).not.toBe(large);
    for (const _ of MEMBERS) {
      await crew.ask('claude-other', { turns: `${word}, somebody else` });
      expect([await at('claude-large'), await at('claude-small')]).toEqual([large, small]);
    }
    expect((await crew.ask('claude-small', { ...session(), turns: word })).target).toBe(`${small}/small`);
  });

  it('is the same under an alias', async () => {
    const home = await at('turns');
    await crew.ask('turns', { turns: `${word}, somebody else` });
    expect(await at('nick')).toBe(home);
  });

  it('does not take a turn from the others', async () => {
    for (let count = 0; count < 5; count += 1) await at('turns');
    const others = new Set<string>();
    for (let count = 0; count < 3; count += 1) others.add(await account('turns', { turns: `${word}, other ${count}` }));
    expect(others.size).toBe(3);
  });

  it('is nowhere where affinity is off, for a combo or for all', async () => {
    const visited = async (model: string) => new Set([await at(model), await at(model), await at(model)]).size;
    expect(await visited('loose')).toBe(3);
    expect(await visited('turns')).toBe(1);
    await crew.admin('PATCH', '/settings', { routing: { affinity: false } });
    expect(await visited('turns')).toBe(3);
  });
});

it('the accounts of one model keep their conversations too', async () => {
  const pair = await crewOf(
    ['left', 'right'].map((name) => ({ name, prefix: 'both' })),
    { settings: { routing: { retries: 0, accountStrategy: 'round-robin' } } },
  );
  const homes = [];
  for (let at = 0; at < 4; at += 1) {
    const home = (await pair.ask('both/m', { turns: talk(`pair ${at}`, 1) })).account;
    for (const word of ['one', 'two']) await pair.ask('both/m', { turns: `${word} between ${at}` });
    const { account: again } = await pair.ask('both/m', { turns: talk(`pair ${at}`, 2) });
    expect(again).toBe(home);
    homes.push(home);
  }
  expect(homes).toEqual(['left', 'right', 'left', 'right']);
  expect(pair.counts()).toEqual([8, 8]);
  await pair.close();
});
