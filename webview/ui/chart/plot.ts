import uPlot from 'uplot';
import { pointAt, type Series, scaleOf, stacked, stepOf } from './data.ts';
import { formatAxis } from './times.ts';

export interface PlotData {
  at: readonly number[];
  series: readonly Series[];
  kind: 'stacked' | 'lines';
  hidden: ReadonlySet<string>;
  format(value: number): string;
}

export interface PlotEvents {
  /** The point under the pointer. */
  onPoint(point: number | undefined): void;
  onClick(point: number): void;
}

/** Colours as the canvas takes them, read from the page. */
interface Colours {
  series: string[];
  text: string;
  line: string;
  surface: string;
  font: string;
}

/** The drawn part of a chart, by uPlot. This file is loaded when the first chart is shown. */
export class Plot {
  readonly #place: HTMLElement;
  readonly #events: PlotEvents;
  readonly #band = document.createElement('div');
  #data: PlotData;
  #colours: Colours;
  #plot: uPlot;
  readonly #end = new AbortController();

  /** `place`: where it is drawn, as large as it is to be. The colours are those of the elements `[data-colour]` in `legend`. */
  constructor(place: HTMLElement, legend: HTMLElement, data: PlotData, events: PlotEvents) {
    this.#place = place;
    this.#events = events;
    this.#data = data;
    this.#colours = coloursOf(place, legend);
    this.#band.className = 'chart-band';
    this.#band.hidden = true;
    this.#plot = this.#made();
    const sizes = new ResizeObserver(() => this.#plot.setSize(this.#size()));
    sizes.observe(place);
    // VS Code changes the classes and variables when the theme changes.
    const theme = new MutationObserver(() => {
      this.#colours = coloursOf(place, legend);
      this.#plot.redraw(false, true);
    });
    theme.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    this.#end.signal.addEventListener('abort', () => {
      sizes.disconnect();
      theme.disconnect();
      this.#plot.destroy();
    });
  }

  /** The same number of series, of the same kind. */
  update(data: PlotData): void {
    this.#data = data;
    this.#plot.setData(columnsOf(data));
  }

  /** Marks the point by a band; `undefined`: none. */
  mark(point: number | undefined): void {
    const { at, kind } = this.#data;
    const start = point === undefined ? undefined : at[point];
    this.#band.hidden = start === undefined;
    if (start === undefined) return;
    const half = kind === 'stacked' ? stepOf(at) / 2 : 0;
    const left = this.#plot.valToPos(start - half, 'x');
    const width = Math.max(1, this.#plot.valToPos(start + half, 'x') - left);
    this.#band.style.transform = `translateX(${left}px)`;
    this.#band.style.width = `${width}px`;
  }

  destroy(): void {
    this.#end.abort();
  }

  #size(): { width: number; height: number } {
    return { width: Math.max(1, this.#place.clientWidth), height: this.#place.clientHeight };
  }

  #made(): uPlot {
    const { series, kind } = this.#data;
    const options: uPlot.Options = {
      ...this.#size(),
      ms: 1,
      padding: [8, 14, 0, 4],
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: { time: true, range: () => this.#xRange() },
        y: { range: (plot) => scaleOf(plot.data.slice(1)) },
      },
      axes: [this.#xAxis(), this.#yAxis()],
      series: [{}, ...this.#series(series.length, kind)],
    };
    const plot = new uPlot(options, columnsOf(this.#data), this.#place);
    plot.over.append(this.#band);
    this.#listen(plot);
    return plot;
  }

  #xRange(): [number, number] {
    const { at, kind } = this.#data;
    const first = at[0] ?? 0;
    const last = at.at(-1) ?? first;
    // A bar stands above its time's mark.
    const half = kind === 'stacked' || first === last ? stepOf(at) / 2 : 0;
    return [first - half, last + half];
  }

  #xAxis(): uPlot.Axis {
    return {
      ...this.#axis(),
      space: 72,
      size: 28,
      grid: { show: false },
      values: (_plot, moments, _axis, _space, apart) => formatAxis(moments, apart),
    };
  }

  #yAxis(): uPlot.Axis {
    return {
      ...this.#axis(),
      space: 36,
      size: (_plot, texts) => Math.max(36, 14 + Math.max(0, ...(texts ?? []).map((text) => text.length)) * 7),
      values: (_plot, values) => values.map((value) => this.#data.format(value)),
      grid: { stroke: () => this.#colours.line, width: 1 },
    };
  }

  #axis(): uPlot.Axis {
    return { stroke: () => this.#colours.text, font: this.#colours.font, ticks: { show: false }, gap: 6 };
  }

  #series(count: number, kind: PlotData['kind']): uPlot.Series[] {
    // Later ones are drawn over earlier ones, so the highest of a stack comes first.
    const order = Array.from({ length: count }, (_, at) => (kind === 'stacked' ? count - 1 - at : at));
    const bars = uPlot.paths.bars?.({ size: [0.72, 48] });
    return order.map((at) => {
      const colour = (): string => this.#colours.series[at] ?? this.#colours.text;
      if (kind === 'lines') return { stroke: colour, width: 1.5, points: { show: false }, spanGaps: false };
      // A line of the background keeps what is upon one another apart, also where colours look alike.
      return { fill: colour, stroke: () => this.#colours.surface, width: 1, points: { show: false }, ...(bars && { paths: bars }) };
    });
  }

  #listen({ over }: uPlot): void {
    const { signal } = this.#end;
    const pointOf = (event: MouseEvent): number | undefined => {
      const moment = this.#plot.posToVal(event.clientX - over.getBoundingClientRect().left, 'x');
      return pointAt(moment, this.#data.at);
    };
    over.addEventListener('pointermove', (event) => this.#events.onPoint(pointOf(event)), { signal });
    over.addEventListener('pointerleave', () => this.#events.onPoint(undefined), { signal });
    over.addEventListener(
      'click',
      (event) => {
        const point = pointOf(event);
        if (point !== undefined) this.#events.onClick(point);
      },
      { signal },
    );
  }
}

function columnsOf({ at, series, kind, hidden }: PlotData): uPlot.AlignedData {
  const columns =
    kind === 'stacked'
      ? stacked(series, hidden).reverse()
      : series.map(({ name, values }) => values.map((value) => (hidden.has(name) ? null : value)));
  return [[...at], ...columns];
}

function coloursOf(place: HTMLElement, legend: HTMLElement): Colours {
  const own = getComputedStyle(place);
  const swatches = [...legend.querySelectorAll('[data-colour]')];
  return {
    series: swatches.map((swatch) => getComputedStyle(swatch).backgroundColor),
    text: own.color,
    line: own.borderBlockColor,
    surface: own.outlineColor,
    font: `${own.fontSize} ${own.fontFamily}`,
  };
}
