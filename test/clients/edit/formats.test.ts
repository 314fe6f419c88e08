import { describe, expect, test } from 'vitest';
import type { Format, TextEdit } from '../../../src/clients/edit/edit.ts';
import { FORMATS } from '../../../src/clients/edit/formats.ts';
import { parseJsonTree, plainValue } from '../../../src/clients/edit/json-tree.ts';

const { json, json5, yaml, toml, dotenv } = FORMATS;

function edit(format: Format, text: string, ...edits: TextEdit[]): string {
  const result = format.apply(text, edits);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.text;
}

function problem(format: Format, text: string, ...edits: TextEdit[]): string {
  const result = format.apply(text, edits);
  return result.ok ? `no problem: ${result.text}` : `${result.problem.line}:${result.problem.column} ${result.problem.message}`;
}

const set = (path: TextEdit extends infer E ? (E extends { set: infer P } ? P : never) : never, to: unknown): TextEdit => ({
  set: path,
  to: to as never,
});
const A = set(['a'], 2);
const XY = set(['x', 'y'], 'v');

describe('JSON', () => {
  test.each([
    ['nothing at all', '', '{\n  "a": 2\n}\n'],
    ['a comment alone', '// c\n', '// c\n{\n  "a": 2\n}\n'],
    ['an empty object', '{}', '{\n  "a": 2\n}'],
    ['one over two lines', '{\n}\n', '{\n  "a": 2\n}\n'],
    ['one with a comment in it', '{\n  // c\n}\n', '{\n  // c\n  "a": 2\n}\n'],
    ['one line', '{"b":1}', '{"b":1,"a":2}'],
    ['one line with space', '{ "b": 1 }', '{ "b": 1, "a": 2 }'],
    ['a trailing comma', '{\n\t"b": 1,\n}', '{\n\t"b": 1,\n\t"a": 2,\n}'],
    ['comments after the last member', '{\n  "b": 1 // c\n  // d\n}', '{\n  "b": 1, // c\n  // d\n  "a": 2\n}'],
    ['a bracket on the line of the last member', '{\n  "b": 1}', '{\n  "b": 1,\n  "a": 2\n}'],
    ['the member twice: the last counts', '{"a": 0, "a": 1}', '{"a": 0, "a": 2}'],
    ['CRLF and a BOM', '\uFEFF{\r\n  "b": 1\r\n}\r\n', '\uFEFF{\r\n  "b": 1,\r\n  "a": 2\r\n}\r\n'],
    ['the same value: not a byte', '{"a":   2.0}', '{"a":   2.0}'],
  ])('a member set into %s', (_name, before, after) => {
    expect(edit(json, before, A)).toBe(after);
  });

  test.each([
    ['alone', '{"a": 1}', '{}'],
    ['first', '{"a": 1, "b": 2}', '{"b": 2}'],
    ['last', '{ "b": 2, "a": 1 }', '{ "b": 2 }'],
    ['on its line, last', '{\n  "b": 2,\n  "a": 1\n}', '{\n  "b": 2\n}'],
    ['on its line, with a trailing comma', '{\n  "b": 2,\n  "a": 1,\n}', '{\n  "b": 2,\n}'],
    ['with a comment, which stays', '{\n  "a": 1, // c\n  "b": 2\n}', '{\n  // c\n  "b": 2\n}'],
    ['not there', '{"b": 1}', '{"b": 1}'],
  ])('a member taken away: %s', (_name, before, after) => {
    expect(edit(json, before, { remove: ['a'] })).toBe(after);
  });

  test('an item of a list is found by a member, or added', () => {
    const item = { where: 'name', is: 'O' };
    expect(edit(json, '[\n\t{ "name": "x" }\n]', set([item, 'k'], 1))).toBe(
      '[\n\t{ "name": "x" },\n\t{\n\t\t"name": "O",\n\t\t"k": 1\n\t}\n]',
    );
    expect(edit(json, '[{"name": "O", "k": 0}]', set([item, 'k'], 1))).toBe('[{"name": "O", "k": 1}]');
    expect(edit(json, '', set([item], { name: 'O' }))).toBe('[\n  {\n    "name": "O"\n  }\n]\n');
  });

  test.each([
    ['{"b" 1}', '1:6 A colon is missing here.'],
    ['\uFEFF{b: 1}', '1:2 The name of a member is missing here, in double quotes.'],
    ['{\n"b": 1\n"c": 2}', '3:1 A comma or “}” is missing here.'],
    ['{"b": [1', '1:7 A “]” is missing for what begins here.'],
    ['{"b": "x\n"}', '1:7 A text that begins here has no closing quote.'],
    ['{"b": 01}', '1:7 A value is missing here.'],
    ['{"b": "\\x41"}', '1:8 This escape is not one that the format has.'],
    ['{} x', '1:4 Something stands after the end of the document.'],
    ['{/* ', '1:2 A comment that begins here has no end.'],
    ['"text"', '1:1 The document is a text here, and has to be an object.'],
    ['{"x": [1]}', '1:7 x is a list of 1 here, and has to be an object.'],
    [`${'['.repeat(300)}`, '1:202 The document is nested too deeply.'],
  ])('%j is left alone: %s', (text, says) => {
    expect(problem(json, text, A, XY)).toBe(says);
  });

  test('reads what JSON.parse reads, `__proto__` too', () => {
    for (const text of ['{"__proto__": {"a": 1}}', '[1e3, -0.5, "\\u00e9\\n\\/", true, null, {"": []}]', '{"a": {"__proto__": 1}}']) {
      const tree = parseJsonTree(text, 'jsonc');
      expect(tree.ok && tree.root && JSON.stringify(plainValue(tree.root))).toBe(JSON.stringify(JSON.parse(text)));
    }
    expect(edit(json, '{"__proto__": {"b": 1}}', set(['__proto__', 'c'], 2))).toBe('{"__proto__": {"b": 1, "c": 2}}');
  });
});

