import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../../webview/ui/marks.ts';

describe('what is looked for in a line', () => {
  it('is marked wherever it stands, and nothing of the line is lost', () => {
    expect(piecesOf('Groq and groq', 'GROQ')).toEqual([
      { text: 'Groq', found: true },
      { text: ' and ', found: false },
      { text: 'groq', found: true },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 3 }), (text, search) => {
        expect(
          piecesOf(text, search)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('is not marked where letters change their length', () => {
    expect(piecesOf('İstanbul', 'stan')).toEqual([{ text: 'İstanbul', found: false }]);
  });
});
