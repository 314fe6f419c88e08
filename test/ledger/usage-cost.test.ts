import { beforeAll, describe, expect, it } from 'vitest';
import type { DialectId } from '../../src/conversation/dialect-id.ts';
import type { Usage } from '../../src/conversation/usage.ts';
import { providerDialect } from '../../src/dialects/registry.ts';
import { recordedCost } from '../../src/ledger/cost.ts';
import { pricesReady } from '../../src/ledger/prices.ts';
import type { RecordedCost } from '../../src/ledger/record.ts';
import { providerById } from '../../src/providers/catalogue.ts';
import { answerOf, chat, context } from '../dialects/native.ts';
import { recordings } from '../recordings.ts';

/**
 * Recorded exchanges and what they cost, worked out by hand. Prices are the vendors' own lists in dollars a million tokens, as bundled
 * (`@pydantic/genai-prices`), and stand in each row; where the vendor's answer states its charge, the row says so: those are receipts.
 * `tokens` is read off the recorded JSON: input is all of it, output too.
 */
interface Row {
  /** Beginning of the recording's name. */
  name: string;
  /** The account's provider in our catalogue. */
  provider: string;
  /** Where the recording's model is not the price list's. */
  model?: string;
  tokens: Usage;
  /** Millionths of a dollar; `undefined`: not known. */
  micro: number | undefined;
  source?: RecordedCost['source'];
}

const SEARCH = 10_000;

