import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { UsageAsked } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { MEASURES } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { GROUPINGS, NAMED_RANGES, type UsageRange, usageRange } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { Select } from '../../ui/field.tsx';
import { dayOn, groupingWord, measureWord, rangeWord } from './words.ts';

interface Props {
  asked: UsageAsked;
  onAsk(asked: UsageAsked): void;
}

/** The range, and what is looked at by what. */
export function Toolbar({ asked, onAsk }: Props): VNode {
  const { range, by, of } = asked;
  return (
    <div class="usage-toolbar" role="group" aria-label={l10n.t('What is shown')}>
      <Select
        label={l10n.t('Time')}
        value={typeof range === 'object' ? 'own' : range}
        options={[
          ...NAMED_RANGES.map((value) => ({ value, label: rangeWord(value) })),
          { value: 'own' as const, label: l10n.t('Own dates') },
        ]}
        onChange={(value) => onAsk({ ...asked, range: value === 'own' ? lastWeek() : value })}
      />
      {typeof range === 'object' && (
        <OwnDates key={JSON.stringify(range)} range={range} onRange={(own) => onAsk({ ...asked, range: own })} />
      )}
      <Select
        label={l10n.t('Show')}
        value={of}
        options={MEASURES.map((value) => ({ value, label: measureWord(value) }))}
        onChange={(value) => onAsk({ ...asked, of: value })}
      />
      <Select
        label={l10n.t('By')}
        value={by}
        options={GROUPINGS.map((value) => ({ value, label: groupingWord(value) }))}
        onChange={(value) => onAsk({ ...asked, by: value })}
      />
    </div>
  );
}

function lastWeek(): UsageRange {
  const now = new Date();
  return { from: dayOn(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 6)), to: dayOn(now) };
}

/** Two dates, asked for as soon as they make a range. */
function OwnDates({ range, onRange }: { range: Exclude<UsageRange, string>; onRange(range: UsageRange): void }): VNode {
  const [dates, setDates] = useState(range);
  const fits = usageRange.safeParse(dates).success;
  const take = (next: typeof dates): void => {
    setDates(next);
    if (usageRange.safeParse(next).success) onRange(next);
  };
  return (
    <>
      <DateField label={l10n.t('From')} value={dates.from} onChange={(from) => take({ ...dates, from })} />
      <DateField label={l10n.t('To')} value={dates.to} onChange={(to) => take({ ...dates, to })} />
      {!fits && (
        <p class="field-error usage-dates-error" role="alert">
          {l10n.t('The first day must come before the last, and the range be shorter than three years.')}
        </p>
      )}
    </>
  );
}

function DateField({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }): VNode {
  return (
    <label class="field">
      <span class="field-label">{label}</span>
      <input class="usage-date" type="date" value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    </label>
  );
}
