import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deferred } from '../../upstream/deferred.ts';
import { replyOf } from '../../upstream/reply.ts';
import { failuresOf } from './failures.ts';
import { goodRecording, goodReply } from './good.ts';
import { type Scene, sceneWith } from './scene.ts';

/** A provider that broke down and recovers: the date alone is faked. */
describe('a provider whose breaker is open', () => {
  let scene: Scene;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    scene = await sceneWith(
      [
        { name: 'broken', dialect: 'gemini' },
        { name: 'sound', dialect: 'anthropic-messages' },
      ],
      {
        combos: [{ name: 'work', targets: ['broken/m', 'sound/m'], affinity: false }],
        settings: { health: { breakerFailures: 2, breakerOpenMs: 10_000 } },
      },
    );
    const overload = failuresOf('overload').find(({ dialect }) => dialect === 'gemini');
    if (!overload) throw new Error('no overload of Gemini recorded');
    scene.at('broken').always(overload.reply(false));
    scene.at('sound').always(goodReply('anthropic-messages', false));
  });
  afterAll(async () => {
    await scene.close();
    vi.useRealTimers();
  });

  const answered = async (): Promise<string> => {
    expect(await scene.ask('openai-chat', 'work', false)).toMatchObject({ ok: true });
    return scene.lastRecord().account ?? '';
  };
  const asked = (): number => scene.at('broken').seen.length;
  const pass = (ms: number): void => void vi.setSystemTime(Date.now() + ms);

  it('is spared until its time is over, then asked once', async () => {
    for (let at = 0; at < 6; at += 1) expect(await answered()).toBe('sound');
    expect(asked()).toBe(2);
    pass(9000);
    await answered();
    expect(asked()).toBe(2);
    pass(1001);
    await answered();
    expect(asked()).toBe(3);
  });

  it('is spared for twice as long when that failed', async () => {
    pass(19_000);
    await answered();
    expect(asked()).toBe(3);
  });

  it('gets one request at a time to find out, while the others are answered elsewhere', async () => {
    pass(1001);
    const probing = deferred();
    scene.at('broken').always(undefined);
    scene.at('broken').script(replyOf(goodRecording('gemini', false), { before: probing.promise }));
    const probe = answered();
    await vi.waitUntil(() => asked() === 4);
    expect(await Promise.all(Array.from({ length: 8 }, answered))).toEqual(Array.from({ length: 8 }, () => 'sound'));
    expect(asked()).toBe(4);
    probing.resolve();
    expect(await probe).toBeDefined();
  });

  it('is back for everybody after one success', async () => {
    scene.at('broken').always(goodReply('gemini', false));
    expect(await scene.health()).toEqual([]);
    expect(await answered()).toBe('broken');
    expect(asked()).toBe(5);
  });
});
