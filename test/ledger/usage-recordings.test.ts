import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../src/ledger/record.ts';
import { answers, type ChatRecording, expectedFrom, unhurried } from '../sdk/expected.ts';
import { accountFor, configFor, gatewayWith, prefixOf, type RunningGateway } from '../sdk/house.ts';
import type { NeutralUsage } from '../sdk/neutral.ts';
import { rawAsk } from '../sdk/raw.ts';
import { DIALECTS } from '../sdk/target.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

/** Every part has a price of its own, so that a token counted in the wrong place shows. */
const PRICE = { input: 3, output: 17, cacheRead: 0.31, cacheWrite: 3.79 };

/** By hand, from what the vendor's SDK reads: input holds what came from and went to the cache. */
function costOf({ input, output, cacheRead = 0, cacheWrite = 0 }: NeutralUsage): number | undefined {
  if (input === undefined || output === undefined) return undefined;
  const plain = Math.max(0, input - cacheRead - cacheWrite);
  return (plain * PRICE.input + cacheRead * PRICE.cacheRead + cacheWrite * PRICE.cacheWrite + output * PRICE.output) / 1e6;
}

const five = ({ input, cacheRead, cacheWrite, output, reasoning }: NeutralUsage): NeutralUsage => ({
  input,
  cacheRead,
  cacheWrite,
  output,
  reasoning,
});
const WAYS = DIALECTS.flatMap((to) => [[to, true] as const, [to, false] as const]);

/** test/sdk holds each record against the vendor's SDK; here: that it is one and the same, costs the same, and is what the ledger keeps. */
describe('the usage of every recorded answer', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  const seen: RequestRecord[] = [];
  beforeAll(async () => {
    provider = await scriptedProvider();
    const accounts = DIALECTS.map((dialect) => accountFor(dialect, provider.url));
    gateway = await gatewayWith({ ...configFor(accounts), prices: { '*': PRICE } });
  });
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  async function recordOf(recording: ChatRecording, to: (typeof DIALECTS)[number], stream: boolean): Promise<RequestRecord> {
    if (gateway.lastRecord()?.error) await gateway.resetHealth();
    provider.always(unhurried(recording));
    const model = `${prefixOf(recording.format)}/${recording.model ?? 'model'}`;
    const response = await rawAsk(to, { target: gateway, model, stream });
    await response.text();
    provider.reset();
    const record = gateway.lastRecord();
    if (!record || record.id !== response.headers.get('x-request-id')) throw new Error('no record of this request');
    seen.push(record);
    return record;
  }

  it.each(answers().map((recording) => [recording.file, recording] as const))('%s', async (_file, recording) => {
    const expected = await expectedFrom(provider, recording);
    const records: RequestRecord[] = [];
    for (const [to, stream] of WAYS) records.push(await recordOf(recording, to, stream));
    const answered = records.filter(({ error }) => !error);
    if (!expected.ok) return;
    expect(answered.length).toBeGreaterThan(0);
    const { usage } = expected.answer;
    for (const record of answered) {
      expect(five(record.usage ?? {})).toEqual(five(usage));
      expect(record.usage, 'the same in every dialect, streamed or not').toEqual(answered[0]?.usage);
      const usd = costOf(usage);
      expect(record.cost).toEqual(usd === undefined ? undefined : { usd: expect.closeTo(usd, 12) as number, source: 'user' });
      expect(record.estimated, 'counted by the vendor').toBeUndefined();
    }
  });

  it('is what the ledger keeps', async () => {
    expect(seen.length).toBe(answers().length * WAYS.length);
    const kept = new Map<string, RequestRecord>();
    for (let before: string | undefined, more = true; more; ) {
      const query = before === undefined ? '' : `&before=${before}`;
      const response = await fetch(`${gateway.url}/admin/requests?limit=1000${query}`, { headers: { 'x-api-key': gateway.key } });
      const { requests } = (await response.json()) as { requests: RequestRecord[] };
      for (const record of requests) kept.set(record.id, record);
      before = requests[0]?.id;
      more = requests.length === 1000;
    }
    for (const { id, usage, cost, finish, error } of seen) {
      expect(kept.get(id)).toMatchObject(JSON.parse(JSON.stringify({ usage, cost, finish, error })) as object);
      if (!usage) expect(kept.get(id)).not.toHaveProperty('usage');
      if (!cost) expect(kept.get(id)).not.toHaveProperty('cost');
    }
  });
});
