import * as l10n from '@vscode/l10n';
import type { UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { groupWord, wallTime } from './words.ts';

export interface ChartShown {
  /** Milliseconds since the epoch, rising. */
  at: number[];
  series: { name: string; values: (number | null)[] }[];
}

/** The chart's points and series. Two groups of one name stay two. */
export function chartShown({ slots, chart, asked, names }: Pick<UsageView, 'slots' | 'chart' | 'asked' | 'names'>): ChartShown {
  return {
    at: rising(slots.map(({ label }) => wallTime(label))),
    series: chart.map(({ group, values }) => ({
      name: group === undefined ? l10n.t('Others') : groupWord(asked.by, group, names),
      values,
    })),
  };
}

/** An hour that the clocks of this window skip, and those of the gateway do not, falls together with the next. */
function rising(times: readonly number[]): number[] {
  const at: number[] = [];
  for (const time of times) at.push(Math.max(time, (at.at(-1) ?? Number.NEGATIVE_INFINITY) + 1));
  return at;
}
