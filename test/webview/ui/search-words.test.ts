import { expect, it } from 'vitest';
import { hasWords, searchWords } from '../../../webview/ui/search-words.ts';

const found = (search: string, text: string): boolean => hasWords(text, searchWords(search));

it('a search finds by every word, whatever the case and the order', () => {
  expect(found('', 'Queue')).toBe(true);
  expect(found(' WAIT  queue ', 'Queue: longest wait')).toBe(true);
  expect(found('queue.waitMs', 'queue.waitMs')).toBe(true);
  expect(found('wait nothing', 'Queue: longest wait')).toBe(false);
});

it('a pattern finds what its parts find', () => {
  expect(searchWords('groq/*70b')).toEqual(['groq/', '70b']);
  expect(found('groq/*70b', 'groq/llama-70b')).toBe(true);
});
