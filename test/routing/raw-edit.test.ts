import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setTopLevel } from '../../src/routing/raw-edit.ts';

describe('setTopLevel', () => {
  it('replaces one value and keeps every other byte', () => {
    const text = '{ "a": 1.0, "model" : "x\\"y", "n": 12345678901234567890,\n "s":"\\u00e9" }';
    expect(setTopLevel(text, 'model', '"z"')).toBe('{ "a": 1.0, "model" : "z", "n": 12345678901234567890,\n "s":"\\u00e9" }');
  });

  it('does not mistake a nested key, or a string that looks like one', () => {
    const text = '{"x":{"model":"inner"},"t":"\\"model\\":\\"no\\"","model":"outer"}';
    expect(setTopLevel(text, 'model', '"new"')).toBe('{"x":{"model":"inner"},"t":"\\"model\\":\\"no\\"","model":"new"}');
  });

  it('changes the last of repeated keys, the one that counts', () => {
    expect(JSON.parse(setTopLevel('{"model":"a","model":"b"}', 'model', '"c"') ?? '')).toEqual({ model: 'c' });
  });

  it('puts an absent key in front', () => {
    expect(setTopLevel('{"a":1}', 'b', '{"c":true}')).toBe('{"b":{"c":true},"a":1}');
    expect(setTopLevel(' {}', 'b', '2')).toBe(' {"b":2}');
  });

  it('gives undefined for what is no object', () => {
    expect(setTopLevel('[1]', 'a', '1')).toBeUndefined();
  });

  it('agrees with JSON.parse for any object, indented or not', () => {
    const objects = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('model', 'stream', 'a"b', '\\', '__proto__x')), fc.jsonValue());
    fc.assert(
      fc.property(
        objects,
        fc.constantFrom('model', 'stream', 'a"b'),
        fc.jsonValue(),
        fc.constantFrom(0, 2),
        (object, key, value, indent) => {
          const edited = setTopLevel(JSON.stringify(object, null, indent), key, JSON.stringify(value));
          expect(JSON.parse(edited ?? 'null')).toEqual(JSON.parse(JSON.stringify({ ...object, [key]: value })));
        },
      ),
    );
  });
});
