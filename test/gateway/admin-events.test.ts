import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { GatewayEvent } from '../../src/ledger/events.ts';
import { ask } from '../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { answer, down, refused } from '../upstream/chat-replies.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

/** A listener of `/admin/events`. */
class Listener {
  readonly #response: Response;
  readonly #leave: AbortController;
  readonly events: GatewayEvent[] = [];
  #text = '';

  private constructor(response: Response, leave: AbortController) {
    this.#response = response;
    this.#leave = leave;
  }

  static async of(gateway: RunningGateway, headers: Record<string, string> = { 'x-api-key': gateway.key }): Promise<Listener> {
    const leave = new AbortController();
    const listener = new Listener(await fetch(`${gateway.url}/admin/events`, { headers, signal: leave.signal }), leave);
    return listener;
  }

  get status(): number {
    return this.#response.status;
  }

  /** Reads until an event of this type has come. */
  async until(type: GatewayEvent['type']): Promise<GatewayEvent[]> {
    const reader = this.#response.body?.getReader();
    while (!this.events.some((event) => event.type === type)) {
      const piece = await reader?.read();
      if (!piece || piece.done) throw new Error('the events ended');
      this.#take(Buffer.from(piece.value).toString());
    }
    reader?.releaseLock();
    return this.events;
  }

  #take(text: string): void {
    const blocks = (this.#text + text).split('\n\n');
    this.#text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data) this.events.push(JSON.parse(data) as GatewayEvent);
    }
  }

  leave(): void {
    this.#leave.abort();
  }
}

describe('/admin/events', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  let listener: Listener | undefined;
  beforeAll(async () => {
    provider = await scriptedProvider();
    gateway = await gatewayWith({
      ...configFor([accountFor('openai-chat', provider.url, 0), accountFor('openai-chat', provider.url, 1)]),
      combos: [{ name: 'best', targets: ['chat/a', 'chat-1/b'] }],
      budgets: [{ account: 'chat-1', period: 'day', requests: 1, mode: 'soft' }],
    });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });
  afterEach(async () => {
    listener?.leave();
    await gateway.resetHealth();
    provider.reset();
  });

  it('tells a request from its start to its end, its failures and what they change', async () => {
    listener = await Listener.of(gateway);
    provider.script(refused, answer);
    await ask('openai-chat', { target: gateway, model: 'best', stream: false, body: PROMPTS['openai-chat'] });
    const events = await listener.until('request-finished');
    // The budget of an account without another reading is shown as its quota, which moves as well.
    // Models are known anew when an account's list was read for the first time.
    const aside: ReadonlySet<string> = new Set(['quota-changed', 'models-changed']);
    expect(events.map(({ type }) => type).filter((type) => !aside.has(type))).toEqual([
      'request-started',
      'attempt-failed',
      'health-changed',
      'budget-warning',
      'first-token',
      'request-finished',
    ]);
    expect(events.find(({ type }) => type === 'attempt-failed')).toMatchObject({ target: 'chat/a', class: 'auth', status: 401 });
    expect(events.at(-1)).toMatchObject({ target: 'chat-1/b', status: 200, attempts: 2, usage: { input: 7, output: 2 }, cancelled: false });
    expect(new Set(events.flatMap((event) => ('id' in event ? [event.id] : []))).size).toBe(1);
  });

  it('tells a failed request', async () => {
    listener = await Listener.of(gateway);
    provider.script(down, down);
    await ask('anthropic-messages', { target: gateway, model: 'best', stream: true, body: PROMPTS['anthropic-messages'] });
    expect((await listener.until('request-finished')).at(-1)).toMatchObject({ status: 503, error: 'overload', attempts: 2 });
  });

  it('tells every listener, and forgets one that leaves', async () => {
    const other = await Listener.of(gateway);
    listener = await Listener.of(gateway);
    other.leave();
    provider.script(down, answer);
    await ask('openai-chat', { target: gateway, model: 'best', stream: false, body: PROMPTS['openai-chat'] });
    expect((await listener.until('request-finished')).at(-1)).toMatchObject({ status: 200 });
  });

  it('asks for a key like every route', async () => {
    listener = await Listener.of(gateway, { 'x-api-key': 'omr-wrong' });
    expect(listener.status).toBe(401);
  });
});
