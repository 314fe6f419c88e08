import type { TextEdit } from '../../../../src/clients/edit/edit.ts';
import { COMMENTS, Dice, edits, finished, type GeneratedConfig, item, members, root, type Tree } from './parts.ts';

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