const ROWS: Row[] = [
  // Anthropic: 5-minute cache writes at 1.25 × input, 1-hour ones at 2 ×, reads at 0.1 × (platform.claude.com/docs/en/about-claude/pricing).
  { name: 'anthropic-tools-stream', provider: 'anthropic', tokens: { input: 542, output: 62 }, micro: 542 * 1 + 62 * 5 },
  { name: 'anthropic-pdf-models', provider: 'anthropic', tokens: { input: 2706, output: 303 }, micro: 2706 * 1 + 303 * 5 },
  { name: 'anthropic-opus-46-schema-stream', provider: 'anthropic', tokens: { input: 231, output: 118 }, micro: 231 * 5 + 118 * 25 },
  {
    name: 'anthropic-to-google-deferred-capability-history-replay-1',
    provider: 'anthropic',
    tokens: { input: 7 + 1069, cacheRead: 0, cacheWrite: 1069, output: 60 },
    micro: 7 * 3 + 1069 * 3.75 + 60 * 15,
  },
  {
    name: 'anthropic-completion-cache-write-1h-ttl',
    provider: 'anthropic',
    model: 'claude-sonnet-4-5',
    tokens: { input: 17 + 2056, cacheRead: 0, cacheWrite: 2056, cacheWrite1h: 2056, output: 100 },
    micro: 17 * 3 + 2056 * 6 + 100 * 15,
  },
  {
    name: 'anthropic-web-search-tool-1',
    provider: 'anthropic',
    tokens: { input: 19_859, output: 544, webSearches: 1 },
    // $10 for a thousand searches.
    micro: 19_859 * 3 + 544 * 15 + SEARCH,
  },
  { name: 'anthropic-refusal-stream', provider: 'anthropic', tokens: { input: 18, output: 5 }, micro: 18 * 10 + 5 * 50 },

  // OpenAI (developers.openai.com/api/docs/pricing): reasoning is part of the output.
  {
    name: 'openai-moderation-flagged',
    provider: 'openai',
    tokens: { input: 12, output: 1888, reasoning: 1600 },
    micro: 12 * 1.25 + 1888 * 10,
  },
  {
    name: 'openai-responses-thinking-with-code-execution-tool-stream',
    provider: 'openai',
    tokens: { input: 3727, cacheRead: 3200, output: 347, reasoning: 128 },
    micro: 527 * 1.25 + 3200 * 0.125 + 347 * 10,
  },
  {
    name: 'openai-run-stream',
    provider: 'openai',
    tokens: { input: 33_151, cacheRead: 4352, output: 3367, reasoning: 2624 },
    micro: 28_799 * 1.25 + 4352 * 0.125 + 3367 * 10,
  },
  {
    name: 'openai-responses-prompt-caching-5-6-cache-write',
    provider: 'openai',
    tokens: { input: 1220, cacheWrite: 1217, output: 100, reasoning: 54 },
    micro: 3 * 4 + 1217 * 5 + 100 * 20,
  },
  {
    name: 'openai-responses-model-mcp-server-tool-stream',
    provider: 'openai',
    tokens: { input: 1401, output: 480, reasoning: 256 },
    micro: 1401 * 1.1 + 480 * 4.4,
  },
  { name: 'openai-responses-compact-stateful-mode-2', provider: 'openai', tokens: { input: 847, output: 1179 }, micro: 847 * 2 + 1179 * 8 },
  { name: 'openai-native-tool-search', provider: 'openai', tokens: { input: 652, output: 44, reasoning: 19 }, micro: 652 * 2.5 + 44 * 15 },
  { name: 'openai-complex-agent-run-stream', provider: 'openai', tokens: { input: 364, output: 40 }, micro: 364 * 2.5 + 40 * 10 },

  // Google (ai.google.dev/gemini-api/docs/pricing): thoughts are output, tool results input; audio is dearer.
  {
    name: 'google-mixed-content-ordering-google-2-5-1',
    provider: 'gemini',
    tokens: { input: 373, cacheRead: 204, output: 89 + 167, reasoning: 167 },
    micro: 169 * 0.3 + 204 * 0.03 + 256 * 2.5,
  },
  {
    name: 'google-model-file-search-tool-stream-3',
    provider: 'gemini',
    tokens: { input: 15 + 770, output: 37 + 742, reasoning: 742 },
    micro: 785 * 1.25 + 779 * 10,
  },
  {
    name: 'google-multimodal-tool-return-matrix-direct-uploaded-file-audio',
    provider: 'gemini',
    tokens: { input: 229, inputAudio: 144, output: 17 },
    micro: 85 * 0.3 + 144 * 1 + 17 * 2.5,
  },
  {
    name: 'google-function-calling-thought-signatures-gemini-gemini-3-1-pro',
    provider: 'gemini',
    tokens: { input: 120, output: 32 + 132, reasoning: 132 },
    micro: 120 * 2 + 164 * 12,
  },
  {
    name: 'vertex-cachedcontent-explicit-caching-round-trip',
    provider: 'vertex',
    tokens: { input: 9613, cacheRead: 9602, output: 33 + 39, reasoning: 39 },
    micro: 11 * 0.3 + 9602 * 0.03 + 72 * 2.5,
  },

  // xAI states its charge: `cost_in_usd_ticks` 1466250 and 11706000, of 1e-10 dollars.
  {
    name: 'xai-text-stream',
    provider: 'xai',
    tokens: { input: 12, cacheRead: 11, output: 1 + 290, reasoning: 290 },
    micro: 1 * 0.3 + 11 * 0.075 + 291 * 0.5,
  },
  {
    name: 'xai-vision-models',
    provider: 'xai',
    tokens: { input: 252, cacheRead: 128, output: 396, reasoning: 326 },
    micro: 124 * 1.25 + 128 * 0.2 + 396 * 2.5,
  },

  // Resellers state theirs: Cline's `market_cost` 0.00500325, OpenRouter's `cost` 0.000837.
  {
    name: 'cline-hello-and-goodbye-7-stream',
    provider: 'cline',
    tokens: { input: 9125, cacheRead: 8885, cacheWrite: 237, output: 96 },
    micro: 3 * 3 + 8885 * 0.3 + 237 * 3.75 + 96 * 15,
  },
  { name: 'openrouter-cache-streaming-e2e', provider: 'openrouter', tokens: { input: 254, output: 5 }, micro: 254 * 3 + 5 * 15 },
  {
    name: 'openrouter-web-search-tool-usage-stream',
    provider: 'openrouter',
    tokens: { input: 8174, output: 30, webSearches: 1 },
    // The charge of 0.0133176 holds one more cent for the search, which no list names.
    micro: 8174 * 0.4 + 30 * 1.6,
  },
  {
    name: 'openrouter-cache-streaming-e2e',
    provider: 'openrouter',
    model: 'minimax/minimax-m2:free',
    tokens: { input: 254, output: 5 },
    micro: 0,
  },

  // Free tiers and plans: nothing is paid, and the list price is what was saved.
  {
    name: 'groq-image-url-input',
    provider: 'groq',
    tokens: { input: 749, output: 107 },
    micro: 749 * 0.11 + 107 * 0.34,
    source: 'plan',
  },
  {
    name: 'cerebras-thinking-part-survives-multiturn-1',
    provider: 'cerebras',
    tokens: { input: 98, cacheRead: 0, output: 47, reasoning: 27 },
    micro: 98 * 0.35 + 47 * 0.75,
    source: 'plan',
  },
  {
    name: 'cohere-function-calling-cohere-command-a-03-2025',
    provider: 'cohere',
    // No price for cached input is listed: it costs what input costs.
    tokens: { input: 1490, cacheRead: 112, output: 94 },
    micro: 1490 * 2.5 + 94 * 10,
    source: 'plan',
  },

  // Others. Perplexity's list names the fee of a request with much search context; the recorded one had little, for 0.005.
  { name: 'perplexity-streaming', provider: 'perplexity', tokens: { input: 8, output: 5 }, micro: 13 * 1 + 12_000 },
  { name: 'together-chat-stream', provider: 'together', tokens: { input: 41, output: 15 }, micro: 56 * 0.88 },
  {
    name: 'azure-openai-file-search-tool-1',
    provider: 'azure',
    tokens: { input: 3700, cacheRead: 2560, output: 741, reasoning: 640 },
    micro: 1140 * 0.25 + 2560 * 0.025 + 741 * 2,
  },
  // A model no list knows, and a host without a list: not known, which is not 0.
  { name: 'azure-chat-content-filtering', provider: 'azure', tokens: { input: 15, output: 19 }, micro: undefined },
  { name: 'together-chat-stream', provider: 'openai-compatible', tokens: { input: 41, output: 15 }, micro: undefined },
  // No usage is told.
  { name: 'vllm-trace-propagation-stream-chatopenai', provider: 'openai', model: 'gpt-5', tokens: {}, micro: undefined },
];

