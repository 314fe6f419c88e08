import type { FilePlan } from '../../../src/clients/client.ts';
import type { PathStep, TextEdit } from '../../../src/clients/edit/edit.ts';

/** Numbers from a seed, the same each time (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 up to, and without, `below`. */
  roll(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  }

  often(percent: number): boolean {
    return this.roll(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    const choice = choices[this.roll(choices.length)];
    if (choice === undefined) throw new Error('nothing to choose from');
    return choice;
  }
}

export interface GeneratedConfig {
  format: FilePlan['format'];
  text: string;
  first: TextEdit[];
  second: TextEdit[];
  /** A word that stands in every line which a set-up may change. */
  ours: RegExp;
}

const TEXTS = [
  'plain',
  'with space',
  'ümläut 漢字 🙂',
  '#no: comment',
  'it\'s "quoted"',
  'back\\slash',
  '',
  '127.0.0.1:8080',
  '{brace',
  'yes',
];
const COMMENTS = ['about this', 'ünïcode 漢', 'a: "b", {c}', '= [x]', ''];

/** Ends lines, begins and ends the file as some editor would. */
function finished(dice: Dice, lines: readonly string[]): string {
  const text = lines.join('\n') + (dice.often(70) ? '\n' : '');
  const ended = dice.often(30) ? text.replaceAll('\n', '\r\n') : text;
  return (dice.often(15) ? '\uFEFF' : '') + ended;
}

type Tree = string | number | boolean | null | Tree[] | Map<string, Tree>;

function tree(dice: Dice, depth: number): Tree {
  const kind = depth <= 0 ? dice.roll(4) : dice.roll(7);
  if (kind === 0) return dice.pick(TEXTS);
  if (kind === 1) return dice.roll(100_000) - 500;
  if (kind === 2) return dice.often(50);
  if (kind === 3) return dice.often(40) ? null : dice.pick(TEXTS);
  if (kind === 4) return Array.from({ length: dice.roll(4) }, () => tree(dice, depth - 1));
  return members(dice, depth, 4);
}

function members(dice: Dice, depth: number, most: number): Map<string, Tree> {
  const map = new Map<string, Tree>();
  for (let count = dice.roll(most + 1); count > 0; count--)
    map.set(`${dice.pick(['a', 'key', 'x-y', 'Zed', 'deep_1'])}${dice.roll(50)}`, tree(dice, depth - 1));
  return map;
}

/** A tree that may hold, at some of the places, what stood there before. */
function root(dice: Dice): Map<string, Tree> {
  const map = members(dice, 3, 5);
  if (dice.often(30)) map.set('model', 'ours-old');
  if (dice.often(50)) {
    const env = members(dice, 1, 3);
    if (dice.often(50)) env.set('OURS_URL', 'ours-old');
    map.set('env', env);
  }
  if (dice.often(40))
    map.set('list', [
      ...Array.from({ length: dice.roll(3) }, () => members(dice, 1, 3)),
      ...(dice.often(40) ? [new Map<string, Tree>([['id', 'ours']])] : []),
    ]);
  return map;
}

function edits(value: string, extra: number): TextEdit[] {
  const provider = { baseUrl: `http://127.0.0.1/${value}`, models: ['m', value], limits: { context: extra } };
  return [
    { set: ['model'], to: `ours/${value}` },
    { set: ['env', 'OURS_URL'], to: `ours-${value}` },
    { set: ['env', 'OURS_KEY'], to: `omr-${value}` },
    { set: ['provider', 'ours'], to: provider },
  ];
}

const item = { where: 'id', is: 'ours' } satisfies PathStep;

// --- JSON and JSON5

class JsonPrinter {
  readonly #dice: Dice;
  readonly #isJson5: boolean;
  readonly #unit: string;
  readonly #hasComments: boolean;
  readonly #trailing: boolean;

  constructor(dice: Dice, isJson5: boolean) {
    this.#dice = dice;
    this.#isJson5 = isJson5;
    this.#unit = dice.pick(['  ', '    ', '\t', ' ']);
    this.#hasComments = dice.often(60);
    this.#trailing = dice.often(40);
  }

