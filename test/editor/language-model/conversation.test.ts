import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Piece } from '../../../src/editor/language-model/answer-reader.ts';
import { readTurn } from '../../../src/editor/language-model/parts.ts';
import { answers, type ChatRecording } from '../../sdk/expected.ts';
import { type House, house } from '../../sdk/house.ts';
import { jsonReply, replyOf } from '../../upstream/reply.ts';
import { askGateway, asReplayed, callsIn, piecesOf, says, textOf } from './through-gateway.ts';

const PIXEL = Uint8Array.from([137, 80, 78, 71, 1, 2, 3]);
const TOOLS = [{ name: 'get_weather', description: 'Weather', inputSchema: { type: 'object', properties: { city: { type: 'string' } } } }];

function one(file: string): ChatRecording {
  const found = answers().find((recording) => recording.file === file);
  if (!found) throw new Error(`no recording ${file}`);
  return found;
}

const sse = (...data: object[]): string => data.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
const chunk = (delta: object, finish: string | null = null) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: finish }],
});
const chat = (...data: object[]) => ({
  label: 'chat stream',
  head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
  steps: [{ do: 'send' as const, bytes: `${sse(...data)}data: [DONE]\n\n` }, { do: 'end' as const }],
});

describe('a conversation of the editor through the gateway', () => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  beforeEach(() => at.target.resetHealth());
  afterAll(() => at.close());

  const asked = async (): Promise<Record<string, unknown>> => (await at.provider.next()).json();
  const hello = chat(chunk({ role: 'assistant', content: 'Hello' }), chunk({}, 'stop'));

  it('carries roles, images, tools, their results and options to the provider', async () => {
    at.provider.script(hello);
    const turns = [
      { role: 3, content: [{ value: 'Be kind.' }] },
      {
        role: 1,
        content: [{ value: 'What is this?' }, { mimeType: 'image/png', data: PIXEL }, { mimeType: 'cache_control', data: PIXEL }],
      },
      { role: 2, content: [{ value: 'I look.' }, { callId: 'call_1', name: 'get_weather', input: { city: 'Rome' } }] },
      { role: 1, content: [{ callId: 'call_1', content: [{ value: 'Sunny.' }, { mimeType: 'image/png', data: PIXEL }] }] },
    ].map(readTurn);
    const options = { temperature: 0.5, max_tokens: 77, _conversationId: 'abc' };
    await piecesOf(at.target, { model: 'chat/m', turns, tools: TOOLS, mustCall: true, options });
    const body = await asked();
    expect(body).toMatchObject({ temperature: 0.5, tool_choice: 'required' });
    expect([body.max_tokens, body.max_completion_tokens]).toContain(77);
    const messages = body.messages as { role: string; content: unknown; tool_calls?: unknown; tool_call_id?: string }[];
    expect(messages.map(({ role }) => role).slice(0, 4)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(JSON.stringify(messages[1])).toContain(`data:image/png;base64,${Buffer.from(PIXEL).toString('base64')}`);
    expect(messages[2]?.tool_calls).toMatchObject([{ id: 'call_1', function: { name: 'get_weather', arguments: '{"city":"Rome"}' } }]);
    expect(messages[3]?.tool_call_id).toBe('call_1');
    expect(JSON.stringify(messages).split('base64,'), 'the image of the tool result too').toHaveLength(3);
    expect(body.tools).toMatchObject([{ function: { name: 'get_weather', parameters: TOOLS[0]?.inputSchema } }]);
  });

  it.each([
    'anthropic-messages/anthropic-model-web-search-tool-stream.json',
    'anthropic-messages/anthropic-model-thinking-part-redacted-stream.json',
    'gemini/google-streaming-reasoning-with-multiple-tool-calls.json',
    'openai-responses/openai-reasoning-encrypted-content-1-stream.json',
  ])('gives the proofs of thoughts back unchanged: %s', async (file) => {
    const recording = one(file);
    at.provider.script(replyOf(recording));
    const model = at.model(recording.format, recording.model);
    const first = await piecesOf(at.target, { model, tools: TOOLS });
    await at.provider.next();
    const answer = readTurn({ role: 2, content: inCopilotsOrder(asReplayed(first)) });
    const turns = [says('Say something.'), answer, ...resultsOf(first), says('Go on.')];
    at.provider.script(replyOf(recording));
    await piecesOf(at.target, { model, turns, tools: TOOLS });
    const second = (await at.provider.next()).body;
    const proofs = proofsIn(recording);
    expect(proofs.length).toBeGreaterThan(0);
    for (const proof of proofs) expect(second).toContain(proof);
  });

  it('streams a thought piece by piece, and its words come back to providers that want them', async () => {
    at.provider.script(
      chat(
        chunk({ role: 'assistant', reasoning_content: 'I ' }),
        chunk({ reasoning_content: 'think.' }),
        chunk({ tool_calls: [{ index: 0, id: 'call_9', type: 'function', function: { name: 'get_weather', arguments: '{}' } }] }),
        chunk({}, 'tool_calls'),
      ),
      hello,
    );
    const first = await piecesOf(at.target, { model: 'chat/m', tools: TOOLS });
    await asked();
    expect(first.flatMap((piece) => (piece.type === 'thinking' ? [piece.text] : [])).join('')).toBe('I think.');
    const turns = [says('Say something.'), readTurn({ role: 2, content: asReplayed(first) }), ...resultsOf(first)];
    await piecesOf(at.target, { model: 'chat/m', turns, tools: TOOLS });
    expect((await asked()).messages).toMatchObject([{}, { role: 'assistant', reasoning_content: 'I think.' }, { role: 'tool' }]);
  });

  it('ends at the provider as soon as it is cancelled, and is recorded so', async () => {
    const hang = new Promise(() => {});
    const steps = [
      { do: 'send' as const, bytes: sse(chunk({ role: 'assistant', content: 'Wait' })) },
      { do: 'wait' as const, until: hang },
    ];
    at.provider.script({ label: 'hangs', head: { status: 200, headers: { 'content-type': 'text/event-stream' } }, steps });
    const abort = new AbortController();
    const pieces: Piece[] = [];
    const asking = askGateway(at.target, { model: 'chat/m', signal: abort.signal }, (piece) => {
      pieces.push(piece);
      abort.abort();
    });
    await expect(asking).rejects.toThrow(/abort/i);
    expect(textOf(pieces)).toBe('Wait');
    await at.provider.next();
    await expect.poll(() => at.target.lastRecord()?.error?.class).toBe('cancelled');
  });

  it('names the extension that asked', async () => {
    at.provider.script(hello);
    await piecesOf(at.target, { model: 'chat/m', initiator: 'github.copilot-chat' });
    await at.provider.next();
    await expect.poll(() => at.target.lastRecord()?.client).toBe('Copilot Chat');
  });

  it.each([
    ['a thought alone', [chunk({ role: 'assistant', reasoning_content: 'Hm.' }), chunk({}, 'stop')]],
    ['nothing', [chunk({ role: 'assistant', content: '' }), chunk({}, 'stop')]],
  ])('fails, rather than be silent, after %s', async (_what, chunks) => {
    at.provider.always(chat(...chunks));
    await expect(piecesOf(at.target, { model: 'chat/m' })).rejects.toMatchObject({ name: 'AskError', failure: 'other' });
    at.provider.reset();
  });

  it.each([
    ['a refused key', 401, { message: 'Incorrect API key', code: 'invalid_api_key' }, 'no-permissions'],
    ['a rate limit', 429, { message: 'Slow down' }, 'blocked'],
    ['a bad request', 400, { message: 'Bad schema', type: 'invalid_request_error' }, 'other'],
  ])('tells %s by its kind', async (_what, status, error, failure) => {
    at.provider.always(jsonReply({ error }, status, status === 429 ? { 'retry-after': '120' } : {}));
    const failed = await piecesOf(at.target, { model: 'chat/m' }).catch((reason: unknown) => reason);
    expect(failed).toMatchObject({ failure });
    if (status === 429) expect((failed as Error).message).toContain('2 min');
    at.provider.reset();
  });

  it('tells a model that nobody has', async () => {
    await expect(piecesOf(at.target, { model: 'nowhere/m' })).rejects.toMatchObject({ failure: 'not-found' });
  });
});

