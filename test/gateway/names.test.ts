import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../sdk/target.ts';
import { type Crew, crewOf } from './crew.ts';

let crew: Crew;
beforeAll(async () => {
  crew = await crewOf(
    [
      { name: 'one', models: { custom: [{ id: 'house/special' }, { id: 'only-here' }], preferred: 'only-here' } },
      { name: 'two', models: { deny: ['secret*'] } },
      { name: 'off', enabled: false },
    ],
    {
      combos: [
        { name: 'work', targets: ['one/a', 'two/b'] },
        { name: 'outer', targets: ['gone/x', 'work'] },
        { name: 'listed', targets: ['two/*'] },
        { name: 'caught', targets: ['two/*', 'one/*'] },
        { name: 'asleep', targets: ['one/a'], enabled: false },
        { name: 'hollow', targets: ['asleep'] },
      ],
      aliases: { short: 'work', plain: 'two/c', 'vendor/alias': 'one/d', any: 'auto' },
      routes: [
        { match: 'claude-*', to: 'work' },
        { match: 'anthropic/*', to: 'two/*' },
        { match: 'openai/*-mini', to: 'caught' },
        { match: 'lost/*', to: 'nowhere/*' },
      ],
    },
  );
});
afterEach(() => crew.afresh());
afterAll(() => crew.close());

describe.each(DIALECTS)('a name an %s client asks for', (dialect) => {
  it.each([
    ['prefix/model', 'two/any-model', 'two', 'two/any-model'],
    ['a custom model', 'one/only-here', 'one', 'one/only-here'],
    ['a custom model by its bare id', 'only-here', 'one', 'one/only-here'],
    ['a custom model whose id has a slash', 'house/special', 'one', 'one/house/special'],
    ['a listed model by its bare id, at the first account', 'scripted-model', 'one', 'one/scripted-model'],
    ['a combo', 'work', 'one', 'one/a'],
    ['a combo in a combo, past a target nobody knows', 'outer', 'one', 'one/a'],
    ['a combo of what an account lists', 'listed', 'two', 'two/scripted-model'],
    ['an alias of a combo', 'short', 'one', 'one/a'],
    ['an alias of a model', 'plain', 'two', 'two/c'],
    ['an alias with a slash', 'vendor/alias', 'one', 'one/d'],
    ['an alias of auto', 'any', 'one', 'one/only-here'],
    ['a route to a combo', 'claude-opus-9', 'one', 'one/a'],
    ['a route that hands on what it caught', 'anthropic/claude-9', 'two', 'two/claude-9'],
    ['a route to a combo that hands on what it caught', 'openai/gpt-9-mini', 'two', 'two/gpt-9'],
    ['auto', 'auto', 'one', 'one/only-here'],
  ])('%s: %s', async (_what, name, account, target) => {
    const asked = await crew.ask(name, { dialect });
    expect(asked, asked.text).toMatchObject({ status: 200, account, attempts: 1 });
    expect(asked.text).toContain(`from ${account}`);
    expect(asked.target).toBe(target);
    expect((await crew.at(account).next()).json().model).toBe(asked.target?.slice(account.length + 1));
  });

  it.each([
    ['nobody knows', 'wrok', 'model_not_found', ['"work"']],
    ['of a prefix nobody has', 'tow/scripted-model', 'model_not_found', ['"two/scripted-model"']],
    ['of an account that is off', 'off/a', 'model_not_found', []],
    ['of a combo that is off', 'asleep', 'combo_disabled', []],
    ['of a combo that holds nothing but that', 'hollow', 'model_not_found', []],
    ['a route leads to, where nobody is', 'lost/x', 'model_not_found', []],
    ['of automatic routing with nobody for it', 'auto/free', 'model_not_found', ['"auto"']],
  ])('404 for one %s: %s', async (_what, name, code, near) => {
    const asked = await crew.ask(name, { dialect });
    expect(asked.status).toBe(404);
    for (const word of near) expect(asked.text.replaceAll('\\"', '"')).toContain(word);
    expect(asked.text).not.toMatch(/\\"(?:asleep|hollow|auto\/free)\\"[^ ]*[,?]/);
    expect(crew.counts()).toEqual([0, 0, 0]);
    const suggested = /Did you mean ([^?]*)\?/.exec(asked.text)?.[1]?.split(', ');
    if (code === 'model_not_found') expect(suggested, asked.text).toHaveLength(3);
    if (dialect === 'openai-chat' || dialect === 'openai-responses') {
      expect(JSON.parse(asked.text)).toMatchObject({ error: { code, param: 'model' } });
    }
    if (dialect === 'anthropic-messages')
      expect(JSON.parse(asked.text)).toMatchObject({ type: 'error', error: { type: 'not_found_error' } });
    if (dialect === 'gemini') expect(JSON.parse(asked.text)).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } });
  });

  it('an account may not be used for: says who, and sends nothing', async () => {
    const asked = await crew.ask('two/secret-model', { dialect });
    expect(asked.status).toBe(403);
    expect(asked.text).toContain('may not be used for this model');
    expect(crew.counts()).toEqual([0, 0, 0]);
  });
});
