import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Result } from '../../../src/editor/dashboard/contract/calls.ts';
import { formatBytes } from '../../../src/editor/format/bytes.ts';
import { formatCount, formatTime } from '../../../src/editor/format/index.ts';
import { useCall } from '../../app.ts';
import { Section, Tile, Tiles } from '../../ui/layout.tsx';
import { PlaceLink } from '../../ui/link.tsx';
import { Answer, Warning } from '../../ui/states.tsx';

const EVERY_MS = 15_000;

/** How much the book of requests holds, and what was found when it was opened. */
export function Ledger(): VNode {
  const asking = useCall('ledger', {}, EVERY_MS);
  return (
    <Section title={l10n.t('Ledger')} actions={<PlaceLink to={{ page: 'requests' }}>{l10n.t('All Requests')}</PlaceLink>}>
      <Answer asking={asking} rows={3}>
        {(state) => <LedgerFacts state={state} />}
      </Answer>
    </Section>
  );
}

function LedgerFacts({ state: { records, bytes, oldest, oldestDay, notices } }: { state: Result<'ledger'> }): VNode {
  return (
    <>
      <Tiles wide>
        <Tile label={l10n.t('Requests Kept')} value={formatCount(records)} detail={l10n.t('each by itself')} />
        <Tile
          label={l10n.t('Size on Disk')}
          value={bytes === 0 ? l10n.t('none yet') : formatBytes(bytes)}
          detail={bytes === 0 && records > 0 ? l10n.t('the file is written in a while') : ''}
        />
        <Tile
          label={l10n.t('Oldest Request')}
          value={oldest === undefined ? '–' : formatTime(oldest, Date.now())}
          detail={oldestDay === undefined ? '' : l10n.t('sums of days since {0}', oldestDay)}
        />
      </Tiles>
      {notices.map((notice) => (
        <Warning key={notice} text={notice} />
      ))}
    </>
  );
}
