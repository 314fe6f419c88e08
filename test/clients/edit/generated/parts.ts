import type { FilePlan } from '../../../../src/clients/client.ts';
import type { PathStep, TextEdit } from '../../../../src/clients/edit/edit.ts';

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

export const TEXTS = [
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
export const COMMENTS = ['about this', 'ünïcode 漢', 'a: "b", {c}', '= [x]', ''];

/** Ends lines, begins and ends the file as some editor would. */
export function finished(dice: Dice, lines: readonly string[]): string {
  const text = lines.join('\n') + (dice.often(70) ? '\n' : '');
  const ended = dice.often(30) ? text.replaceAll('\n', '\r\n') : text;
  return (dice.often(15) ? '\uFEFF' : '') + ended;
}

export type Tree = string | number | boolean | null | Tree[] | Map<string, Tree>;

export function tree(dice: Dice, depth: number): Tree {
  const kind = depth <= 0 ? dice.roll(4) : dice.roll(7);
  if (kind === 0) return dice.pick(TEXTS);
  if (kind === 1) return dice.roll(100_000) - 500;
  if (kind === 2) return dice.often(50);
  if (kind === 3) return dice.often(40) ? null : dice.pick(TEXTS);
  if (kind === 4) return Array.from({ length: dice.roll(4) }, () => tree(dice, depth - 1));
  return members(dice, depth, 4);
}

export function members(dice: Dice, depth: number, most: number): Map<string, Tree> {
  const map = new Map<string, Tree>();
  for (let count = dice.roll(most + 1); count > 0; count--)
    map.set(`${dice.pick(['a', 'key', 'x-y', 'Zed', 'deep_1'])}${dice.roll(50)}`, tree(dice, depth - 1));
  return map;
}

/** A tree that may hold, at some of the places, what stood there before. */
export function root(dice: Dice): Map<string, Tree> {
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

export function edits(value: string, extra: number): TextEdit[] {
  const provider = { baseUrl: `http://127.0.0.1/${value}`, models: ['m', value], limits: { context: extra } };
  return [
    { set: ['model'], to: `ours/${value}` },
    { set: ['env', 'OURS_URL'], to: `ours-${value}` },
    { set: ['env', 'OURS_KEY'], to: `omr-${value}` },
    { set: ['provider', 'ours'], to: provider },
  ];
}

export const item = { where: 'id', is: 'ours' } satisfies PathStep;
