import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_BODY, ERROR_CLASS } from '../../sdk/error-shapes.ts';
import { PROVIDER_KEY } from '../../sdk/house.ts';
import { DIALECTS } from '../../sdk/target.ts';
import { jsonReply } from '../../upstream/reply.ts';
import { failuresOf } from './failures.ts';
import { type Scene, sceneWith } from './scene.ts';

const echoed = { error: { message: `Incorrect API key provided: ${PROVIDER_KEY}`, code: 'invalid_api_key' } };

/** Every account of a combo is cooling: one until a quota's reset, one for the 48 s its provider named, one until its key is changed. */
describe('a combo of which nobody can be asked', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await sceneWith(
      [
        { name: 'spent', dialect: 'openai-responses' },
        { name: 'hurried', dialect: 'gemini' },
        { name: 'refused', dialect: 'openai-chat' },
      ],
      {
        combos: [
          { name: 'all', targets: ['spent/m', 'hurried/m', 'refused/m'] },
          { name: 'signed-out', targets: ['refused/m', 'refused/other'] },
        ],
      },
    );
    const quota = failuresOf('quota')[0]?.reply(false);
    const rate = failuresOf('rate')
      .find(({ dialect }) => dialect === 'gemini')
      ?.reply(false);
    if (!quota || !rate) throw new Error('no recording of a quota or a rate limit');
    scene.at('spent').script(quota);
    scene.at('hurried').script(rate);
    scene.at('refused').script(jsonReply(echoed, 401));
    // The request that finds it out is told what was tried, and the soonest wait.
    const got = await scene.ask('openai-chat', 'all', false);
    expect(got).toMatchObject({ ok: false, failure: { status: 429 } });
    expect(JSON.stringify(got)).toMatch(/spent\/m \(spent\): quota; hurried\/m \(hurried\): rate; refused\/m \(refused\): auth/);
    expect(JSON.stringify(got)).not.toContain(PROVIDER_KEY);
    expect(scene.counts()).toEqual({ spent: 1, hurried: 1, refused: 1 });
  });
  afterAll(() => scene.close());

  describe.each(DIALECTS)('for a client of %s', (client) => {
    it.each([true, false])('is a 429 at once, with the soonest wait and each account’s reason, streamed: %s', async (stream) => {
      const response = await scene.raw(client, { model: 'all', stream });
      expect(response.status).toBe(429);
      const wait = Number(response.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(5);
      expect(wait).toBeLessThanOrEqual(48);
      const text = await response.text();
      expect(ERROR_BODY[client].safeParse(JSON.parse(text)), text).toMatchObject({ success: true });
      expect(text).toMatch(/spent\/m \(spent\): used up for another \d+ min/);
      expect(text).toMatch(/hurried\/m \(hurried\): too many requests: left alone for another \d+ s/);
      expect(text).toMatch(/refused\/m \(refused\): its key or sign-in was refused/);
      expect(text).not.toContain(PROVIDER_KEY);
      expect(text).not.toMatch(/127\.0\.0\.1/);
      expect(scene.counts()).toEqual({ spent: 1, hurried: 1, refused: 1 });
      const record = scene.lastRecord();
      expect(record).toMatchObject({
        status: 429,
        attempts: [],
        target: undefined,
        account: undefined,
        error: { code: 'all_cooling_down' },
      });
      expect(record.skipped).toEqual([
        { target: 'spent/m', account: 'spent', reason: 'quota' },
        { target: 'hurried/m', account: 'hurried', reason: 'rate' },
        { target: 'refused/m', account: 'refused', reason: 'auth' },
      ]);
      expect(record.totalMs).toBeLessThan(1000);
    });

    it('is thrown by its SDK with that status', async () => {
      const got = await scene.ask(client, 'all', true);
      expect(got).toMatchObject({ ok: false, failure: { status: 429, error: expect.any(ERROR_CLASS[client]) } });
    });

    it('says what the user has to do where no wait mends it', async () => {
      const response = await scene.raw(client, { model: 'signed-out', stream: false });
      expect(response.status).toBe(401);
      expect(response.headers.get('retry-after')).toBeNull();
      const text = await response.text();
      expect(ERROR_BODY[client].safeParse(JSON.parse(text)), text).toMatchObject({ success: true });
      expect(text).toContain('sign in again or change the key');
      expect(text).not.toContain(PROVIDER_KEY);
      expect(scene.lastRecord()).toMatchObject({ attempts: [], error: { class: 'auth', code: 'sign_in_needed' } });
    });
  });

  it.each(DIALECTS)('is a 429 too when one is refused just now, for a client of %s: no tool is to sign in for that', async (client) => {
    await scene.admin('/health/reset', { method: 'POST', body: JSON.stringify({ account: 'refused' }) });
    scene.at('refused').script(jsonReply(echoed, 401));
    const response = await scene.raw(client, { model: 'all', stream: true });
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(48);
    const text = await response.text();
    expect(ERROR_BODY[client].safeParse(JSON.parse(text)), text).toMatchObject({ success: true });
    expect(text).toContain('Incorrect API key provided: [redacted]');
    expect(text).toMatch(/hurried\/m \(hurried\): too many requests/);
    expect(scene.lastRecord().attempts).toMatchObject([{ account: 'refused', class: 'auth', status: 401 }]);
  });

  it('shows the credential nowhere', async () => {
    for (const path of ['/health', '/requests', '/status', '/explain?model=all']) {
      expect(JSON.stringify(await scene.admin(path)), path).not.toContain(PROVIDER_KEY);
    }
  });
});
