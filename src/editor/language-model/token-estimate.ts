import type { Part, Turn } from './parts.ts';

/*
 * Copilot Chat counts each message and each field of each tool apart, thousands of texts a turn: an answer of the gateway takes about a
 * millisecond each, the vocabulary 2.6 MB and 60 ms of the extension host to load. This takes microseconds, and errs upwards, since too
 * low a count has the provider refuse what too high a one has summarised a little early: measured over prose, code, JSON and other
 * scripts against o200k in test/editor/language-model/token-estimate.test.ts.
 */

/** What an image costs on average (see src/tokens/estimate.ts). */
const IMAGE_TOKENS = 1000;
const TURN_TOKENS = 4;

export function estimateTurn({ parts }: Turn): number {
  return parts.reduce((sum, part) => sum + estimatePart(part), TURN_TOKENS);
}

function estimatePart(part: Part): number {
  switch (part.type) {
    case 'text':
    case 'thinking':
      return estimateText(part.text);
    case 'tool-call':
      return estimateText(part.name) + estimateText(JSON.stringify(part.input)) + TURN_TOKENS;
    case 'tool-result':
      return part.content.reduce((sum, inner) => sum + estimatePart(inner), TURN_TOKENS);
    case 'data':
      return part.mimeType.startsWith('image/') ? IMAGE_TOKENS : Math.max(IMAGE_TOKENS, Math.ceil(part.data.length / 20));
  }
}

/** Tokens of a kind of character: letters share tokens, marks and other scripts hardly do. */
const LETTER = 0.24;
const CAPITAL = 0.45;
const DIGIT = 0.5;
const MARK = 0.62;
const SPACE = 0.12;
const LATIN_OR_CYRILLIC = 0.5;
const OTHER_SCRIPT = 1;
/** No word is longer: keys, hashes and encoded bytes, of which no vocabulary knows a piece. */
const LONGEST_WORD = 40;
const GIBBERISH = 0.72;

const COST = Float64Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  if (/[a-z]/.test(char)) return LETTER;
  if (/[A-Z]/.test(char)) return CAPITAL;
  if (/\d/.test(char)) return DIGIT;
  return /\s/.test(char) ? SPACE : MARK;
});

export function estimateText(text: string): number {
  let sum = 0;
  let run = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    run = isWordCode(code) ? run + 1 : 0;
    if (run > LONGEST_WORD) sum += GIBBERISH;
    else if (code < 128) sum += COST[code] ?? 0;
    else sum += code < 0x530 ? LATIN_OR_CYRILLIC : OTHER_SCRIPT;
  }
  return Math.ceil(sum);
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
