import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { jsonReply } from '../upstream/reply.ts';
import { answerOf, type Crew, crewOf, overloaded, spent } from './crew.ts';

const custom = (...models: Record<string, unknown>[]) => ({ custom: models, allow: models.map(({ id }) => id) });

/** Tools and an image, as an OpenAI client sends them. */
const TOOLS = { tools: [{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }] };
const IMAGE = {
  messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] }],
};

describe('automatic routing', () => {
  let crew: Crew;
  beforeAll(async () => {
    crew = await crewOf([
      { name: 'free', provider: 'groq', models: custom({ id: 'tiny', tools: false, vision: false, contextWindow: 1000 }) },
      { name: 'cheap', provider: 'deepseek', models: custom({ id: 'deepseek-chat', vision: false, tools: true, contextWindow: 100_000 }) },
      { name: 'paid', provider: 'openai', models: custom({ id: 'gpt-4.1' }, { id: 'gpt-4.1-mini' }) },
      { name: 'spare', provider: 'openai', priority: 2, models: custom({ id: 'gpt-4.1' }) },
    ]);
  });
  afterEach(() => crew.afresh());
  afterAll(() => crew.close());

  const asked = async (model: string, body?: Record<string, unknown>) => (await crew.ask(model, body ? { body } : {})).target;

  it('goes by tier: api-key, then cheap, then free; within a tier by priority', async () => {
    const order = ['paid', 'spare', 'cheap', 'free'];
    expect((await crew.explain('model=auto')).steps.map(({ account }) => account)).toEqual(order);
    for (const [at, name] of order.entries()) {
      await crew.gateway.resetHealth();
      for (const failing of order.slice(0, at)) crew.at(failing).script(overloaded());
      expect(await crew.ask('auto', { turns: `fail ${at}` })).toMatchObject({ account: name, attempts: at + 1 });
    }
  });

  it('takes an account that is spent out at once, until then', async () => {
    crew.at('paid').script(spent());
    expect(await crew.ask('auto', { turns: 'a' })).toMatchObject({ account: 'spare', attempts: 2 });
    expect(await crew.ask('auto', { turns: 'b' })).toMatchObject({ account: 'spare', attempts: 1 });
    expect((await crew.explain('model=auto')).skipped).toMatchObject([{ account: 'paid', reason: 'quota' }]);
  });

  it('auto/free asks only what costs nothing', async () => {
    expect(await asked('auto/free')).toBe('free/tiny');
    crew.at('free').script(spent());
    const { status, text } = await crew.ask('auto/free', { turns: 'b' });
    expect([status, text]).toEqual([429, expect.stringContaining('quota')]);
    expect(crew.counts()).toEqual([2, 0, 0, 0]);
  });

  it("auto/cheap goes by price, what is free first; among an account's models too", async () => {
    // Prices are loaded behind the first question for them.
    await expect
      .poll(async () => (await crew.explain('model=auto/cheap')).steps.map(({ target }) => target))
      .toEqual(['free/tiny', 'cheap/deepseek-chat', 'paid/gpt-4.1-mini', 'spare/gpt-4.1']);
    expect(await asked('auto/cheap')).toBe('free/tiny');
    crew.at('free').script(overloaded());
    expect(await crew.ask('auto/cheap', { turns: 'b' })).toMatchObject({ target: 'cheap/deepseek-chat', attempts: 2 });
  });

  it.each([
    ['a request with tools', TOOLS, 'cheap'],
    ['an image', IMAGE, 'paid'],
    ['a text too long for a small window', { messages: [{ role: 'user', content: 'word '.repeat(2000) }] }, 'cheap'],
    ['a text too long for a larger one', { messages: [{ role: 'user', content: 'word '.repeat(100_000) }] }, 'paid'],
  ])('passes over models that are known to be unable: %s', async (_what, body, account) => {
    await expect.poll(async () => (await crew.explain('model=auto/cheap')).steps[1]?.account).toBe('cheap');
    const answer = await crew.ask('auto/cheap', { body });
    expect(answer).toMatchObject({ status: 200, account, attempts: 1 });
    expect(crew.at('free').seen).toEqual([]);
  });

  it('asks a model that seems unable when nothing else is left, rather than nobody', async () => {
    for (const name of ['paid', 'spare', 'cheap']) crew.at(name).script(spent());
    expect(await crew.ask('auto', { body: TOOLS })).toMatchObject({ status: 429 });
    const answer = await crew.ask('auto', { body: { ...TOOLS, messages: [{ role: 'user', content: 'again' }] } });
    expect(answer).toMatchObject({ status: 200, account: 'free', attempts: 1 });
    const { steps } = await crew.explain('model=auto&tools=1');
    expect(steps).toMatchObject([{ account: 'free', why: [expect.any(String), expect.stringContaining('has no tools')] }]);
  });

  it('never asks the demo account', async () => {
    for (const name of ['paid', 'spare', 'cheap', 'free']) crew.at(name).script(overloaded());
    const { status, text } = await crew.ask('auto');
    expect(status).toBe(503);
    expect(text).not.toContain('demo');
  });
});

describe('auto/fast', () => {
  it('takes small models, and prefers who answered sooner', async () => {
    const crew = await crewOf([
      { name: 'slow', models: custom({ id: 'a' }, { id: 'a-mini' }) },
      { name: 'quick', models: custom({ id: 'b' }, { id: 'b-flash' }) },
    ]);
    expect((await crew.explain('model=auto/fast')).steps.map(({ target }) => target)).toEqual(['slow/a-mini', 'quick/b-flash']);
    const pause = new Promise((resolve) => setTimeout(resolve, 300));
    crew.at('slow').script({ ...answerOf('slow'), before: pause });
    const targets: (string | null)[] = [];
    for (const turns of ['a', 'b', 'c', 'd']) targets.push((await crew.ask('auto/fast', { turns })).target);
    // Each is measured once.
    expect(targets).toEqual(['slow/a-mini', 'quick/b-flash', 'quick/b-flash', 'quick/b-flash']);
    crew.at('quick').script(jsonReply({ error: { message: 'no' } }, 500));
    expect((await crew.ask('auto/fast', { turns: 'other' })).target).toBe('slow/a-mini');
    await crew.close();
  });
});
