import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { lastOf, type Series, sumOf } from './data.ts';

interface LegendProps {
  series: readonly Series[];
  kind: 'stacked' | 'lines';
  hidden: ReadonlySet<string>;
  onToggle(name: string): void;
  /** The point whose values are shown; without one, sums of bars and the last values of lines. */
  point: number | undefined;
  /** What the values are of, in words. */
  when: string;
  format(value: number): string;
}

/** As many colours as are told apart; more series begin again. */
const COLOURS = 8;

/** Names, colours and values; a click hides a series. */
export function Legend({ series, kind, hidden, onToggle, point, when, format }: LegendProps): VNode {
  const valueNow = (one: Series): number | null => {
    if (point !== undefined) return one.values[point] ?? null;
    return kind === 'stacked' ? sumOf(one) : lastOf(one);
  };
  return (
    <>
      <p class="chart-when">{when}</p>
      <ul class="chart-legend" aria-label={l10n.t('Legend')}>
        {series.map((one, at) => {
          const value = valueNow(one);
          return (
            <li key={one.name}>
              <button
                type="button"
                class="chart-name"
                aria-pressed={!hidden.has(one.name)}
                title={one.name}
                onClick={() => onToggle(one.name)}
              >
                <span class={`chart-colour colour-${(at % COLOURS) + 1}`} data-colour={at} />
                <span class="chart-words">{one.name}</span>
                <span class="figure">{value === null ? '–' : format(value)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
