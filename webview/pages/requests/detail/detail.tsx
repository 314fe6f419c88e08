import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { isUnderWay } from '../../../../src/editor/live/under-way.ts';
import { useCall, useSlice } from '../../../app.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Section } from '../../../ui/layout.tsx';
import { PlaceLink } from '../../../ui/link.tsx';
import { Empty, Failure, Loading } from '../../../ui/states.tsx';
import { useCopy } from '../../../use-copy.ts';
import { OutcomeOf } from '../list/columns.tsx';
import { type Row, rowOf } from '../list/row.ts';
import { answerFacts, askedFacts, type FactWords, skippedWord, usageFacts } from './facts.ts';
import { Waterfall } from './waterfall-view.tsx';
import { Wire } from './wire.tsx';

interface DetailProps {
  id: string;
  /** As the list knows it. */
  seen: Row | undefined;
  onClose(): void;
}

/** One request in full. */
export function Detail({ id, seen, onClose }: DetailProps): VNode {
  const root = useRef<HTMLElement>(null);
  const { row, loading, error, again } = useRequest(id, seen);
  useEffect(() => root.current?.focus({ preventScroll: true }), [id]);
  return (
    <aside ref={root} class="request-detail" aria-label={l10n.t('Request {0}', id)} tabIndex={-1}>
      <Head id={id} row={row} onClose={onClose} />
      {error && <Failure error={error} again={again} />}
      {row ? <Body row={row} /> : loading ? <Loading rows={8} /> : !error && <Unknown />}
    </aside>
  );
}

/** By the live state while it is under way, by its record when it is over. */
function useRequest(
  id: string,
  seen: Row | undefined,
): { row: Row | undefined; loading: boolean; error: Error | undefined; again(): void } {
  const live = useSlice('requests')?.find((request) => request.id === id) ?? seen;
  const { asked, again } = useCall('request', { id });
  const over = live !== undefined && !isUnderWay(live);
  const found = asked.is === 'there' && asked.value?.id === id ? asked.value : undefined;
  const lacks = over && asked.is === 'there' && !asked.stale && !found && !seen?.record;
  const asking = useRef<string | undefined>(undefined);
  useEffect(() => {
    // Its record is there as soon as it is over; asked for once.
    if (!lacks || asking.current === id) return;
    asking.current = id;
    again();
  }, [lacks, id, again]);
  const row = found ? rowOf(found) : (seen?.record && seen) || live;
  return { row, loading: asked.is === 'loading', error: !row && asked.is === 'failed' ? asked.error : undefined, again };
}

function Head({ id, row, onClose }: { id: string; row: Row | undefined; onClose(): void }): VNode {
  const copy = useCopy();
  return (
    <header class="request-head">
      <h2>{row?.requested || l10n.t('Request')}</h2>
      <div class="actions">
        <IconButton icon="tag" label={l10n.t('Copy Id')} onClick={() => void copy(id)} />
        <IconButton
          icon="json"
          label={l10n.t('Copy as JSON')}
          disabled={!row}
          onClick={() => void copy(JSON.stringify(row?.record ?? row, null, 2))}
        />
        <IconButton icon="close" label={l10n.t('Close')} onClick={onClose} />
      </div>
      {row && (
        <p class="request-sum">
          <OutcomeOf row={row} />
          {row.target !== undefined && row.target !== row.requested && (
            <span class="request-by">
              <Icon name="arrow-right" /> {row.target} <span class="quiet">{row.account}</span>
            </span>
          )}
        </p>
      )}
    </header>
  );
}

function Body({ row }: { row: Row }): VNode {
  const { record } = row;
  return (
    <>
      <Section title={l10n.t('Attempts')}>
        <Waterfall row={row} />
        {record && record.skipped.length > 0 && <Skipped skipped={record.skipped} />}
      </Section>
      <Section title={l10n.t('Tokens and Cost')}>
        <Usage row={row} />
      </Section>
      <Section title={l10n.t('Request')}>
        <FactsOf facts={askedFacts(row)} />
      </Section>
      <Section title={l10n.t('Answer')}>
        <FactsOf facts={answerFacts(row)} />
      </Section>
      <Wire id={row.id} underWay={isUnderWay(row)} key={`${row.id} ${isUnderWay(row)}`} />
    </>
  );
}

function Usage({ row }: { row: Row }): VNode {
  if (isUnderWay(row)) return <p class="quiet">{l10n.t('They are known when the answer is over.')}</p>;
  const { record } = row;
  return record?.sharedWith ? <Shared with={record.sharedWith} /> : <FactsOf facts={usageFacts(row)} />;
}

function FactsOf({ facts }: { facts: readonly FactWords[] }): VNode {
  return (
    <Facts>
      {facts.map(({ name, value }) => (
        <Fact key={name} name={name}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
}

function Skipped({ skipped }: { skipped: readonly { target: string; account: string; reason: string }[] }): VNode {
  return (
    <div class="request-skipped">
      <h3>{l10n.t('Passed over')}</h3>
      <ul>
        {skipped.map(({ target, account, reason }) => (
          <li key={`${target} ${account} ${reason}`}>
            {target} <span class="quiet">{account}</span>: {skippedWord(reason)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Shared({ with: id }: { with: string }): VNode {
  return (
    <p>
      {l10n.t('This request was given the answer of another one, as both asked the same; tokens and cost stand there.')}{' '}
      <PlaceLink to={{ page: 'requests', item: id }}>{l10n.t('Show Request {0}', id)}</PlaceLink>
    </p>
  );
}

function Unknown(): VNode {
  return (
    <Empty icon="question" title={l10n.t('This request is not known')}>
      <p>
        {l10n.t(
          'It is no longer kept singly, or was never finished: requests are kept for as long as the settings say, then as sums of a day.',
        )}
      </p>
    </Empty>
  );
}