  print(value: Tree, indent = ''): string {
    if (Array.isArray(value))
      return this.#container(
        '[',
        ']',
        value.map((each) => (inner) => this.print(each, inner)),
        indent,
      );
    if (value instanceof Map) {
      const parts = [...value].map(
        ([key, each]) =>
          (inner: string) =>
            `${this.#key(key)}:${this.#space()}${this.print(each, inner)}`,
      );
      return this.#container('{', '}', parts, indent);
    }
    return typeof value === 'string' ? this.#text(value) : JSON.stringify(value);
  }

  #text(value: string): string {
    if (!this.#isJson5 || this.#dice.often(60)) return JSON.stringify(value);
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  }

  #key(key: string): string {
    return this.#isJson5 && /^\w+$/.test(key) && this.#dice.often(60) ? key : JSON.stringify(key);
  }

  #space(): string {
    return this.#dice.often(80) ? ' ' : '';
  }

  #comment(): string {
    if (!this.#hasComments || this.#dice.often(60)) return '';
    return this.#dice.often(50) ? `/* ${this.#dice.pick(COMMENTS)} */` : `// ${this.#dice.pick(COMMENTS)}`;
  }

  #container(open: string, close: string, parts: ((indent: string) => string)[], indent: string): string {
    if (parts.length === 0) return open + this.#dice.pick(['', '', ' ', `\n${indent}`]) + close;
    if (this.#dice.often(20)) return this.#inLine(open, close, parts);
    const inner = indent + this.#unit;
    const lines = parts.map((part, index) => {
      const before = this.#comment();
      const comma = index < parts.length - 1 || this.#trailing ? ',' : '';
      return `${before ? `${inner}${before}\n` : ''}${inner}${part(inner)}${comma}${this.#after()}`;
    });
    const last = this.#comment();
    if (last) lines.push(inner + last);
    return `${open}${this.#after()}\n${lines.join('\n')}\n${indent}${close}`;
  }

  #after(): string {
    const comment = this.#comment();
    return comment ? ` ${comment}` : '';
  }

  #inLine(open: string, close: string, parts: ((indent: string) => string)[]): string {
    const compact = new JsonPrinterInLine();
    return compact.join(
      open,
      close,
      parts.map((part) => part('')),
      this.#dice.often(50),
      this.#trailing,
    );
  }
}

/** Parts that came out over several lines stay so: people do write that. */
class JsonPrinterInLine {
  join(open: string, close: string, parts: string[], isWide: boolean, isTrailing: boolean): string {
    const space = isWide ? ' ' : '';
    return `${open}${space}${parts.join(`,${space}`)}${isTrailing ? ',' : ''}${space}${close}`;
  }
}

export function jsonConfig(seed: number, format: 'json' | 'json5'): GeneratedConfig {
  const dice = new Dice(seed);
  const isList = dice.often(10);
  const start = dice.often(20) ? ['// head'] : [];
  const end = dice.often(20) ? ['/* tail */'] : [];
  const value: Tree = isList ? Array.from({ length: dice.roll(3) }, () => members(dice, 2, 3)) : root(dice);
  const body = dice.often(4) ? '' : new JsonPrinter(dice, format === 'json5').print(value);
  const withList = (name: string): TextEdit[] => [...edits(name, 1), { set: ['list', item, 'name'], to: `ours ${name}` }];
  const listOnly = (name: string): TextEdit[] => [{ set: [item], to: { id: 'ours', url: `ours-${name}` } }];
  const make = isList && body !== '' ? listOnly : withList;
  return {
    format,
    text: finished(dice, [...start, body, ...end]),
    first: make('one'),
    second: make('two'),
    ours: /ours|model|env|list|provider/i,
  };
}

// --- YAML

function yamlText(dice: Dice, value: string): string {
  if (/^[\w/-]+$/.test(value) && value !== 'yes' && dice.often(70)) return value;
  return dice.often(50) ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}

