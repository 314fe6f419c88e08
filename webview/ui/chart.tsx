import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { pointAfterKey, type Series, sparkPath, stepOf } from './chart/data.ts';
import { Legend } from './chart/legend.tsx';
import type { Plot, PlotData } from './chart/plot.ts';
import { formatPoint } from './chart/times.ts';

export type { Series } from './chart/data.ts';

export interface ChartProps {
  /** What it shows, in a sentence: said to those who do not see it. */
  label: string;
  /** Milliseconds since the epoch, rising: where each point begins. */
  at: readonly number[];
  series: readonly Series[];
  /** Series upon one another as bars, or as lines beside one another. */
  kind: 'stacked' | 'lines';
  /** A value as it is shown at the axis and in the legend. */
  format(value: number): string;
  /** Pixels, without the legend. */
  height?: number;
  /** A click on a point, or Enter. */
  onPoint?(index: number): void;
}

/** A chart over time (uPlot), in the theme's colours, with a legend that shows the values under the pointer. */
export function Chart(props: ChartProps): VNode {
  const { label, at, series, kind, format, height = 240, onPoint } = props;
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [pointed, setPointed] = useState<number>();
  const point = pointed !== undefined && pointed < at.length ? pointed : undefined;
  const shell = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const failed = usePlot(shell, place, { at, series, kind, hidden, format }, point, {
    onPoint: setPointed,
    onClick: (index) => onPoint?.(index),
  });
  const step = stepOf(at);
  const when = point === undefined ? restWords(kind, at, step) : formatPoint(at[point] ?? 0, step);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = pointAfterKey(event.key, point, at.length);
    if (to !== undefined) setPointed(to);
    else if ((event.key === 'Enter' || event.key === ' ') && point !== undefined) onPoint?.(point);
    else if (event.key === 'Escape') setPointed(undefined);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={shell} class="chart">
      <div class={`chart-window${onPoint ? ' opens' : ''}`} style={{ height: `${height}px` }}>
        <div ref={place} class="chart-plot" role="img" aria-label={label} />
        {failed && <p class="chart-failed">{l10n.t('The chart could not be drawn: {0}', failed.message)}</p>}
        <div
          class="chart-point"
          role="slider"
          tabIndex={0}
          aria-label={l10n.t('Point of the chart: {0}', label)}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, at.length - 1)}
          aria-valuenow={point ?? Math.max(0, at.length - 1)}
          aria-valuetext={pointWords(props, point ?? at.length - 1, hidden)}
          onKeyDown={onKeyDown}
          onBlur={() => setPointed(undefined)}
        />
      </div>
      <Legend
        series={series}
        kind={kind}
        hidden={hidden}
        onToggle={(name) => setHidden(toggled(hidden, name))}
        point={point}
        when={when}
        format={format}
      />
    </div>
  );
}

function toggled(hidden: ReadonlySet<string>, name: string): Set<string> {
  const next = new Set(hidden);
  if (!next.delete(name)) next.add(name);
  return next;
}

/** What the values of the legend are while no point is pointed at. */
function restWords(kind: ChartProps['kind'], at: readonly number[], step: number): string {
  const [first, last] = [at[0], at.at(-1)];
  if (first === undefined || last === undefined) return '';
  return kind === 'lines' ? formatPoint(last, step) : l10n.t('{0} to {1}', formatPoint(first, step), formatPoint(last, step));
}

function pointWords({ at, series, format }: ChartProps, point: number, hidden: ReadonlySet<string>): string {
  const start = at[point];
  if (start === undefined) return '';
  const values = series.flatMap(({ name, values: all }) => {
    const value = all[point] ?? null;
    return hidden.has(name) || value === null ? [] : [`${name} ${format(value)}`];
  });
  return [formatPoint(start, stepOf(at)), ...values].join(', ');
}

interface Refs {
  current: HTMLElement | null;
}

/** Draws once uPlot is loaded, anew when there are other series; gives why it cannot. */
function usePlot(
  shell: Refs,
  place: Refs,
  data: PlotData,
  point: number | undefined,
  events: ConstructorParameters<typeof Plot>[3],
): Error | undefined {
  const plot = useRef<Plot | undefined>(undefined);
  const [failed, setFailed] = useState<Error>();
  const current = useRef({ data, events });
  current.current = { data, events };
  const form = `${data.kind} ${data.series.length}`;
  useEffect(() => {
    let over = false;
    import('./chart/plot.ts').then(({ Plot: Made }) => {
      if (over || !shell.current || !place.current) return;
      plot.current = new Made(place.current, shell.current, current.current.data, {
        onPoint: (index) => current.current.events.onPoint(index),
        onClick: (index) => current.current.events.onClick(index),
      });
    }, setFailed);
    return () => {
      over = true;
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [form, shell, place]);
  const { at, series, hidden, kind } = data;
  useEffect(() => plot.current?.update(current.current.data), [at, series, hidden, kind]);
  useEffect(() => plot.current?.mark(point), [point, at]);
  return failed;
}

/** A line without axes, as high as a line of text. `null`: not known. */
export function Sparkline({ label, values }: { label: string; values: readonly (number | null)[] }): VNode {
  const id = useId();
  return (
    <svg class="sparkline" viewBox="0 0 100 20" preserveAspectRatio="none" role="img" aria-labelledby={id}>
      <title id={id}>{label}</title>
      <path d={sparkPath(values)} />
    </svg>
  );
}
