import type { TextEdit } from '../../../../src/clients/edit/edit.ts';
import { COMMENTS, Dice, edits, finished, type GeneratedConfig, TEXTS } from './parts.ts';

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
