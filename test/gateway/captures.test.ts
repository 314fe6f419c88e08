import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGateway } from '../../src/gateway/start.ts';
import type { Capture } from '../../src/ledger/capture/capture.ts';
import { MOST_TEXT } from '../../src/ledger/capture/capture.ts';
import { recordings } from '../recordings.ts';
import { accountFor, configFor, PROVIDER_KEY } from '../sdk/house.ts';
import { down } from '../upstream/chat-replies.ts';
import { jsonReply, recordedText, replyOf } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const answer = jsonReply({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'a spoken answer' }, finish_reason: 'stop' }],
});

describe('captures of whole exchanges', () => {
  let provider: ScriptedProvider;
  let folder: string;
  let gateway: Awaited<ReturnType<typeof startGateway>>;
  beforeEach(async () => {
    provider = await scriptedProvider();
    folder = await mkdtemp(join(tmpdir(), 'omniroute-captures-'));
  });
  afterEach(async () => {
    await gateway.close();
    await provider.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(capture?: Record<string, unknown>): Promise<void> {
    const accounts = [accountFor('openai-chat', provider.url, 0), accountFor('openai-chat', provider.url, 1)];
    const config = {
      ...configFor(accounts, capture ? { ledger: { capture } } : {}),
      combos: [{ name: 'both', targets: ['chat/a', 'chat-1/b'] }],
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config));
    await open();
  }
  async function open(): Promise<void> {
    gateway = await startGateway({ dataDir: folder, port: 0, log: () => {}, env: { SCRIPTED_PROVIDER_KEY: PROVIDER_KEY } });
  }
  const post = async (model: string, content = 'a private prompt', stream = false): Promise<{ id: string; text: string }> => {
    const response = await fetch(`${gateway.url}/v1/chat/completions?key=${gateway.key}`, {
      method: 'POST',
      headers: { 'x-custom': 'not to be kept', 'user-agent': 'tool/1.0' },
      body: JSON.stringify({ model, stream, messages: [{ role: 'user', content }] }),
    });
    return { id: response.headers.get('x-request-id') ?? '', text: await response.text() };
  };
  const admin = async (
    path = '',
    method = 'GET',
    key = gateway.key,
  ): Promise<{ status: number; captures: { id: string }[]; capture?: Capture }> => {
    const response = await fetch(`${gateway.url}/admin/captures${path}`, { method, headers: { 'x-api-key': key } });
    return { status: response.status, ...((await response.json()) as { captures: { id: string }[]; capture?: Capture }) };
  };
  const ids = async () => (await admin()).captures.map(({ id }) => id);

  it('are not made unless asked for', async () => {
    await start();
    provider.script(answer);
    await post('chat/a');
    expect((await admin()).captures).toEqual([]);
    expect(await readdir(folder)).not.toContain('captures');
  });

  it('hold what was asked, what went to each provider, and what the client got; no credential', async () => {
    await start({ last: 5 });
    provider.script(down, answer);
    const { id, text } = await post('both', `a private prompt with ${PROVIDER_KEY} in it`);
    const { capture } = await admin(`/${id}`);
    expect(capture).toMatchObject({
      id,
      request: { method: 'POST', path: '/v1/chat/completions', headers: { 'user-agent': 'tool/1.0' } },
      sent: [
        { target: 'chat/a', account: 'chat', dialect: 'openai-chat', path: `${provider.url}/v1/chat/completions` },
        { target: 'chat-1/b', account: 'chat-1' },
      ],
      answer: { status: 200, body: text },
      record: { requested: 'both', target: 'chat-1/b' },
    });
    expect(JSON.parse(capture?.request.body ?? '')).toMatchObject({ model: 'both' });
    expect(JSON.parse(capture?.sent[1]?.body ?? '')).toMatchObject({ model: 'b' });
    const all = JSON.stringify(capture);
    expect(all).toContain('a private prompt with [redacted] in it');
    for (const secret of [PROVIDER_KEY, gateway.key, 'not to be kept', 'authorization']) expect(all).not.toContain(secret);
    expect(await readdir(folder)).not.toContain('captures');
  });

  it('hold a streamed answer as the client got it, and failures', async () => {
    await start({ last: 5 });
    const [stream] = recordings(({ name }) => name === 'openai-complex-agent-run-stream');
    if (!stream) throw new Error('no recording');
    provider.script(replyOf(stream, { chunking: 'events' }));
    const streamed = await post('chat/a', 'hello', true);
    expect(recordedText(stream)).toContain('chatcmpl');
    expect((await admin(`/${streamed.id}`)).capture?.answer).toEqual({ status: 200, body: streamed.text });
    provider.always(down);
    const failed = await post('chat/a');
    expect((await admin(`/${failed.id}`)).capture?.answer).toEqual({ status: 503, body: failed.text });
    const broken = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'x-api-key': gateway.key },
      body: '{"mo',
    });
    expect((await admin(`/${broken.headers.get('x-request-id')}`)).capture).toMatchObject({ request: { body: '{"mo' }, sent: [] });
    provider.always(undefined);
  });

  it('are cut, and say so', async () => {
    await start({ last: 5 });
    provider.script(answer);
    const { id } = await post('chat/a', 'x'.repeat(MOST_TEXT * 3));
    const { capture } = await admin(`/${id}`);
    for (const body of [capture?.request.body, capture?.sent[0]?.body]) {
      expect(body).toMatch(/… \[cut: \d{6} characters in all\]$/);
      expect(body?.length).toBeLessThan(MOST_TEXT + 60);
    }
  });

  it('are the newest alone, and go when told', async () => {
    await start({ last: 2 });
    provider.always(answer);
    const made: string[] = [];
    for (let at = 0; at < 3; at += 1) made.push((await post(`chat/a${at}`)).id);
    expect(await ids()).toEqual([made[2], made[1]]);
    expect((await admin(`/${made[0]}`)).status).toBe(404);
    expect((await admin('', 'DELETE')).status).toBe(200);
    expect(await ids()).toEqual([]);
  });

  it('are files for the user alone where disk is set, live through a restart, and go when their time is over', async () => {
    await start({ last: 2, disk: true, keepHours: 1 });
    provider.always(answer);
    const made: string[] = [];
    for (let at = 0; at < 3; at += 1) made.push((await post(`chat/a${at}`)).id);
    expect(await ids()).toEqual([made[2], made[1]]);
    const captures = join(folder, 'captures');
    const files = await readdir(captures);
    expect(files).toHaveLength(2);
    for (const file of files) expect((await stat(join(captures, file))).mode & 0o777).toBe(0o600);
    expect((await stat(captures)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(captures, files[0] ?? ''), 'utf8')).not.toContain(PROVIDER_KEY);
    await gateway.close();
    await writeFile(join(captures, `${Date.now() - 3_700_000}-old.json`), '{}');
    await writeFile(join(captures, 'mine.txt'), 'kept');
    await writeFile(join(captures, `${Date.now()}-damaged.json`), '{"id');
    await open();
    expect(await ids()).toEqual([made[2]]);
    expect((await admin('', 'DELETE')).status).toBe(200);
    expect(await readdir(captures)).toEqual(['mine.txt']);
  });

  it('are shown to admin keys alone', async () => {
    await start({ last: 2 });
    const made = await fetch(`${gateway.url}/admin/keys`, {
      method: 'POST',
      headers: { 'x-api-key': gateway.key, 'content-type': 'application/json' },
      body: '{"name":"plain"}',
    });
    const { key } = (await made.json()) as { key: string };
    for (const [path, method] of [
      ['', 'GET'],
      ['/x', 'GET'],
      ['', 'DELETE'],
    ] as const) {
      expect(await admin(path, method, key)).toMatchObject({ status: 403, error: { code: 'admin_key_required' } });
    }
  });
});
