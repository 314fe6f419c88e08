import { describe, expect, it } from 'vitest';
import { PortBridge } from '../../../src/editor/bridge/port-bridge.ts';
import { type Answerer, PortServer } from '../../../src/editor/bridge/port-server.ts';
import { type FromEditor, type ToEditor, WINDOW_CHARS } from '../../../src/editor/bridge/protocol.ts';
import { readText } from '../../../src/upstream/read-text.ts';

/** Both ends, with every message kept. */
function pair(answer: Answerer) {
  const toEditor: ToEditor[] = [];
  const fromEditor: FromEditor[] = [];
  const bridge = new PortBridge((message) => {
    toEditor.push(message);
    queueMicrotask(() => server.hear(structuredClone(message)));
  });
  const server = new PortServer((message) => {
    fromEditor.push(message);
    queueMicrotask(() => bridge.hear(structuredClone(message)));
  }, answer);
  return { bridge, server, toEditor, fromEditor };
}

const get = (path: string, signal = new AbortController().signal) => ({ method: 'GET' as const, path, signal });
const charsOf = (messages: FromEditor[]): number =>
  messages.reduce((sum, message) => sum + (message.is === 'chunk' ? message.text.length : 0), 0);
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
};

describe('the bridge over a port', () => {
  it('carries head and body, several calls at once', async () => {
    const { bridge } = pair(async ({ path }, reply) => {
      reply.head(200, { 'x-path': path });
      for (const letter of path) await reply.write(letter);
    });
    const answers = await Promise.all(['/a/bc', '/xyz'].map((path) => bridge.send(get(path))));
    expect(answers.map(({ headers }) => headers['x-path'])).toEqual(['/a/bc', '/xyz']);
    expect(await Promise.all(answers.map(({ body }) => readText(body)))).toEqual(['/a/bc', '/xyz']);
  });

  it('lets an answer run ahead of its reader by little', async () => {
    const piece = 'x'.repeat(64 * 1024);
    const { bridge, fromEditor } = pair(async (_, reply) => {
      reply.head(200, {});
      for (let n = 0; n < 100; n++) await reply.write(piece);
    });
    const { body } = await bridge.send(get('/'));
    await turns();
    expect(charsOf(fromEditor)).toBeLessThanOrEqual(WINDOW_CHARS + 2 * piece.length);
    expect((await readText(body)).length).toBe(100 * piece.length);
  });

  it('ends the call at the other end when it is aborted, before the head and after it', async () => {
    for (const early of [true, false]) {
      let ended: (reason: string) => void = () => {};
      const end = new Promise<string>((resolve) => {
        ended = resolve;
      });
      const { bridge, toEditor } = pair(async (_, reply, signal) => {
        signal.addEventListener('abort', () => ended('aborted'));
        if (!early) reply.head(200, {});
        await end;
      });
      const leave = new AbortController();
      const sent = bridge.send(get('/', leave.signal));
      const body = early ? undefined : (await sent).body;
      const read = body && readText(body);
      leave.abort(new Error('gone'));
      await expect(early ? sent : read).rejects.toThrow('gone');
      expect(await end).toBe('aborted');
      expect(toEditor.at(-1)).toEqual({ is: 'abort', id: 1 });
    }
  });

  it('frees a writer whose reader has left', async () => {
    let rejected: unknown;
    const { bridge } = pair(async (_, reply) => {
      reply.head(200, {});
      try {
        for (;;) await reply.write('x'.repeat(WINDOW_CHARS));
      } catch (error) {
        rejected = error;
      }
    });
    const { body } = await bridge.send(get('/'));
    body.destroy();
    await expect.poll(() => rejected).toBeInstanceOf(Error);
  });

  it('fails the call when the other end throws', async () => {
    const { bridge } = pair(() => Promise.reject(new Error('broken')));
    await expect(bridge.send(get('/'))).rejects.toMatchObject({ class: 'network', message: 'broken' });
  });

  it('does not send what was aborted before', async () => {
    const { bridge, toEditor } = pair(async () => {});
    await expect(bridge.send(get('/', AbortSignal.abort(new Error('gone'))))).rejects.toThrow('gone');
    expect(toEditor).toEqual([]);
  });

  it('tells that models changed', async () => {
    const { bridge, server } = pair(async () => {});
    let changes = 0;
    bridge.onModelsChanged(() => {
      changes += 1;
    });
    server.modelsChanged();
    await turns();
    expect(changes).toBe(1);
  });
});
