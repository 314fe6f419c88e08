import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Recording, recordings } from '../recordings.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';
import { ask } from './ask.ts';
import { comparable } from './compare.ts';
import { unhurried } from './expected.ts';
import { configFor, gatewayWith, PROVIDER_KEY, type RunningGateway } from './house.ts';
import type { Neutral, NeutralChoice, NeutralUsage } from './neutral.ts';
import { questionFor } from './prompts.ts';
import { DIALECTS } from './target.ts';

/** Formats without an SDK of ours: what their answers say is written down by hand, from the recorded bytes. */
const NATIVE = {
  'cohere-chat': { provider: 'cohere-compatible', prefix: 'cohere-native', base: '/v2', path: '/v2/chat' },
  ollama: { provider: 'ollama-compatible', prefix: 'ollama-native', base: '/api', path: '/api/chat' },
} as const;
type Native = keyof typeof NATIVE;

const answer = (choice: Partial<NeutralChoice>, usage: NeutralUsage): Neutral => ({
  choices: [{ text: '', reasoning: '', toolCalls: [], finish: 'stop', others: [], ...choice }],
  usage,
});

const EXPECTED: [format: Native, recording: string, expected: Neutral][] = [
  [
    'cohere-chat',
    'streams-citations',
    answer(
      {
        text: 'According to the document, Ruby was created by **Yukihiro Matsumoto** in 1993. The document also mentions that Ruby was designed to make programmers happy and productive.',
        reasoning:
          "The document clearly states that Ruby was created by Yukihiro Matsumoto in 1993. I can directly answer the user's question using this information.",
      },
      { input: 508, cacheRead: 144, output: 86, reasoning: 28 },
    ),
  ],
  [
    'cohere-chat',
    'cites-tool-results',
    answer(
      {
        text: 'According to the knowledge base search results, Ruby was created by Yukihiro Matsumoto in 1993.\n\n**Source:** Ruby Facts - https://example.com/ruby-facts\n\nThe search result states: "The Ruby programming language was created by Yukihiro Matsumoto in 1993."',
        reasoning:
          'Great! I found the answer in the knowledge base. The search returned a result that states "The Ruby programming language was created by Yukihiro Matsumoto in 1993." This is exactly what I needed to answer the user\'s question. I should cite this source as requested.',
      },
      { input: 379, cacheRead: 144, output: 164, reasoning: 54 },
    ),
  ],
  [
    'cohere-chat',
    'tool-calls-and-streaming',
    answer(
      {
        reasoning: 'I will search for the current time and weather in Tokyo.',
        toolCalls: [
          { id: 'get_time_dg5wwc00d8v5', name: 'get_time', args: { location: 'Tokyo' } },
          { id: 'get_weather_bc8241gkqss5', name: 'get_weather', args: { location: 'Tokyo' } },
        ],
        finish: 'tool-calls',
      },
      { input: 968, output: 83 },
    ),
  ],
  [
    'cohere-chat',
    'multiple-tool-calls',
    answer(
      {
        reasoning: 'I will roll the dice three times.',
        toolCalls: ['x9cnzmemn5h2', '8trmzqnee472', 'wwc18814ar3c'].map((id) => ({ id: `dice_roll_${id}`, name: 'dice_roll', args: {} })),
        finish: 'tool-calls',
      },
      { input: 1490, cacheRead: 112, output: 94 },
    ),
  ],
  [
    'ollama',
    'callable-tool',
    answer(
      {
        reasoning:
          "Thinking Process:\n1. Identify the user's request: The user wants to calculate 2 + 3 using the `add_two_numbers` tool.\n2. Check the available tools: `add_two_numbers(a, b)` is available.\n3. Map the request to the tool parameters: a = 2, b = 3.\n4. Construct the tool call: `add_two_numbers(a=2, b=3)`.\n5. Execute the tool call and return the result.✅",
        toolCalls: [{ id: 'call_2k7ryu9k', name: 'add_two_numbers', args: { a: 2, b: 3 } }],
        finish: 'tool-calls',
      },
      { input: 310, output: 145 },
    ),
  ],
  [
    'ollama',
    'generation-legacy',
    answer(
      {
        text: 'A joke about OpenTelemetry! Here\'s one:\n\nWhy did the OpenTelemetry Span go to therapy?\n\nBecause it was feeling "distributed" and wanted to get to the "root cause" of its problems!\n\n(Sorry, I know it\'s a bit of a "stretch"... OpenTelemetry jokes are still in the early stages of development!)',
      },
      { input: 17, output: 71 },
    ),
  ],
  [
    'ollama',
    'streaming-metrics',
    answer(
      {
        text: "Okay, here's a joke about OpenTelemetry:\n\nWhy did the OpenTelemetry team break up? \n\nBecause they couldn't stop arguing about the *trace path*! \n\n---\n\nWould you like to hear another one? 😊",
      },
      { input: 16, output: 51 },
    ),
  ],
];

