import { afterEach, describe, expect, it } from 'vitest';
import { GatewayError } from '../../src/conversation/error.ts';
import { shareKey } from '../../src/gateway/share/share-key.ts';
import { SharedAnswers } from '../../src/gateway/share/shared-answers.ts';
import { ask, type ShareServer, shareServer, type Work } from './share-server.ts';

const KEY = { 'idempotency-key': 'one' };
const STREAM = 'text/event-stream';

let server: ShareServer;
afterEach(async () => server.close());

const begun = (work: Work): void => work.reply.begin({ 'x-request-id': work.id, 'x-omniroute-target': 'p/m' }, STREAM);

describe('requests alike', () => {
  it('share one upstream call: five followers get the same bytes, under their own request ids', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const followers = Array.from({ length: 5 }, () => ask(server, KEY));
    await server.followed(2);
    begun(work);
    const pieces = Array.from({ length: 200 }, (_, at) => `data: ${at} ü\n\n`);
    for (const piece of pieces) await work.reply.write(piece);
    await server.followed(5);
    work.done();
    const heard = await Promise.all([leader, ...followers].map((client) => client.heard));
    for (const { status, text, headers } of heard) {
      expect(status).toBe(200);
      expect(text).toBe(pieces.join(''));
      expect(headers['content-type']).toBe(STREAM);
      expect(headers['x-omniroute-target']).toBe('p/m');
    }
    expect(server.started).toBe(1);
    expect(new Set(heard.map(({ headers }) => headers['x-request-id'])).size).toBe(6);
    expect(heard.map(({ headers }) => headers['x-omniroute-shared'])).toEqual([undefined, ...Array(5).fill(work.id)]);
  });

  it('share a whole answer', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const follower = ask(server, KEY);
    await server.followed(1);
    work.reply.whole(200, '{"a":"ü"}', { 'x-request-id': work.id });
    work.done();
    expect((await leader.heard).text).toBe('{"a":"ü"}');
    expect(await follower.heard).toMatchObject({ status: 200, text: '{"a":"ü"}', headers: { 'x-omniroute-shared': work.id } });
  });

  it('share an answer that is out already, until five seconds after it was asked for', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    begun(work);
    await work.reply.write('all of it');
    work.done();
    await leader.heard;
    server.clock.now += 4999;
    expect((await ask(server, KEY).heard).text).toBe('all of it');
    server.clock.now += 1;
    const next = ask(server, KEY);
    const second = await server.work();
    second.reply.whole(200, 'another', {});
    second.done();
    expect((await next.heard).text).toBe('another');
    expect(server.started).toBe(2);
  });

  it('are forgotten after the window, by the clock of the machine too', async () => {
    server = await shareServer();
    const answers = new SharedAnswers({ windowMs: 1 });
    const joined = answers.join('k', 'r', 0);
    expect(joined.role).toBe('leader');
    await expect.poll(() => answers.size).toBe(0);
  });

  it('share nothing with another body, another gateway key, or without a key', async () => {
    server = await shareServer();
    const clients = [
      ask(server, KEY),
      ask(server, KEY, '{"q":2}'),
      ask(server, { ...KEY, authorization: 'other' }),
      ask(server, { 'idempotency-key': 'two' }),
      ask(server, {}),
      ask(server, {}),
    ];
    for (let count = 0; count < clients.length; count += 1) {
      const work = await server.work();
      work.reply.whole(200, work.id, {});
      work.done();
    }
    const texts = (await Promise.all(clients.map((client) => client.heard))).map(({ text }) => text);
    expect(new Set(texts).size).toBe(clients.length);
  });

  it('share by body alone where that is switched on, and with the older header’s name', async () => {
    server = await shareServer();
    for (const headers of [{ 'x-share-identical': 'yes' }, { 'x-idempotency-key': 'k' }] as Record<string, string>[]) {
      const leader = ask(server, headers);
      const work = await server.work();
      const follower = ask(server, headers);
      work.reply.whole(200, work.id, {});
      work.done();
      expect((await follower.heard).text).toBe((await leader.heard).text);
    }
    expect(server.started).toBe(2);
  });
});

describe('a slow client', () => {
  const PIECE = `${'x'.repeat(64 * 1024 - 1)}\n`;

  it('that follows holds up neither the leader nor the others, and still gets everything', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    begun(work);
    await work.reply.write(PIECE);
    const slow = ask(server, KEY, undefined, true);
    const quick = ask(server, KEY);
    await server.followed(2);
    await slow.head;
    for (let count = 0; count < 99; count += 1) await work.reply.write(PIECE);
    work.done();
    expect((await leader.heard).text.length).toBe(100 * PIECE.length);
    expect((await quick.heard).text.length).toBe(100 * PIECE.length);
    slow.resume();
    expect((await slow.heard).text).toBe(PIECE.repeat(100));
  });

  it('that lags beyond all bounds is cut off, and never hears a clean end of half an answer', async () => {
    server = await shareServer({ maxBytes: 1024 * 1024, maxLagBytes: 4 * 1024 * 1024 });
    const leader = ask(server, KEY);
    const work = await server.work();
    begun(work);
    await work.reply.write(PIECE);
    const slow = ask(server, KEY, undefined, true);
    await server.followed(1);
    await slow.head;
    for (let count = 0; count < 399; count += 1) await work.reply.write(PIECE);
    work.done();
    expect((await leader.heard).text.length).toBe(400 * PIECE.length);
    slow.resume();
    expect((await slow.heard).text).toMatch(/error client_too_slow req-2$/);
  });

  it('that leads and leaves does not let the provider run far ahead of the followers', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    begun(work);
    await work.reply.write(PIECE);
    await leader.head;
    const slow = ask(server, KEY, undefined, true);
    await server.followed(1);
    await slow.head;
    leader.leave();
    await server.left(1);
    let wait: Promise<void> | undefined;
    let written = 1;
    while (!wait && written < 400) {
      wait = work.reply.write(PIECE);
      written += 1;
      await new Promise(setImmediate);
    }
    expect(wait).toBeDefined();
    slow.resume();
    await wait;
    work.done();
    expect((await slow.heard).text.length).toBe(written * PIECE.length);
  });
});

