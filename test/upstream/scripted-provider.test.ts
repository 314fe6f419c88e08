import { afterEach, describe, expect, it } from 'vitest';
import { recordings } from '../recordings.ts';
import { eventPieces } from './bytes.ts';
import { deferred } from './deferred.ts';
import { faults, jsonReply, recordedText, replyOf } from './reply.ts';
import { refusingUrl, type ScriptedProvider, scriptedProvider } from './scripted-provider.ts';

const streamed = recordings((entry) => entry.stream && entry.status === 200).filter(({ response }) => response.sse !== undefined);
const [sample] = streamed;

describe('the scripted provider', () => {
  let open: ScriptedProvider | undefined;
  const start = async (): Promise<ScriptedProvider> => {
    open = await scriptedProvider();
    return open;
  };
  afterEach(async () => {
    await open?.close().catch(() => {});
  });

  it('replays every streamed recording byte for byte, however it is cut', async () => {
    const provider = await start();
    for (const recording of streamed) {
      for (const chunking of ['whole', 'events'] as const) {
        provider.script(replyOf(recording, { chunking }));
        const response = await post(provider);
        expect(await response.text(), `${recording.name} ${chunking}`).toBe(recordedText(recording));
      }
    }
  });

  it('fails its close when a scripted reply was never asked for', async () => {
    const provider = await start();
    provider.script(jsonReply({}));
    await expect(provider.close()).rejects.toThrow('never asked for');
  });

  it('fails its close when a request came that was not scripted', async () => {
    const provider = await start();
    await post(provider);
    await expect(provider.close()).rejects.toThrow('not scripted');
  });

  it('remembers method, path, headers and body', async () => {
    const provider = await start();
    provider.script(jsonReply({}));
    await post(provider, { a: 1 });
    const seen = await provider.next();
    expect(seen).toMatchObject({ method: 'POST', path: '/v1/chat/completions?x=1' });
    expect(seen.headers['x-test']).toBe('yes');
    expect(seen.json()).toEqual({ a: 1 });
  });

  it('cuts after the event it was told, cleanly or not', async () => {
    const provider = await start();
    if (!sample) throw new Error('no streams recorded');
    const first = eventPieces(sample.response.sse ?? '')
      .slice(0, 2)
      .join('');
    provider.script(replyOf(sample, { cut: { after: 2, by: 'end' } }), replyOf(sample, { cut: { after: 2, by: 'destroy' } }));
    expect(await (await post(provider)).text()).toBe(first);
    await expect((await post(provider)).text()).rejects.toThrow();
  });

  it('tells when the other side goes away', async () => {
    const provider = await start();
    provider.script(faults.hangBeforeHeaders());
    const leaving = new AbortController();
    const asked = post(provider, {}, leaving.signal).catch(() => {});
    const seen = await provider.next();
    leaving.abort();
    await asked;
    expect(await seen.aborted).toBeGreaterThan(0);
  });

  it('waits for the test before and inside an answer', async () => {
    const provider = await start();
    if (!sample) throw new Error('no streams recorded');
    const [before, inside] = [deferred(), deferred()];
    provider.script(replyOf(sample, { before: before.promise, chunking: 'events', hold: { after: 1, until: inside.promise } }));
    const asked = post(provider);
    await provider.next();
    before.resolve();
    const reader = (await asked).body?.getReader();
    const first = await reader?.read();
    expect(Buffer.from(first?.value ?? []).toString()).toBe(eventPieces(sample.response.sse ?? '')[0]);
    inside.resolve();
    for (let step = await reader?.read(); step && !step.done; ) step = await reader?.read();
  });

  it('drips for as long as the other side stays', async () => {
    const provider = await start();
    provider.script(faults.slowLoris([': ', 'x\n\n'], 1, 'data: 1\n\n'));
    const leaving = new AbortController();
    const reader = (await post(provider, {}, leaving.signal)).body?.getReader();
    let text = '';
    while (text.length < 30) text += Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(text).toMatch(/^data: 1\n\n: x\n\n: x\n\n: /);
    leaving.abort();
    expect(await (await provider.next()).aborted).toBeGreaterThan(0);
  });

  it('names an address that refuses connections', async () => {
    await expect(fetch(await refusingUrl())).rejects.toThrow();
  });
});

function post(provider: ScriptedProvider, body: unknown = {}, signal?: AbortSignal): Promise<Response> {
  return fetch(`${provider.url}/v1/chat/completions?x=1`, {
    method: 'POST',
    headers: { 'x-test': 'yes' },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}
