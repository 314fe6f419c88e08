import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { UsageAsked, UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { Button } from '../../ui/button.tsx';
import { Chart } from '../../ui/chart.tsx';
import { Section, Tile, Tiles } from '../../ui/layout.tsx';
import { Empty } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';
import { FIRST, narrowed } from './asked.ts';
import { chartShown } from './chart-of.ts';
import { figuresOf, notesOf } from './figures.ts';
import { Groups } from './groups.tsx';
import { amountWord, daysWord, groupingWord, measureWord } from './words.ts';

interface Props {
  view: UsageView;
  onAsk(asked: UsageAsked): void;
}

/** Everything that is known of the range. */
export function View({ view, onAsk }: Props): VNode {
  if (view.empty) return <Nothing view={view} onAsk={onAsk} />;
  return (
    <>
      <Figures view={view} />
      <OverTime view={view} onAsk={onAsk} />
      <Groups view={view} onNarrow={(group) => onAsk(narrowed(view.asked, group))} />
    </>
  );
}

function Figures({ view: { total, before } }: { view: UsageView }): VNode {
  const [whole] = total;
  const figures = useMemo(() => (whole ? figuresOf(whole, before[0]) : []), [whole, before]);
  return (
    <div class="usage-figures">
      <Tiles>
        {figures.map(({ id, label, value, note, before: past }) => (
          <Tile
            key={id}
            label={label}
            value={value}
            detail={
              <span class="usage-detail">
                {note && <span>{note}</span>}
                {past && <span class="figure">{past}</span>}
              </span>
            }
          />
        ))}
      </Tiles>
    </div>
  );
}

function OverTime({ view, onAsk }: Pick<Props, 'view' | 'onAsk'>): VNode {
  const { asked, unit, slots, total } = view;
  const { at, series } = useMemo(() => chartShown(view), [view]);
  const format = useMemo(() => (amount: number) => amountWord(asked.of, amount), [asked.of]);
  const days = daysWord(slots[0]?.label ?? '', slots.at(-1)?.label ?? '');
  const title = l10n.t('{0} by {1}', measureWord(asked.of), groupingWord(asked.by).toLowerCase());
  const openDay = (index: number): void => {
    const day = slots[index];
    if (day && !day.ahead) onAsk({ ...asked, range: { from: day.label, to: day.label } });
  };
  return (
    <Section
      title={title}
      actions={<span class="quiet">{unit === 'hour' ? l10n.t('{0}, by hour', days) : l10n.t('{0}, by day', days)}</span>}
    >
      {series.length > 0 ? (
        <Chart
          label={l10n.t('{0}, {1}', title, days)}
          at={at}
          series={series}
          kind="stacked"
          format={format}
          height={260}
          {...(unit === 'day' && slots.length > 1 ? { onPoint: openDay } : {})}
        />
      ) : (
        <p class="usage-flat quiet">{l10n.t('Nothing of this in this time: {0} is 0.', measureWord(asked.of))}</p>
      )}
      <Notes notes={total[0] ? notesOf(total[0]) : []} />
    </Section>
  );
}

function Notes({ notes }: { notes: readonly string[] }): VNode {
  return (
    <ul class="usage-notes quiet">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function Nothing({ view: { empty, asked }, onAsk }: Pick<Props, 'view' | 'onAsk'>): VNode {
  switch (empty) {
    case 'filters':
      return (
        <Empty icon="filter" title={l10n.t('No request of this time fits the filters.')}>
          <Button onClick={() => onAsk({ ...asked, where: {} })}>{l10n.t('Remove All Filters')}</Button>
        </Empty>
      );
    case 'range':
      return (
        <Empty icon="calendar" title={l10n.t('Nothing was asked in this time.')}>
          <Button onClick={() => onAsk({ ...FIRST, by: asked.by, of: asked.of })}>{l10n.t('Show the Last 30 Days')}</Button>
        </Empty>
      );
    default:
      return <NothingYet />;
  }
}

function NothingYet(): VNode {
  const run = useRun();
  return (
    <Empty icon="graph" title={l10n.t('Nothing was asked yet.')}>
      <p>{l10n.t('As soon as a tool asks through OmniRoute, its tokens, its cost and what was saved are here.')}</p>
      <div class="actions">
        <Button kind="primary" onClick={() => void run('omniroute.tryIt')}>
          {l10n.t('Try It')}
        </Button>
        <Button onClick={() => void run('omniroute.setUpAll')}>{l10n.t('Set Up Tools')}</Button>
      </div>
    </Empty>
  );
}
