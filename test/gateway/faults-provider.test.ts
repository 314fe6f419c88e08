import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { ask } from '../sdk/ask.ts';
import { ERROR_CLASS } from '../sdk/error-shapes.ts';
import { answers, type ChatRecording } from '../sdk/expected.ts';
import { accountFor, configFor, gatewayWith, manyAccounts, prefixOf, type RunningGateway } from '../sdk/house.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { DIALECTS } from '../sdk/target.ts';
import { faults, type Reply, replyOf } from '../upstream/reply.ts';
import { refusingUrl, type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

const FAULTS: [string, (stream: boolean) => Reply][] = [
  ['a reset connection', faults.reset],
  ['silence before the headers', faults.hangBeforeHeaders],
  ['silence after the headers', (stream) => faults.hangAfterHeaders(typeOf(stream))],
  ['an empty 200', (stream) => faults.empty200(typeOf(stream))],
  ['garbage', (stream) => faults.garbage(typeOf(stream))],
  ['a proxy’s page', () => faults.html()],
  ['a page under status 200', () => faults.html(200)],
  ['an error under status 200', () => faults.errorIn200({ error: { message: 'The model is tired.', type: 'server_error', code: 500 } })],
];
const ASKS = DIALECTS.flatMap((to) => [
  { to, stream: true },
  { to, stream: false },
]);
const SHORT = { timeouts: { connectMs: 2000, firstByteMs: 300, idleMs: 300, totalMs: 10_000 } };

function typeOf(stream: boolean): string {
  return stream ? 'text/event-stream' : 'application/json';
}

describe.each(DIALECTS)('a broken provider of %s', (from) => {
  describe.each(FAULTS)('%s', (_name, fault) => {
    let provider: ScriptedProvider;
    let good: ScriptedProvider;
    let gateway: RunningGateway;
    beforeAll(async () => {
      [provider, good] = await Promise.all([scriptedProvider(), scriptedProvider()]);
      const bad = manyAccounts(from, provider.url, ASKS.length * 2);
      const spare = { ...accountFor(from, good.url, 99), prefix: 'spare' };
      const combos = ASKS.map((_ask, at) => ({
        name: `combo-${at}`,
        strategy: 'fill-first',
        targets: [`${prefixOf(from, ASKS.length + at)}/model`, 'spare/model'],
        deadlineMs: 20_000,
      }));
      gateway = await gatewayWith({ ...configFor([...bad, spare], SHORT), combos });
    });
    afterAll(async () => {
      await gateway.close();
      await Promise.all([provider.close(), good.close()]);
    });

    it.each(ASKS.map(({ to, stream }, at) => [to, stream, at] as const))(
      'is an error status for %s, streamed: %s',
      async (to, stream, at) => {
        provider.always(fault(stream));
        const got = await ask(to, { target: gateway, model: `${prefixOf(from, at)}/model`, stream, body: PROMPTS[to] });
        provider.reset();
        if (got.ok) expect.fail(`the client got an answer: ${JSON.stringify(got.answer)}`);
        expect(got.failure.error).toBeInstanceOf(ERROR_CLASS[to]);
        expect(got.failure.status).toBeGreaterThanOrEqual(400);
        expect(got.failure.message).not.toMatch(/\.ts:\d+|node_modules|at async/);
      },
    );

    it.each(ASKS.map(({ to, stream }, at) => [to, stream, at] as const))(
      'is taken over by the next account for %s, streamed: %s',
      async (to, stream, at) => {
        provider.always(fault(stream));
        good.always(replyOf(plainAnswer(from)));
        const got = await ask(to, { target: gateway, model: `combo-${at}`, stream, body: PROMPTS[to] });
        provider.reset();
        good.reset();
        expect(got).toMatchObject({ ok: true });
      },
    );
  });

  it('refuses connections: an error status for every client', async () => {
    const gateway = await gatewayWith(configFor(manyAccounts(from, await refusingUrl(), ASKS.length), SHORT));
    for (const [at, { to, stream }] of ASKS.entries()) {
      const got = await ask(to, { target: gateway, model: `${prefixOf(from, at)}/model`, stream, body: PROMPTS[to] });
      if (got.ok) expect.fail('a provider that refuses connections cannot answer');
      expect(got.failure.status).toBeGreaterThanOrEqual(500);
    }
    await gateway.close();
  });
});

function plainAnswer(format: ClientDialectId): ChatRecording {
  const found = answers(format).find(({ features }) => features.includes('text') && !features.includes('stream-error'));
  if (!found) throw new Error(`no text recorded for ${format}`);
  return found;
}
