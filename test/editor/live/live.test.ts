import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { answer, down, refused } from '../../upstream/chat-replies.ts';
import { deferred } from '../../upstream/deferred.ts';
import type { Reply } from '../../upstream/reply.ts';
import { type LiveHouse, liveHouse, until } from './house.ts';

const chunk = (delta: object, more: object = {}): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'a', choices: [{ index: 0, delta, finish_reason: null }], ...more })}\n\n`;
const end = `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'a', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 } })}\n\ndata: [DONE]\n\n`;

/** An answer that waits before its first word, and in the middle. */
function slow(first: Promise<unknown>, rest: Promise<unknown>): Reply {
  const head = { status: 200, headers: { 'content-type': 'text/event-stream' } };
  const steps: Reply['steps'] = [
    { do: 'send', bytes: chunk({ role: 'assistant', content: 'he' }) },
    { do: 'wait', until: rest },
    { do: 'send', bytes: chunk({ content: 're' }) + end },
    { do: 'end' },
  ];
  return { label: 'slow', before: first, head, steps };
}

const newest = ({ requests }: { requests: readonly LiveRequest[] }): LiveRequest | undefined => requests[0];

describe('Live, of a gateway', () => {
  let house: LiveHouse;
  beforeEach(async () => {
    house = await liveHouse();
    await until(house.live, ({ loaded }) => loaded);
  });
  afterEach(() => house.close());

  it('has read everything once it is loaded', () => {
    const { link, accounts, combos, models, today, requests, fallback } = house.live.snapshot;
    expect(link).toMatchObject({ is: 'ready' });
    expect(accounts.map(({ name }) => name)).toEqual(['chat', 'chat-1']);
    expect(combos).toMatchObject([{ name: 'best' }]);
    expect(models.map(({ name }) => name)).toEqual(expect.arrayContaining(['best', 'auto', 'demo/echo']));
    expect(today).toMatchObject({ requests: 0, cost: null });
    expect(requests).toEqual([]);
    expect(fallback).toBeUndefined();
    expect(house.warnings).toEqual([]);
  });

  it('shows an account that somebody else adds, and one that goes', async () => {
    const { id } = (
      await house.other.addAccount({
        provider: 'openai-compatible',
        name: 'third',
        baseUrl: `${house.provider.url}/v1`,
        noKey: true,
        test: false,
      })
    ).account;
    await until(house.live, ({ accounts }) => accounts.some(({ name }) => name === 'third'));
    await house.other.removeAccount(id);
    await until(house.live, ({ accounts }) => accounts.length === 2);
  });

  it('shows the demo while nothing else is on', async () => {
    await house.other.removeCombo('best');
    for (const name of ['chat', 'chat-1']) await house.other.editAccount(name, { enabled: false });
    const { accounts } = await until(house.live, (snapshot) => snapshot.accounts.some(({ provider }) => provider === 'demo'));
    expect(accounts.at(-1)).toMatchObject({ id: 'demo', name: 'Demo', enabled: true });
    await house.other.editAccount('chat', { enabled: true });
    await until(house.live, (snapshot) => !snapshot.accounts.some(({ provider }) => provider === 'demo'));
  });

  it('follows a request from its start to its end', async () => {
    const [first, rest] = [deferred(), deferred()];
    house.provider.script(slow(first.promise, rest.promise));
    const asked = house.ask('chat/a', true);
    const running = newest(await until(house.live, (snapshot) => newest(snapshot)?.state === 'running'));
    expect(running).toMatchObject({ requested: 'chat/a', key: 'default', client: expect.any(String), fallback: false });
    first.resolve();
    const streaming = newest(await until(house.live, (snapshot) => newest(snapshot)?.state === 'streaming'));
    expect(streaming).toMatchObject({ id: running?.id, target: 'chat/a', account: 'chat', firstTokenMs: expect.any(Number) });
    rest.resolve();
    await asked;
    const snapshot = await until(house.live, (now) => newest(now)?.state === 'done');
    expect(newest(snapshot)).toMatchObject({
      id: running?.id,
      status: 200,
      usage: { input: 7, output: 2 },
      usd: 0.000011,
      fallback: false,
    });
    expect(snapshot.today).toMatchObject({ requests: 1, inputTokens: 7, outputTokens: 2, cost: 0.000011, failed: 0 });
    expect(snapshot.todayByAccount.get('chat')).toMatchObject({ by: ['chat'], requests: 1 });
    // What was shown before stays as it was.
    expect(running?.state).toBe('running');
  });

  it('shows an account that fails, until it is well again', async () => {
    house.provider.script(refused);
    await house.ask('chat/a');
    const snapshot = await until(house.live, ({ health, accounts }) => health.length > 0 && (accounts[0]?.health.length ?? 0) > 0);
    expect(snapshot.health).toMatchObject([{ id: 'account-chat', block: { reason: 'auth' } }]);
    expect(newest(snapshot)).toMatchObject({
      state: 'failed',
      error: 'auth',
      attempts: [{ target: 'chat/a', class: 'auth', status: 401 }],
    });
    expect(snapshot.today).toMatchObject({ requests: 1, failed: 1 });
    await house.other.resetHealth();
    await until(house.live, ({ health, accounts }) => health.length === 0 && accounts[0]?.health.length === 0);
  });

  it('notices a fall-back, and forgets it with the next plain answer', async () => {
    house.provider.script(refused, answer);
    await house.ask('best');
    const { fallback, requests, today } = await until(house.live, (snapshot) => newest(snapshot)?.state === 'done');
    expect(fallback).toMatchObject({ requested: 'best', target: 'chat-1/b', account: 'chat-1' });
    expect(requests[0]).toMatchObject({ fallback: true, attempts: [{ class: 'auth' }, { target: 'chat-1/b' }] });
    expect(today?.fallbacks).toBe(1);
    // One that nobody answers changes nothing.
    house.provider.script(down);
    await house.ask('chat-1/b');
    expect((await until(house.live, (snapshot) => newest(snapshot)?.state === 'failed')).fallback).toEqual(fallback);
    await house.other.resetHealth();
    // Before it is asked again, a target that is passed over makes a fall-back as well.
    house.provider.script(answer);
    await house.ask('best');
    await until(house.live, (snapshot) => snapshot.fallback === undefined && snapshot.requests.length === 3);
  });

  it('takes a target that was passed over for a fall-back too', async () => {
    house.provider.script(refused);
    await house.ask('chat/a');
    house.provider.script(answer);
    await house.ask('best');
    const snapshot = await until(house.live, ({ fallback }) => fallback !== undefined);
    expect(snapshot.fallback).toMatchObject({ target: 'chat-1/b' });
  });

  it('follows the next gateway when this one goes', async () => {
    house.provider.script(answer);
    await house.ask('chat/a');
    await until(house.live, (snapshot) => newest(snapshot)?.state === 'done');
    await house.restart();
    const snapshot = await until(house.live, ({ link, combos }) => link.is === 'ready' && combos.length === 0);
    expect(snapshot.loaded).toBe(true);
    house.provider.script(answer);
    await house.ask('chat/c');
    await until(house.live, ({ requests }) => requests.some(({ requested, state }) => requested === 'chat/c' && state === 'done'));
  });

  it('forgets what was under way when its gateway goes', async () => {
    const never = deferred();
    house.provider.script(slow(never.promise, never.promise));
    const asked = house.ask('chat/a', true).catch(() => {});
    await until(house.live, (snapshot) => newest(snapshot)?.state === 'running');
    house.link.is({ is: 'stopped' });
    expect((await until(house.live, ({ requests }) => requests.length === 0)).link).toEqual({ is: 'stopped' });
    never.resolve();
    await asked;
  });

  it('reads a slice when asked, and gives up where there is no gateway', async () => {
    const before = house.live.snapshot;
    await house.live.refresh('combos');
    expect(house.live.snapshot.combos).not.toBe(before.combos);
    expect(house.live.snapshot.models).toBe(before.models);
    house.link.is({ is: 'failed', reason: 'ports', message: 'no port' });
    await house.live.refresh();
    expect(house.live.snapshot).toMatchObject({ link: { is: 'failed' }, combos: [{ name: 'best' }] });
  });
});