describe('JSON5', () => {
  test('names without quotes, single quotes, numbers and continued lines are kept', () => {
    const text = "{\n  b: 'it\\'s', // c\n  hex: 0xFF, plus: +.5, inf: -Infinity,\n  long: 'a\\\nb',\n}";
    expect(edit(json5, text, A)).toBe(text.replace(/\n\}$/, '\n  a: 2,\n}'));
    expect(json5.read(text)).toEqual({ ok: true, value: { b: "it's", hex: 255, plus: 0.5, inf: -Infinity, long: 'ab' } });
  });
});

describe('YAML', () => {
  test.each([
    ['nothing', '', 'a: 2\n'],
    ['a comment', '# c', '# c\na: 2'],
    ['an empty document', '---\n', '---\na: 2\n'],
    ['between document markers', '--- # s\nb: 1\n...\n', '--- # s\nb: 1\na: 2\n...\n'],
    ['after a block text', 'b: |\n  x\n\n# t', 'b: |\n  x\na: 2\n\n# t'],
    ['flow', '{b: 1,} # c\n', '{b: 1, "a": 2,} # c\n'],
    ['a value with a comment', 'a: "old" # c\nb: 1', 'a: 2 # c\nb: 1'],
    ['a value with an anchor nobody uses', 'a: &k old\n', 'a: &k 2\n'],
    ['a key without a value', 'a:\nb: 1\n', 'a: 2\nb: 1\n'],
    ['CRLF, no end of line at the end', 'b: 1\r\nc: x', 'b: 1\r\nc: x\r\na: 2'],
    ['the same key twice: the last counts', 'a: 0\na: 1\n', 'a: 0\na: 2\n'],
  ])('a member set: %s', (_name, before, after) => {
    expect(edit(yaml, before, A)).toBe(after);
  });

  test.each([
    ['x:\n', 'x:\n  "y": v\n'],
    ['x: # c\nb: 1\n', 'x: # c\n  "y": v\nb: 1\n'],
    ['x: {}\n', 'x:\n  "y": v\n'],
    ['x: {b: 1}\n', 'x: {b: 1, "y": "v"}\n'],
    ['x:\n    b: 1 # c\n    # d\ne: 1\n', 'x:\n    b: 1 # c\n    "y": v\n    # d\ne: 1\n'],
  ])('a nested member set in %j', (before, after) => {
    expect(edit(yaml, before, XY)).toBe(after);
  });

  const item = { where: 'name', is: 'O' };
  test.each([
    ['m:\n- name: x # c\n', 'm:\n- name: x # c\n- name: O\n  k: [1]\n'],
    ['m:\n  - name: O\n    k: 0 # c\n  - b\n', 'm:\n  - name: O\n    k: [1] # c\n  - b\n'],
    ['m: []\n', 'm:\n  - name: O\n    k: [1]\n'],
  ])('an item found by a member, or added: %j', (before, after) => {
    expect(yaml.read(edit(yaml, before, set(['m', item, 'k'], [1])))).toEqual(yaml.read(after));
    expect(edit(yaml, edit(yaml, before, set(['m', item, 'k'], 1)), { remove: ['m', item] })).not.toContain('O');
  });

  test('a text that another reader would take for something else is quoted', () => {
    expect(edit(yaml, '', set(['a'], 'yes'), set(['b'], '1'), set(['c'], 'x: y'), set(['d'], 'two\nlines'))).toBe(
      'a: "yes"\nb: "1"\nc: "x: y"\nd: "two\\nlines"\n',
    );
  });

  test.each([
    ['x: *q\n', '1:4 Unresolved alias (the anchor must be set before the alias): q'],
    ['b: &q {}\nx: *q\n', '2:1 x.y leads over a reference (*q) here.'],
    ['x: &q\n  b: 1\nc: *q\n', '1:1 x.y cannot be changed here without touching something else.'],
    ['a: 1\n---\nb: 1\n', '2:1 A second document begins here, and it is not clear which of them counts.'],
    ['- 1\n', '1:1 The document is a list of 1 here, and has to be an object.'],
    ['x: text\n', '1:1 x is a text here, and has to be an object.'],
  ])('%j is left alone: %s', (text, says) => {
    expect(problem(yaml, text, XY)).toBe(says);
  });

  test('a document that does not parse is left alone, with the place', () => {
    expect(problem(yaml, 'a: 1\nb: [1\nc: 2\n', XY)).toMatch(/^3:1 This is not valid YAML: /);
    expect(problem(yaml, 'a: "x\n', XY)).toMatch(/^\d+:\d+ This is not valid YAML: /);
  });
});

