import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Grouping } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { type App, lastAnswer, useApp, useCall, useKept, useNow } from '../../app.ts';
import { Page } from '../../ui/layout.tsx';
import { Failure, Loading } from '../../ui/states.tsx';
import { FIRST, isAsked, isGrouping, refreshOf } from './asked.ts';
import { Budgets } from './budgets/index.tsx';
import { Filters } from './filters.tsx';
import { Toolbar } from './toolbar.tsx';
import { View } from './view.tsx';

/** What was used and what it cost, of a range and by what the user chooses; and the budgets. */
export function Usage(): VNode {
  const [asked, ask] = useKept('usage.asked', FIRST, isAsked);
  const { place } = useApp();
  const now = useNow(60_000);
  const asking = useCall('usageView', asked, refreshOf(asked, now));
  useLinked(place, (by) => ask({ ...asked, by }));
  const shown = lastAnswer(asking.asked);
  return (
    <Page title={l10n.t('Usage & Cost')}>
      <Toolbar asked={asked} onAsk={ask} />
      <Filters asked={asked} names={shown?.names ?? {}} onAsk={ask} />
      {asking.asked.is === 'failed' && <Failure error={asking.asked.error} again={asking.again} />}
      {asking.asked.is === 'loading' && <Loading rows={14} />}
      {shown && <View view={shown} onAsk={ask} />}
      {asking.asked.is !== 'loading' && <Budgets />}
    </Page>
  );
}

/** A link may name what usage is looked at by. */
function useLinked({ page, item }: App['place'], take: (by: Grouping) => void): void {
  const current = useRef(take);
  current.current = take;
  useEffect(() => {
    if (page === 'usage' && isGrouping(item)) current.current(item);
  }, [page, item]);
}
