import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { formatCount, formatMs } from '../../../src/editor/format/index.ts';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { useApp, useNow } from '../../app.ts';
import { useCalmSlice } from '../../shared/use-calm-slice.ts';
import { Sparkline } from '../../ui/chart.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Section } from '../../ui/layout.tsx';
import { PlaceLink } from '../../ui/link.tsx';
import { Empty } from '../../ui/states.tsx';
import { pulseOf } from './pulse-of.ts';
import { nowView, type RequestLine } from './request-line.ts';

const NONE: readonly LiveRequest[] = [];

/** What happens now: requests under way, and the last that ended. */
export function Now(): VNode {
  const requests = useCalmSlice('requests') ?? NONE;
  const now = useNow(1000);
  const view = useMemo(() => nowView(requests, now), [requests, now]);
  return (
    <Section title={l10n.t('Now')} actions={<PlaceLink to={{ page: 'requests' }}>{l10n.t('All Requests')}</PlaceLink>}>
      <Beat running={view.running} requests={requests} now={now} />
      {view.lines.length === 0 ? (
        <Empty icon="inbox" title={l10n.t('No request yet')}>
          <p>{l10n.t('As soon as a tool asks, it is seen here: who asked, and who answered.')}</p>
        </Empty>
      ) : (
        <ul class="now-list">
          {view.lines.map((line) => (
            <li key={line.id}>
              <Line line={line} elapsed={line.isRunning ? Math.max(0, now - line.startedAt) : 0} />
            </li>
          ))}
        </ul>
      )}
      {view.more > 0 && <p class="quiet">{l10n.t('{0} more are under way.', formatCount(view.more))}</p>}
    </Section>
  );
}

/** How much goes on. */
function Beat({ running, requests, now }: { running: number; requests: readonly LiveRequest[]; now: number }): VNode {
  const { store } = useApp();
  const pulse = pulseOf(store);
  pulse.take(requests, now);
  const rate = pulse.perMinute(now);
  // A new point every ten seconds is enough.
  const tick = Math.floor(now / 10_000);
  const line = useMemo(() => pulse.line(now), [pulse, tick]);
  const words = rate === null ? l10n.t('– in the last minute') : l10n.t('{0} in the last minute', formatCount(rate));
  return (
    <p class="beat figure">
      <span>{running === 0 ? l10n.t('Nothing under way') : l10n.t('{0} under way', formatCount(running))}</span>
      <span class="quiet">{words}</span>
      <Sparkline label={l10n.t('Requests a minute in the last half hour')} values={line} />
    </p>
  );
}

function Line({ line, elapsed }: { line: RequestLine; elapsed: number }): VNode {
  const { go } = useApp();
  const { id, icon, tone, state, requested, target, client, story, took, output, when, isRunning } = line;
  return (
    <button type="button" class="now-line" onClick={() => go({ page: 'requests', item: id })}>
      <span class={`now-icon tone-${tone}`}>
        <Icon name={icon} label={state} class={isRunning ? 'spin' : ''} />
      </span>
      <span class="now-names">
        <span class="now-name">{requested}</span>
        {target !== undefined && (
          <>
            <Icon name="arrow-right" label={l10n.t('answered by')} class="now-arrow" />
            <span class="now-name">{target}</span>
          </>
        )}
      </span>
      <span class="now-time figure">{isRunning ? ticking(elapsed) : took}</span>
      <span class="now-story quiet" title={story === '' ? undefined : story}>
        {story === '' ? client : l10n.t('{0} · {1}', client, story)}
      </span>
      <span class="now-when quiet figure">
        {output !== '' && <span class="now-output">{`${output} · `}</span>}
        {when}
      </span>
    </button>
  );
}

/** Whole seconds: tenths that run are only restless. */
function ticking(ms: number): string {
  return formatMs(Math.max(1000, Math.floor(ms / 1000) * 1000));
}
