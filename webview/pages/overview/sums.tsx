import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { emptyRow } from '../../../src/editor/live/today.ts';
import { lastAnswer, useCall, useNow } from '../../app.ts';
import { useCalmSlice } from '../../shared/use-calm-slice.ts';
import { Section, Tile, Tiles } from '../../ui/layout.tsx';
import { PlaceLink } from '../../ui/link.tsx';
import { Failure } from '../../ui/states.tsx';
import { monthOf, startOfDay, startOfMonth, sumsOf } from './sums.ts';

const MONTH_EVERY_MS = 10_000;
/** Days that are over change no more, but for what ended after midnight. */
const BEFORE_EVERY_MS = 5 * 60_000;

/** Today as it goes, and this month, which is read anew now and then. */
export function Sums(): VNode {
  const today = useCalmSlice('today');
  const now = useNow(60_000);
  const since = String(startOfMonth(now));
  const { asked, again } = useCall('usage', { since }, MONTH_EVERY_MS);
  const before = lastAnswer(useCall('usage', { since, until: String(startOfDay(now)) }, BEFORE_EVERY_MS).asked);
  const month = monthOf(before && (before[0] ?? emptyRow()), today, lastAnswer(asked)?.[0]);
  return (
    <Section title={l10n.t('Today')} actions={<PlaceLink to={{ page: 'usage' }}>{l10n.t('Usage & Cost')}</PlaceLink>}>
      <Tiles>
        {sumsOf(today, month).map(({ id, label, value, note, month }) => (
          <Tile
            key={id}
            label={label}
            value={value}
            detail={
              <span class="sum-detail">
                <span>{note}</span>
                <span class="figure">{l10n.t('This month: {0}', month)}</span>
              </span>
            }
          />
        ))}
      </Tiles>
      {asked.is === 'failed' && <Failure error={asked.error} again={again} />}
    </Section>
  );
}