describe('TOML', () => {
  test.each([
    ['nothing', '', 'a = 2\n'],
    ['before the first table and its comment', '# head\n\n# about t\n[t]\nb = 1\n', '# head\n\na = 2\n\n# about t\n[t]\nb = 1\n'],
    ['after the last of its own', 'b = [\n  1,\n] # c\n\n[t]\n', 'b = [\n  1,\n] # c\na = 2\n\n[t]\n'],
    ['a value with a comment', "a = 'old' # c\n", 'a = 2 # c\n'],
    ['no end of line at the end', 'b = 1', 'b = 1\na = 2'],
    ['CRLF and a BOM', '\uFEFF[t]\r\nb = 1\r\n', '\uFEFFa = 2\r\n\r\n[t]\r\nb = 1\r\n'],
  ])('a top-level key set: %s', (_name, before, after) => {
    expect(edit(toml, before, A)).toBe(after);
  });

  test.each([
    ['[x]\nb = 1\n# c\n[z]\n', '[x]\nb = 1\ny = "v"\n# c\n[z]\n'],
    ['[ x ] # c', '[ x ] # c\ny = "v"'],
    ['[z]\nb = 1\n', '[z]\nb = 1\n\n[x]\ny = "v"\n'],
    ['x.b = 1\n', 'x.b = 1\nx.y = "v"\n'],
    ['x = { b = 1 } # c\n', 'x = { b = 1, y = "v" } # c\n'],
    ['x = {}\n', 'x = { y = "v" }\n'],
    ['[x.deep]\nb = 1\n', '[x.deep]\nb = 1\n\n[x]\ny = "v"\n'],
    ['x.y = """old\ntext"""\n', 'x.y = "v"\n'],
  ])('a nested key set in %j', (before, after) => {
    expect(edit(toml, before, XY)).toBe(after);
  });

  test('a whole table is set and taken away', () => {
    const before = 'model = "m"\n\n[theirs]\nb = 1\n';
    const after = edit(toml, before, set(['p', 'our s'], { url: 'u', args: ['a', { b: true }] }));
    expect(after).toBe(`${before}\n[p."our s"]\nurl = "u"\nargs = ["a", { b = true }]\n`);
    expect(edit(toml, after, { remove: ['p'] })).toBe(before);
  });

  test.each([
    ['a = \n', /^\d:\d+ This is not valid TOML: /],
    ['[x]\ny = 1\ny = 2\n', /^3:\d+ This is not valid TOML: /],
    ['[[x]]\nb = 1\n', /^1:1 x is a list of 1 here, and has to be an object\.$/],
    ['x = [{ b = 1 }]\n', /^1:1 x is a list of 1 here/],
    ['x = "text"\n', /^1:1 x is a text here, and has to be an object\.$/],
  ])('%j is left alone', (text, says) => {
    expect(problem(toml, text, XY)).toMatch(says);
  });

  test('null, which TOML lacks, is refused', () => {
    expect(problem(toml, '', set(['a'], null))).toContain('cannot be changed');
  });
});