const AT = Date.UTC(2026, 10, 22, 12);
const ALL = recordings(({ status }) => status === 200);

function recorded(name: string) {
  const found = ALL.find((recording) => recording.name.startsWith(name));
  if (!found) throw new Error(`no recording ${name}`);
  return found;
}

describe('what recorded exchanges cost', () => {
  beforeAll(pricesReady);

  it.each(ROWS)('$provider: $name', ({ name, provider: id, model, tokens, micro, source = 'list' }) => {
    const recording = recorded(name);
    const provider = providerById(id);
    if (!provider) throw new Error(`no provider ${id}`);
    const read = answerOf(providerDialect(recording.format as DialectId), recording, context(chat({ stream: recording.stream })));
    if (!read.ok) throw read.error;
    expect(read.value.usage ?? {}).toMatchObject(tokens);
    const vendorModel = model ?? recording.model ?? '';
    const cost = recordedCost(read.value.usage ?? {}, { provider, model: vendorModel, name: `x/${vendorModel}` }, {}, AT);
    if (micro === undefined) {
      expect(cost).toBeUndefined();
      return;
    }
    expect(cost?.source).toBe(source);
    expect(Math.abs((cost?.usd ?? Number.NaN) - micro / 1e6)).toBeLessThan(1e-9);
  });
});