/** Copilot Chat sends thoughts and text first, then the calls. */
function inCopilotsOrder(parts: unknown[]): unknown[] {
  const isCall = (part: unknown): boolean => typeof part === 'object' && part !== null && 'callId' in part;
  return [...parts.filter((part) => !isCall(part)), ...parts.filter(isCall)];
}

function resultsOf(pieces: readonly Piece[]): ReturnType<typeof readTurn>[] {
  return callsIn(pieces).map(({ id }) => readTurn({ role: 1, content: [{ callId: id, content: [{ value: 'Done.' }] }] }));
}

/** The proofs in a recorded stream as the vendor wrote them; OpenAI encrypts them anew each time it tells them, and each is good. */
function proofsIn({ format, response }: ChatRecording): string[] {
  const lines = (response.sse ?? '').split('\n');
  const telling = format === 'openai-responses' ? lines.filter((line) => line.includes('"response.output_item.done"')) : lines;
  const field = format === 'openai-responses' ? 'encrypted_content' : 'signature|thoughtSignature|data';
  const found = telling.flatMap((line) => [...line.matchAll(new RegExp(`"(?:${field})"\\s*:\\s*"([\\w+/=-]{40,})"`, 'g'))]);
  return [...new Set(found.map(([, proof = '']) => proof))];
}