const ALL = recordings(({ format, status }) => status === 200 && format in NATIVE);

function recorded(format: Native, part: string): Recording {
  const found = ALL.find((recording) => recording.format === format && recording.name.includes(part));
  if (!found) throw new Error(`no recording ${part}`);
  return found;
}

describe('recorded answers of dialects that only providers speak', () => {
  let provider: ScriptedProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    provider = await scriptedProvider();
    const accounts = Object.values(NATIVE).map(({ provider: id, prefix, base }) => ({
      id: `account-${prefix}`,
      provider: id,
      name: prefix,
      prefix,
      baseUrl: `${provider.url}${base}`,
      credential: { env: 'SCRIPTED_PROVIDER_KEY' },
      priority: 1,
      enabled: true,
      proxy: null,
    }));
    gateway = await gatewayWith(configFor(accounts));
  });
  afterEach(() => provider.reset());
  afterAll(async () => {
    await gateway.close();
    await provider.close();
  });

  /** Model lists are read in the background. */
  const asked = () => provider.seen.filter(({ method }) => method === 'POST');

  it('are all in the table', () => {
    expect(EXPECTED.map(([format, part]) => recorded(format, part).file).sort()).toEqual(ALL.map(({ file }) => file).sort());
  });

  describe.each(EXPECTED)('%s: %s', (format, part, expected) => {
    const recording = recorded(format, part);
    it.each(DIALECTS.flatMap((to) => [[to, true] as const, [to, false] as const]))('%s, streamed: %s', async (to, stream) => {
      provider.always(unhurried(recording));
      const model = `${NATIVE[format].prefix}/${recording.model}`;
      const got = await ask(to, { target: gateway, model, stream, strict: true, ...questionFor(recording, to) });
      if (!got.ok) expect.fail(`the client got a failure: ${got.failure.name}: ${got.failure.message}`);
      const pair = comparable(expected, got.answer, { from: format, to });
      expect(pair.got).toEqual(pair.expected);
      const { input, cacheRead, cacheWrite, output, reasoning } = gateway.lastRecord()?.usage ?? {};
      expect({ input, cacheRead, cacheWrite, output, reasoning }, 'in the record').toEqual(expected.usage);
      expect(asked().map(({ path, headers }) => [path, headers.authorization])).toEqual([[NATIVE[format].path, `Bearer ${PROVIDER_KEY}`]]);
      expect(asked()[0]?.json()).toMatchObject({ model: recording.model, stream });
    });
  });

  it.each([
    ['cohere-chat', 'streams-citations'],
    ['ollama', 'streaming-metrics'],
  ] as const)('are never passed off as whole when %s is cut', async (format, part) => {
    const recording = recorded(format, part);
    const { sse, ndjson, ...response } = recording.response;
    const text = sse ?? ndjson ?? '';
    const half = text.slice(0, text.lastIndexOf('\n', text.length * 0.8) + 1);
    const cut = { ...recording, response: { ...response, ...(sse === undefined ? { ndjson: half } : { sse: half }) } };
    for (const [at, to] of DIALECTS.entries()) {
      await gateway.resetHealth();
      provider.always(unhurried(cut));
      const model = `${NATIVE[format].prefix}/${recording.model}`;
      const got = await ask(to, { target: gateway, model, stream: true, ...questionFor(recording, to) });
      expect(got, to).toMatchObject({ ok: false });
      expect(asked(), to).toHaveLength(at + 1);
    }
  });
});