describe('dotenv', () => {
  const K = set(['K'], 'new v');
  test.each([
    ['', "K='new v'\n"],
    ['A=1', "A=1\nK='new v'"],
    ['export K="old" # c\r\nB=2\r\n', "export K='new v' # c\r\nB=2\r\n"],
    ['K="two\nlines"\nB=2\n', "K='new v'\nB=2\n"],
    ['#K=1\nK=1\nK=2\n', "#K=1\nK=1\nK='new v'\n"],
  ])('a value set in %j', (before, after) => {
    expect(edit(dotenv, before, K)).toBe(after);
  });

  test('a value taken away with its line', () => {
    expect(edit(dotenv, 'A=1\nK=x\nB=2', { remove: ['K'] })).toBe('A=1\nB=2');
    expect(edit(dotenv, 'A=1\nK=x', { remove: ['K'] })).toBe('A=1');
  });

  test('what it cannot hold is refused', () => {
    expect(problem(dotenv, '', set(['K'], `a'b"c\`d`))).toBe('1:1 The value of K cannot be written in this file.');
    expect(problem(dotenv, '', set(['K', 'x'], 'v'))).toBe('1:1 This file holds names and values only.');
  });
});

test.each(Object.entries(FORMATS))(
  '%s: neither deep nor long texts take it down',
  (_name, format) => {
    for (const text of ['['.repeat(50_000), `a = ${'['.repeat(50_000)}`, `a: ${'{a: '.repeat(20_000)}`]) {
      expect(typeof format.apply(text, [A]).ok).toBe('boolean');
    }
    const started = performance.now();
    for (const text of [`K=${'a#'.repeat(20_000)}`, ' '.repeat(20_000), `K='${"\\\\'".repeat(10_000)}`, '"'.repeat(20_000)])
      format.apply(text, [A]);
    expect(performance.now() - started).toBeLessThan(10_000);
  },
  60_000,
);