function flow(dice: Dice, value: Tree): string {
  if (Array.isArray(value)) return `[${value.map((each) => flow(dice, each)).join(', ')}${value.length > 0 && dice.often(20) ? ',' : ''}]`;
  if (value instanceof Map) return `{${[...value].map(([key, each]) => `${key}: ${flow(dice, each)}`).join(', ')}}`;
  return typeof value === 'string' ? yamlText(dice, value) : JSON.stringify(value);
}

function yamlComment(dice: Dice): string {
  return dice.often(15) ? ` # ${dice.pick(COMMENTS)}` : '';
}

function block(dice: Dice, value: Tree, indent: number, unit: number): string[] {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((each) => {
      const inner = isNested(each) ? block(dice, each, indent + 2, unit) : [];
      const [head, ...rest] = inner;
      return head === undefined ? [`${pad}- ${flow(dice, each)}${yamlComment(dice)}`] : [`${pad}- ${head.trimStart()}`, ...rest];
    });
  }
  if (!(value instanceof Map)) return [pad + flow(dice, value)];
  return [...value].flatMap(([key, each], index) => {
    const before = dice.often(15) && index > 0 ? [`${pad}# ${dice.pick(COMMENTS)}`] : [];
    const blank = dice.often(8) && index > 0 ? [''] : [];
    if (isNested(each) && dice.often(85)) {
      const step = Array.isArray(each) && dice.often(40) ? 0 : unit;
      return [...blank, ...before, `${pad}${key}:${yamlComment(dice)}`, ...block(dice, each, indent + step, unit)];
    }
    if (typeof each === 'string' && !each.startsWith('ours') && dice.often(10)) {
      return [
        ...blank,
        ...before,
        `${pad}${key}: ${dice.pick(['|', '|-', '>', '|+'])}`,
        `${pad}${' '.repeat(unit)}some text`,
        '',
        `${pad}${' '.repeat(unit)}more # no comment`,
      ];
    }
    if (each === null && dice.often(50)) return [...blank, ...before, `${pad}${key}:${yamlComment(dice)}`];
    return [...blank, ...before, `${pad}${key}: ${flow(dice, each)}${yamlComment(dice)}`];
  });
}

function isNested(value: Tree): boolean {
  return Array.isArray(value) ? value.length > 0 : value instanceof Map && value.size > 0;
}

export function yamlConfig(seed: number): GeneratedConfig {
  const dice = new Dice(seed);
  const value = root(dice);
  const head = [...(dice.often(20) ? ['# head'] : []), ...(dice.often(20) ? ['---'] : [])];
  const body = value.size === 0 ? [] : dice.often(10) ? [flow(dice, value)] : block(dice, value, 0, dice.pick([2, 4, 3]));
  const tail = dice.often(20) ? ['# tail'] : [];
  const make = (name: string): TextEdit[] => [...edits(name, 2), { set: ['list', item, 'name'], to: `ours ${name}` }];
  return {
    format: 'yaml',
    text: finished(dice, [...head, ...body, ...tail]),
    first: make('one'),
    second: make('two'),
    ours: /ours|model|env|list|provider/i,
  };
}

// --- TOML

function tomlValue(dice: Dice, depth: number): string {
  const kind = dice.roll(depth > 0 ? 8 : 5);
  if (kind === 0) return JSON.stringify(dice.pick(TEXTS));
  if (kind === 1) return dice.pick(['1', '-17', '1_000', '0xff', '3.5', '1e3']);
  if (kind === 2) return dice.pick(['true', 'false']);
  if (kind === 3) return dice.pick(['1979-05-27T07:32:00Z', '1979-05-27', '07:32:00']);
  if (kind === 4) return dice.pick(["'lit\\eral'", '"""\nmany\nlines # no"""', "'''x\n'y'\n'''"]);
  if (kind === 5) return `[${tomlValue(dice, depth - 1)}, ${tomlValue(dice, depth - 1)}]`;
  if (kind === 6) return `[\n  ${tomlValue(dice, 0)}, # one\n  ${tomlValue(dice, 0)},\n]`;
  return `{ p = ${tomlScalar(dice)}, q.r = ${tomlScalar(dice)} }`;
}

