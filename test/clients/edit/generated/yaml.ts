import type { TextEdit } from '../../../../src/clients/edit/edit.ts';
import { COMMENTS, Dice, edits, finished, type GeneratedConfig, item, root, type Tree } from './parts.ts';

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
