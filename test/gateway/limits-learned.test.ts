import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recordings } from '../recordings.ts';
import { jsonReply } from '../upstream/reply.ts';
import { type Accounts, accountsWith, answer, codeOf } from './limits-house.ts';

const HOUR_MS = 3_600_000;
const [recorded] = recordings(({ name }) => name.startsWith('openai-citations-with-openai-gpt-4o-mini'));
/** OpenAI's own headers: 499 of 500 requests left, 120 ms until all are. */
const real = Object.fromEntries(Object.entries(recorded?.response.headers ?? {}).filter(([name]) => name.startsWith('x-ratelimit-')));
const leaving = (remaining: number, reset: string): Record<string, string> => ({
  ...real,
  'x-ratelimit-remaining-requests': String(remaining),
  'x-ratelimit-reset-requests': reset,
});
const [FIRST, SECOND] = ['first account', 'second account'];

let house: Accounts;
const start = async (special: Record<string, unknown> = {}, settings: Record<string, unknown> = {}): Promise<void> => {
  house = await accountsWith([special, {}], settings);
};
const script = (at: number, ...replies: Parameters<Accounts['providers'][number]['script']>): void => {
  house.providers[at]?.script(...replies);
};
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await house.close();
});

describe('what a provider says of its limits', () => {
  it('is learned from a recorded answer, and an answer with much left changes nothing', async () => {
    await start();
    script(0, answer(FIRST, undefined, real), answer(FIRST));
    await house.ask();
    const { 'account-0': learned } = await house.limits();
    expect(learned?.windows).toMatchObject([
      { window: 'requests (m)', limit: 500, remaining: 499 },
      { window: 'tokens (m)', limit: 45_000, remaining: 44_982 },
    ]);
    expect((await house.ask()).text).toContain(FIRST);
  });

  it('sends the next request elsewhere when nothing is left, until it is', async () => {
    await start();
    script(0, answer(FIRST, undefined, leaving(0, '30s')), answer(FIRST));
    script(1, answer(SECOND), answer(SECOND));
    expect((await house.ask()).text).toContain(FIRST);
    expect((await house.ask()).text).toContain(SECOND);
    vi.setSystemTime(Date.now() + 29_000);
    expect((await house.ask()).text).toContain(SECOND);
    vi.setSystemTime(Date.now() + 1500);
    expect((await house.ask()).text).toContain(FIRST);
  });

  it('holds for the model it was said of', async () => {
    await start();
    script(0, answer(FIRST, undefined, leaving(0, '30s')), answer(FIRST));
    await house.ask();
    expect((await house.ask({ model: 'chat/other' })).text).toContain(FIRST);
  });

  it('is heard in failures too', async () => {
    await start();
    const failure = { error: { message: 'The server had an error.', type: 'server_error' } };
    script(0, jsonReply(failure, 500, leaving(0, '30s')));
    script(1, answer(SECOND), answer(SECOND));
    for (const _ of [1, 2]) expect((await house.ask()).text).toContain(SECOND);
  });

  it('tells a client when to come back where nobody else is left', async () => {
    house = await accountsWith([{}], { queue: { waitMs: 100 } });
    script(0, answer(FIRST, undefined, leaving(0, '30s')));
    await house.ask();
    const refused = await house.ask();
    expect(refused.status).toBe(429);
    expect(codeOf(refused)).toBe('account_busy');
    expect(refused.headers.get('retry-after')).toBe('30');
  });

  it('of a long window skips the account until its reset, and the record says why', async () => {
    await start();
    script(0, answer(FIRST, undefined, leaving(0, '6h0m0s')), answer(FIRST));
    script(1, answer(SECOND));
    await house.ask();
    expect((await house.ask()).text).toContain(SECOND);
    expect(house.gateway.lastRecord()?.skipped).toEqual([{ target: 'chat/m', account: 'account-0', reason: 'quota' }]);
    vi.setSystemTime(Date.now() + 6 * HOUR_MS + 1000);
    expect((await house.ask()).text).toContain(FIRST);
  });
});

describe('headroom', () => {
  it('leaves so many per cent of a window unused', async () => {
    await start({ headroom: 20 });
    script(0, answer(FIRST, undefined, leaving(101, '6h0m0s')), answer(FIRST, undefined, leaving(100, '6h0m0s')), answer(FIRST));
    script(1, answer(SECOND));
    for (const content of [FIRST, FIRST, SECOND]) expect((await house.ask()).text).toContain(content);
    expect(house.gateway.lastRecord()?.skipped).toEqual([{ target: 'chat/m', account: 'account-0', reason: 'headroom' }]);
    vi.setSystemTime(Date.now() + 6 * HOUR_MS + 1000);
    expect((await house.ask()).text).toContain(FIRST);
  });

  it('is not broken into when it is all that is left: the client hears when more comes', async () => {
    house = await accountsWith([{ headroom: 50 }]);
    script(0, answer(FIRST, undefined, leaving(250, '2h0m0s')));
    await house.ask();
    const refused = await house.ask();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBe(7200);
    expect(refused.text).toMatch(/50 % of its requests left, 50 % are the reserve/);
  });
});
