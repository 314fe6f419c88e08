import { createParser } from 'eventsource-parser';
import { Agent, fetch } from 'undici';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { type Heard, hearEvent, hearWhole, nothingHeard } from './hear.ts';
import { promptOf, type Question } from './question.ts';

/** One ask of a soak. */
export interface Ask {
  question: Question;
  dialect: ClientDialectId;
  model: string;
  stream: boolean;
  session: string | undefined;
  /** Leave after so many milliseconds. */
  leaveMs: number | undefined;
}

export type Outcome =
  | { is: 'whole'; heard: Heard; attempts: number; ms: number }
  | { is: 'failed'; status: number; message: string; text: string; ms: number }
  | { is: 'left' };

/** Clients with connections kept alive, as tools have. */
export class Clients {
  readonly #agent = new Agent({ connections: 128 });
  readonly #url: string;
  readonly #key: string;

  constructor({ url, key }: { url: string; key: string }) {
    this.#url = url;
    this.#key = key;
  }

  async ask(ask: Ask): Promise<Outcome> {
    const leaving = new AbortController();
    const timer = ask.leaveMs === undefined ? undefined : setTimeout(() => leaving.abort(), ask.leaveMs);
    const heard = nothingHeard();
    const from = performance.now();
    let status = 0;
    try {
      const { path, body } = wireOf(ask);
      const session = ask.session === undefined ? {} : { 'x-session-id': ask.session };
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#key}`, ...session };
      const init = { method: 'POST', headers, body: JSON.stringify(body), signal: leaving.signal, dispatcher: this.#agent };
      const response = await fetch(this.#url + path, init);
      status = response.status;
      await (ask.stream && status === 200 ? readEvents(response.body, ask.dialect, heard) : readWhole(response, ask.dialect, heard));
      const ms = performance.now() - from;
      if (heard.error !== undefined || status !== 200) {
        return { is: 'failed', status, message: heard.error ?? 'no error told', text: heard.text, ms };
      }
      return { is: 'whole', heard, attempts: Number(response.headers.get('x-omniroute-attempts')), ms };
    } catch (error) {
      if (leaving.signal.aborted) return { is: 'left' };
      return { is: 'failed', status, message: `broken off: ${String(error)}`, text: heard.text, ms: performance.now() - from };
    } finally {
      clearTimeout(timer);
    }
  }

  async json(path: string): Promise<unknown> {
    const response = await fetch(this.#url + path, { headers: { 'x-api-key': this.#key }, dispatcher: this.#agent });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return await response.json();
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

async function readEvents(body: AsyncIterable<Uint8Array> | null, dialect: ClientDialectId, heard: Heard): Promise<void> {
  const parser = createParser({ onEvent: ({ data }) => hearEvent(dialect, data, heard) });
  const decoder = new TextDecoder();
  for await (const piece of body ?? []) parser.feed(decoder.decode(piece, { stream: true }));
}

async function readWhole(response: { text(): Promise<string> }, dialect: ClientDialectId, heard: Heard): Promise<void> {
  hearWhole(dialect, await response.text(), heard);
}

function wireOf({ question, dialect, model, stream }: Ask): { path: string; body: object } {
  const text = promptOf(question);
  const messages = [{ role: 'user', content: text }];
  switch (dialect) {
    case 'openai-chat':
      return {
        path: '/v1/chat/completions',
        body: { model, messages, stream, ...(stream ? { stream_options: { include_usage: true } } : {}) },
      };
    case 'openai-responses':
      return { path: '/v1/responses', body: { model, input: text, stream } };
    case 'anthropic-messages':
      return { path: '/v1/messages', body: { model, messages, stream, max_tokens: 1000 } };
    case 'gemini': {
      const method = stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
      return { path: `/v1beta/models/${model}:${method}`, body: { contents: [{ role: 'user', parts: [{ text }] }] } };
    }
  }
}
