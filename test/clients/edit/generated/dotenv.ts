import type { TextEdit } from '../../../../src/clients/edit/edit.ts';
import { COMMENTS, Dice, finished, type GeneratedConfig } from './parts.ts';

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