function tomlScalar(dice: Dice): string {
  return dice.pick(['1', '"two"', 'false', "'x'"]);
}

function tomlLines(dice: Dice, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const before = dice.often(20) ? [`# ${dice.pick(COMMENTS)}`] : dice.often(10) ? [''] : [];
    const key = dice.pick([name, `"${name} x"`, `${name}.dotted`, `'${name}'`]);
    const equals = dice.pick([' = ', '=', '   = ']);
    return [...before, `${key}${equals}${tomlValue(dice, 2)}${dice.often(20) ? ` # ${dice.pick(COMMENTS)}` : ''}`];
  });
}

export function tomlConfig(seed: number): GeneratedConfig {
  const dice = new Dice(seed);
  const names = (prefix: string): string[] => Array.from({ length: dice.roll(4) }, (_, index) => `${prefix}${index}`);
  const top = tomlLines(dice, names('top'));
  if (dice.often(30)) top.push('model = "ours-old" # which');
  const envKind = dice.roll(5);
  if (envKind === 0) top.push('env = { B = "1" }');
  if (envKind === 1) top.push('env.C = "dotted"', ...(dice.often(50) ? ['env.OURS_URL = "ours-old"'] : []));
  const tables = names('table').flatMap((name) => [
    '',
    ...(dice.often(30) ? [`# about ${name}`] : []),
    dice.pick([`[${name}]`, `[ ${name}.sub ]`, `[[${name}]]`, `["${name}"] # c`]),
    ...tomlLines(dice, names('k')),
  ]);
  if (envKind === 2) tables.push('[env]', ...(dice.often(50) ? ['OURS_URL = "ours-old"'] : []), '# end of env');
  const provider = dice.pick([
    [],
    [],
    ['[provider]', 'x = 1'],
    ['[provider.other]', 'baseUrl = "theirs"'],
    ['[provider.ours]', 'baseUrl = "ours-old"', '', '[provider.ours.deep]', 'z = 1'],
  ]);
  const text = finished(dice, [...(dice.often(20) ? ['# head', ''] : []), ...top, ...tables, ...provider]);
  const make = (value: string): TextEdit[] => [
    ...edits(value, 3).slice(0, 3),
    { set: ['provider', 'ours', 'baseUrl'], to: `ours-${value}` },
    { set: ['provider', 'ours', 'models'], to: [{ name: `ours-${value}`, 'odd key': 1 }] },
  ];
  return { format: 'toml', text, first: make('one'), second: make('two'), ours: /ours|model|env|provider/i };
}

// --- dotenv

export function dotenvConfig(seed: number): GeneratedConfig {
  const dice = new Dice(seed);
  const line = (): string => {
    const name = `${dice.pick(['', 'export '])}KEY_${dice.roll(9)}`;
    const value = dice.pick(['plain', '"quoted # x"', "'single'", '"two\nlines"', '', 'a=b', '`tick`', 'http://x/#y', '"un']);
    return dice.pick([
      `${name}=${value}`,
      `${name} = ${value}`,
      `${name}=${value} # c`,
      `# ${dice.pick(COMMENTS)}`,
      '',
      'no assignment here',
      `  ${name}=${value}`,
    ]);
  };
  const lines = Array.from({ length: dice.roll(8) }, line);
  if (dice.often(40)) lines.splice(dice.roll(lines.length + 1), 0, 'OURS_URL="ours-old" # keep');
  const make = (value: string): TextEdit[] => [
    { set: ['OURS_URL'], to: `ours http://${value}` },
    { set: ['OURS_KEY'], to: `omr-${value}` },
  ];
  return { format: 'dotenv', text: finished(dice, lines), first: make('one'), second: make('two'), ours: /ours/i };
}