describe('an answer longer than the bound', () => {
  it('takes in nobody new, and those who follow get all of it', async () => {
    server = await shareServer({ maxBytes: 10 });
    ask(server, KEY);
    const work = await server.work();
    const follower = ask(server, KEY);
    await server.followed(1);
    begun(work);
    await work.reply.write('123456');
    await work.reply.write('7890ab');
    expect(server.shared.size).toBe(0);
    const late = ask(server, KEY);
    const second = await server.work();
    second.reply.whole(200, 'own', {});
    second.done();
    work.done();
    expect((await late.heard).text).toBe('own');
    expect((await follower.heard).text).toBe('1234567890ab');
  });
});

describe('clients that leave', () => {
  it('do not end the work while a follower listens; the last one does', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const first = ask(server, KEY);
    const second = ask(server, KEY);
    await server.followed(2);
    begun(work);
    await work.reply.write('one ');
    await Promise.all([leader.head, first.head, second.head]);
    leader.leave();
    await server.left(1);
    expect(work.signal.aborted).toBe(false);
    await work.reply.write('two ');
    first.leave();
    await server.left(2);
    expect(work.signal.aborted).toBe(false);
    const third = ask(server, KEY);
    await server.followed(3);
    second.leave();
    await server.left(3);
    expect(work.signal.aborted).toBe(false);
    await third.head;
    third.leave();
    await server.left(4);
    await expect.poll(() => work.signal.aborted).toBe(true);
    expect(server.shared.size).toBe(0);
  });

  it('leave the rest of the answer to those who stay', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const follower = ask(server, KEY);
    await server.followed(1);
    leader.leave();
    await server.left(1);
    begun(work);
    await work.reply.write('all ');
    await work.reply.write('of it');
    work.done();
    expect((await follower.heard).text).toBe('all of it');
    expect(work.signal.aborted).toBe(false);
  });

  it('end the work at once when nobody follows, and the next one asks anew', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    leader.leave();
    await server.left(1);
    expect(work.signal.aborted).toBe(true);
    ask(server, KEY);
    expect((await server.work()).id).not.toBe(work.id);
  });
});

describe('a failure', () => {
  const error = new GatewayError({ class: 'overload', code: 'overloaded', message: 'busy' });

  it('is told to those who wait, each in its own words, and a retry really asks again', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const follower = ask(server, KEY);
    await server.followed(1);
    work.fail(error);
    expect(await leader.heard).toMatchObject({ status: 503, text: 'error overloaded req-1' });
    expect(await follower.heard).toMatchObject({ status: 503, text: 'error overloaded req-2' });
    const retry = ask(server, KEY);
    const second = await server.work();
    second.reply.whole(200, 'fine', {});
    second.done();
    expect((await retry.heard).text).toBe('fine');
  });

  it('after the beginning comes behind what was said before it, once', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const follower = ask(server, KEY);
    await server.followed(1);
    begun(work);
    await work.reply.write('half ');
    work.fail(error);
    expect((await leader.heard).text).toBe('half error overloaded req-1');
    expect((await follower.heard).text).toBe('half error overloaded req-2');
  });

  it('that the stream itself tells is shared as it is, and not kept for later', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const follower = ask(server, KEY);
    await server.followed(1);
    begun(work);
    await work.reply.write('half, error event');
    if ('spoil' in work.reply && typeof work.reply.spoil === 'function') work.reply.spoil();
    work.done();
    expect((await follower.heard).text).toBe((await leader.heard).text);
    expect(server.shared.size).toBe(0);
  });

  it('in the form of a whole answer is forgotten too', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    work.reply.whole(500, 'broken', {});
    work.done();
    expect((await leader.heard).status).toBe(500);
    expect(server.shared.size).toBe(0);
  });
});

describe('pings', () => {
  it('go to the leader’s client alone', async () => {
    server = await shareServer();
    const leader = ask(server, KEY);
    const work = await server.work();
    const follower = ask(server, KEY);
    await server.followed(1);
    begun(work);
    work.reply.ping(': ping\n\n');
    await work.reply.write('text');
    work.done();
    expect((await leader.heard).text).toBe(': ping\n\ntext');
    expect((await follower.heard).text).toBe('text');
  });
});

describe('the key of a shared answer', () => {
  const question = { gatewayKeyId: 'k', path: '/v1/messages', idempotencyKey: 'i', body: '{}', shareIdentical: false };

  it('is absent, and costs nothing, without an idempotency key', () => {
    expect(shareKey({ ...question, idempotencyKey: undefined })).toBeUndefined();
    expect(shareKey({ ...question, idempotencyKey: '' })).toBeUndefined();
  });

  it('tells everything apart that could change the answer', () => {
    const others = [
      question,
      { ...question, gatewayKeyId: 'l' },
      { ...question, path: '/v1/responses' },
      { ...question, idempotencyKey: 'j' },
      { ...question, body: '{ }' },
      { ...question, headers: { 'anthropic-beta': 'x' } },
      { ...question, idempotencyKey: undefined, shareIdentical: true },
    ];
    expect(new Set(others.map(shareKey)).size).toBe(others.length);
    expect(shareKey({ ...question, shareIdentical: true })).toBe(shareKey(question));
  });
});
