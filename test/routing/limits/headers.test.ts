import { describe, expect, test } from 'vitest';
import { providerById } from '../../../src/providers/catalogue.ts';
import type { Provider } from '../../../src/providers/provider.ts';
import { readWindows } from '../../../src/routing/limits/headers.ts';
import { recordings } from '../../recordings.ts';
import { recorded } from './fixtures.ts';

const NOW = Date.parse('2026-04-05T10:39:00Z');

function provider(id: string): Provider {
  const found = providerById(id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

const node = provider('openai-compatible');

describe('recorded headers', () => {
  test('of OpenAI tell requests and tokens', () => {
    expect(readWindows(provider('openai'), recorded('openai-citations-with-openai-gpt-4o-mini').response.headers, NOW)).toEqual([
      { window: 'requests', limit: 500, remaining: 499, resetsAt: NOW + 120 },
      { window: 'tokens', limit: 45_000, remaining: 44_982, resetsAt: NOW + 24 },
    ]);
  });

  test('of Anthropic tell four windows', () => {
    const readings = readWindows(provider('anthropic'), recorded('anthropic-schema-prompt-stream').response.headers, NOW);
    expect(readings.map((reading) => [reading.window, reading.limit, reading.remaining])).toEqual([
      ['requests', 20_000, 19_999],
      ['tokens', 2_400_000, 2_400_000],
      ['input-tokens', 2_000_000, 2_000_000],
      ['output-tokens', 400_000, 400_000],
    ]);
    expect(new Set(readings.map((reading) => reading.resetsAt))).toEqual(new Set([NOW + 17_000]));
  });

  test('of Azure count bare numbers in milliseconds and say how long the window is', () => {
    expect(readWindows(provider('azure'), recorded('azure-chat-async-streaming-with-events').response.headers, NOW)).toEqual([
      { window: 'requests', per: 'minute', limit: 120, remaining: 119, resetsAt: NOW + 500 },
      { window: 'tokens', per: 'minute', limit: 120_000, remaining: 119_986, resetsAt: NOW + 7 },
    ]);
  });

  test('of Mistral are read without a table and without a reset', () => {
    expect(readWindows(node, recorded('mistral-function-calling-mistral-mistral-small').response.headers, NOW)).toEqual([
      { window: 'requests', per: 'minute', limit: 100, remaining: 87 },
      { window: 'tokens', per: 'minute', limit: 100_000, remaining: 97_292 },
    ]);
  });

  test('of xAI are read without a table', () => {
    expect(readWindows(node, recorded('xai-vision-models-xai-grok').response.headers, NOW)).toEqual([
      { window: 'requests', limit: 1800, remaining: 1800 },
      { window: 'tokens', limit: 10_000_000, remaining: 10_000_000 },
    ]);
  });

  test('of Together mean a second, which their names do not say: not read', () => {
    expect(readWindows(node, recorded('together-completion-legacy').response.headers, NOW)).toEqual([]);
  });

  test('are all read by their providers without an exception and with numbers alone', () => {
    let read = 0;
    for (const recording of recordings()) {
      for (const reading of readWindows(providerById(recording.provider) ?? node, recording.response.headers, NOW)) {
        read += 1;
        expect(reading.limit ?? 0).toBeGreaterThanOrEqual(0);
        expect((reading.limit ?? reading.remaining) !== undefined).toBe(true);
      }
    }
    expect(read).toBeGreaterThan(60);
  });
});

describe('tables', () => {
  test('of Groq: requests a day, tokens a minute', () => {
    const headers = {
      'x-ratelimit-limit-requests': '14400',
      'x-ratelimit-remaining-requests': '14370',
      'x-ratelimit-reset-requests': '2m59.56s',
      'x-ratelimit-limit-tokens': '18000',
      'x-ratelimit-remaining-tokens': '17997',
      'x-ratelimit-reset-tokens': '7.66s',
    };
    expect(readWindows(provider('groq'), headers, NOW)).toEqual([
      { window: 'requests', per: 'day', limit: 14_400, remaining: 14_370, resetsAt: NOW + 179_560 },
      { window: 'tokens', per: 'minute', limit: 18_000, remaining: 17_997, resetsAt: NOW + 7660 },
    ]);
  });

  test('of OpenRouter: a reset in milliseconds since the epoch', () => {
    const headers = { 'x-ratelimit-limit': '20', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW + 40_000) };
    expect(readWindows(provider('openrouter'), headers, NOW)).toEqual([
      { window: 'requests', limit: 20, remaining: 0, resetsAt: NOW + 40_000 },
    ]);
  });

  test('a repeated header counts with its first value', () => {
    const headers = { 'x-ratelimit-limit-requests': ['500', '7'], 'x-ratelimit-remaining-requests': '1' };
    expect(readWindows(provider('openai'), headers, NOW)).toEqual([{ window: 'requests', limit: 500, remaining: 1 }]);
  });

  test.each(['', 'many', '-5', '1e9', 'Infinity', '0x10', '12, 13'])('a limit of %j is left out', (text) => {
    expect(readWindows(node, { 'x-ratelimit-limit-requests': text, 'x-ratelimit-remaining-tokens': text }, NOW)).toEqual([]);
  });
});

// draft-ietf-httpapi-ratelimit-headers: the examples of its revisions.
describe("the IETF's fields", () => {
  const cases: [name: string, headers: Record<string, string>, readings: unknown[]][] = [
    [
      'drafts 00-06',
      { 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '50', 'ratelimit-reset': '30' },
      [{ window: 'requests', per: 'minute', limit: 100, remaining: 50, resetsAt: NOW + 30_000 }],
    ],
    [
      'drafts 00-06 with a policy',
      {
        'ratelimit-limit': '5000',
        'ratelimit-policy': '1000;w=3600, 5000;w=86400',
        'ratelimit-remaining': '100',
        'ratelimit-reset': '36000',
      },
      [{ window: 'requests', per: 'day', limit: 5000, remaining: 100, resetsAt: NOW + 36_000_000 }],
    ],
    [
      'draft 07',
      { ratelimit: 'limit=100, remaining=0, reset=5', 'ratelimit-policy': '100;w=60' },
      [{ window: 'requests', per: 'minute', limit: 100, remaining: 0, resetsAt: NOW + 5000 }],
    ],
    [
      'draft 08 and later',
      { ratelimit: '"burst";r=50;t=30, "daily";r=0;t=36000', 'ratelimit-policy': '"burst";q=100;w=60,"daily";q=1000;w=86400' },
      [
        { window: 'requests', per: 'minute', limit: 100, remaining: 50, resetsAt: NOW + 30_000 },
        { window: 'requests', per: 'day', limit: 1000, remaining: 0, resetsAt: NOW + 36_000_000 },
      ],
    ],
    [
      'a window of unknown length',
      { ratelimit: '"default";r=1;t=7' },
      [{ window: 'requests', remaining: 1, resetsAt: NOW + 7000, lengthUnknown: true }],
    ],
    [
      'a moment in place of seconds',
      { 'ratelimit-limit': '10', 'ratelimit-remaining': '0', 'ratelimit-reset': String(NOW / 1000 + 9) },
      [{ window: 'requests', limit: 10, remaining: 0, resetsAt: NOW + 9000, lengthUnknown: true }],
    ],
    ['a quota of bytes', { ratelimit: '"b";r=5;t=9', 'ratelimit-policy': '"b";q=65535;qu="content-bytes";w=10' }, []],
    ['garbage', { ratelimit: '";;=,=;r,limit=', 'ratelimit-limit': 'x' }, []],
  ];

  test.each(cases)('%s', (_name, headers, readings) => {
    expect(readWindows(node, headers, NOW)).toEqual(readings);
  });

  test('are not asked where the common names are there', () => {
    const headers = { 'x-ratelimit-limit-requests': '60', 'ratelimit-limit': '5', 'ratelimit-remaining': '5' };
    expect(readWindows(node, headers, NOW)).toEqual([{ window: 'requests', limit: 60 }]);
  });
});
