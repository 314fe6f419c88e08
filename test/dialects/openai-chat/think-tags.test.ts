import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinkTags } from '../../../src/dialects/openai-chat/think-tags.ts';

function split(pieces: readonly string[]): { reasoning: string; text: string } {
  const tags = new ThinkTags();
  const result = { reasoning: '', text: '' };
  for (const piece of [...pieces.flatMap((text) => tags.push(text)), ...tags.end()]) result[piece.kind] += piece.text;
  return result;
}

/** The text cut at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return sorted.slice(1).map((end, at) => text.slice(sorted[at], end));
}

describe('think tags', () => {
  const rows: [string, string, string][] = [
    ['<think>\nhm\nwell\n</think>\n\nHello', 'hm\nwell', 'Hello'],
    ['\n <think>a</think>b', 'a', 'b'],
    ['<think>\n\n</think>\n\nHello', '', 'Hello'],
    ['<think>a < b </think >c</think>d', 'a < b </think >c', 'd'],
    ['<think>never closed', 'never closed', ''],
    ['Hello <think>no</think>', '', 'Hello <think>no</think>'],
    ['<thinking>x', '', '<thinking>x'],
    ['<thi', '', '<thi'],
    ['  plain', '', '  plain'],
    ['<think>a</think><think>b</think>', 'a', '<think>b</think>'],
    ['', '', ''],
  ];

  it.each(rows)('%j', (text, reasoning, answer) => {
    expect(split([text])).toEqual({ reasoning, text: answer });
  });

  it('mean the same wherever the chunks cut them', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rows), fc.array(fc.nat(60), { maxLength: 12 }), ([text, reasoning, answer], places) => {
        expect(split(cut(text, places))).toEqual({ reasoning, text: answer });
      }),
    );
  });

  it('hold back nothing of an answer that has none', () => {
    expect(new ThinkTags().push('Hello')).toEqual([{ kind: 'text', text: 'Hello' }]);
  });
});
