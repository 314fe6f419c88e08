import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ERROR_BODY } from '../../sdk/error-shapes.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

const MEMBERS = [
  { name: 'paid', dialect: 'openai-chat' as const },
  // A provider of the free tier at an address of the test's.
  { name: 'free', dialect: 'openai-chat' as const, config: { provider: 'groq' } },
];
const twice = (mode: 'hard' | 'soft') => [{ tier: 'api-key', period: 'day', requests: 2, mode }];

/** The date alone is faked: a budget's day passes when the test says so. */
describe('what a combo may spend on a tier', () => {
  let scene: Scene;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date(2026, 10, 20, 12));
    const combos = [
      { name: 'saving', targets: ['paid/m', 'free/m'], affinity: false, budgets: twice('hard') },
      { name: 'warning', targets: ['paid/m', 'free/m'], affinity: false, budgets: twice('soft') },
      { name: 'only-paid', targets: ['paid/m'], affinity: false, budgets: twice('hard') },
    ];
    scene = await sceneWith(MEMBERS, { combos });
  });
  afterEach(() => scene.afresh());
  afterAll(async () => {
    await scene.close();
    vi.useRealTimers();
  });

  const ready = (): void => {
    for (const { name } of MEMBERS) scene.at(name).always(goodReply('openai-chat', false));
  };
  const accounts = async (model: string, count: number): Promise<(string | undefined)[]> => {
    const answered = [];
    for (let at = 0; at < count; at += 1) {
      expect(await scene.ask('openai-chat', model, false)).toMatchObject({ ok: true });
      answered.push(scene.lastRecord().account);
    }
    return answered;
  };
  const nextDay = (): void => void vi.setSystemTime(Date.now() + 24 * 60 * 60_000);

  it('hard: what is beyond it goes to the next tier, until the day is over', async () => {
    ready();
    expect(await accounts('saving', 5)).toEqual(['paid', 'paid', 'free', 'free', 'free']);
    expect(scene.counts()).toEqual({ paid: 2, free: 3 });
    expect(scene.lastRecord().skipped).toEqual([{ target: 'paid/m', account: 'paid', reason: 'budget' }]);
    expect((await scene.explain('saving')).skipped).toMatchObject([{ target: 'paid/m', reason: 'budget', scope: 'budget' }]);
    // The account itself is well: under its own name it is asked.
    expect(await accounts('paid/m', 1)).toEqual(['paid']);
    nextDay();
    expect(await accounts('saving', 3)).toEqual(['paid', 'paid', 'free']);
  });

  it('soft: goes on, and says so', async () => {
    ready();
    expect(await accounts('warning', 2)).toEqual(['paid', 'paid']);
    const response = await scene.raw('openai-chat', { model: 'warning', stream: false });
    await response.text();
    expect(response.headers.get('x-omniroute-warning')).toMatch(/budget|api-key/i);
    expect(scene.lastRecord().account).toBe('paid');
  });

  it.each(DIALECTS)('hard, and nobody else is there: a 429 that names it, for a client of %s', async (client) => {
    ready();
    nextDay();
    await accounts('only-paid', 2);
    const response = await scene.raw(client, { model: 'only-paid', stream: true });
    expect(response.status).toBe(429);
    // Noon to midnight, where no clock is changed in between.
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(10 * 3600);
    const body: unknown = await response.json();
    expect(ERROR_BODY[client].safeParse(body)).toMatchObject({ success: true });
    expect(JSON.stringify(body)).toMatch(/budget/i);
    expect(scene.counts()).toEqual({ paid: 2 });
    expect(scene.lastRecord()).toMatchObject({ attempts: [], error: { class: 'quota', code: 'budget_reached' } });
  });
});
