import { describe, expect, it } from 'vitest';
import { linesWith, pretty, shortened } from '../../../webview/pages/requests/detail/text.ts';

describe('a body that went over the wire', () => {
  it('JSON is indented, whatever else stays as it is', () => {
    expect(pretty('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(pretty('{"a": … [cut: 300000 characters in all]')).toBe('{"a": … [cut: 300000 characters in all]');
    expect(pretty('data: {"a":1}\n\ndata: [DONE]\n\n')).toBe('data: {"a":1}\n\ndata: [DONE]');
  });

  it('lines are found whatever their case, with the numbers they have', () => {
    expect(linesWith('one\nTwo\nthree two', 'two')).toEqual([
      { number: 2, text: 'Two' },
      { number: 3, text: 'three two' },
    ]);
    expect(linesWith('one\ntwo', ' ')).toHaveLength(2);
  });

  it('a line of a picture does not stop the browser', () => {
    expect(shortened('x'.repeat(250_000)).length).toBeLessThan(5000);
  });
});
