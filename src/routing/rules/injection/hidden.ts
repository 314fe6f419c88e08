import type { Finding } from './scan.ts';

/**
 * Characters that are not seen: zero-width ones, direction marks, and the tag block, in which a whole ASCII text can hide
 * (Unicode 16 §23.2, §23.9; "ASCII smuggling"). One such character is ordinary (joined emoji, Persian, a BOM); a row of them is not.
 */
const HIDDEN = /[\u200b-\u200f\u2060-\u2064\u202a-\u202e\ufeff\u{e0001}\u{e0020}-\u{e007f}]/gu;

/** A flag of a region (England, Scotland, Wales) takes six tags behind a black flag (UTS #51). */
const TAGS = /[\u{e0020}-\u{e007f}]{8,}/gu;
const ZERO_WIDTH = /[\u200b-\u200d\u2060-\u2064\ufeff]{16,}/g;
const OVERRIDE = /[\u202d\u202e]/g;

const KINDS = [
  { what: 'text hidden in invisible tag characters', points: 4, pattern: TAGS },
  { what: 'a long row of zero-width characters', points: 3, pattern: ZERO_WIDTH },
  { what: 'a mark that reverses the direction of text', points: 1, pattern: OVERRIDE },
] as const;

/** What is hidden in the text, and the text without it, for the phrases: a zero-width space in a word must not hide it from them. */
export function unhidden(text: string): { text: string; findings: Finding[] } {
  if (text.search(HIDDEN) < 0) return { text, findings: [] };
  const findings = KINDS.flatMap(({ what, points, pattern }) => {
    const at = text.search(pattern);
    return at < 0 ? [] : [{ what, points, at }];
  });
  return { text: text.replace(HIDDEN, ''), findings };
}
