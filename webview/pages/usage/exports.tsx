import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import { useApp } from '../../app.ts';
import type { Host } from '../../host/host.ts';
import { errorOf } from '../../host/thrown.ts';
import { Button } from '../../ui/button.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Failure } from '../../ui/states.tsx';
import { allRequests } from './all-requests.ts';
import { type Format, fileName, groupsFile, requestsFile } from './export.ts';
import type { Line } from './rows.ts';

type State =
  | { is: 'idle' }
  | { is: 'reading'; count: number; of: number }
  | { is: 'saving' }
  | { is: 'done'; words: string }
  | { is: 'failed'; error: Error };

interface Props {
  view: UsageView;
  lines: readonly Line[];
  sum: Line | undefined;
}

/** What is shown, or every request of it, as a file. */
export function Exports({ view, lines, sum }: Props): VNode {
  const { state, save, stop } = useSaving();
  const busy = state.is === 'reading' || state.is === 'saving';
  const table = (format: Format) => () =>
    save(async () => ({
      name: fileName('usage', view, format, view.asked.by),
      text: groupsFile(format, view, lines, sum),
      words: l10n.t('Saved.'),
    }));
  const requests = (format: Format) => () =>
    save(async (host, signal, told) => {
      const whole = view.total[0]?.requests ?? 0;
      const records = await allRequests(host, view, (count) => told({ is: 'reading', count, of: whole }), signal);
      return { name: fileName('requests', view, format), text: requestsFile(format, records), words: savedWords(records.length, whole) };
    });
  return (
    <div class="usage-export" role="group" aria-label={l10n.t('Export')}>
      <span>{l10n.t('The table as shown:')}</span>
      <div class="actions">
        <Button disabled={busy} title={l10n.t('Save the table as CSV')} onClick={table('csv')}>
          CSV
        </Button>
        <Button disabled={busy} title={l10n.t('Save the table as JSON')} onClick={table('json')}>
          JSON
        </Button>
      </div>
      <span>{l10n.t('Every request of this time and these filters:')}</span>
      <div class="actions">
        <Button disabled={busy} title={l10n.t('Save all requests as CSV')} onClick={requests('csv')}>
          CSV
        </Button>
        <Button disabled={busy} title={l10n.t('Save all requests as JSON')} onClick={requests('json')}>
          JSON
        </Button>
      </div>
      <Progress state={state} stop={stop} />
    </div>
  );
}

function Progress({ state, stop }: { state: State; stop(): void }): VNode | null {
  switch (state.is) {
    case 'idle':
    case 'saving':
      return null;
    case 'reading': {
      const words = l10n.t('{0} of {1} requests', formatCount(state.count), formatCount(Math.max(state.of, state.count)));
      return (
        <div class="usage-progress">
          <Meter label={l10n.t('Export')} share={state.of > 0 ? state.count / state.of : undefined} text={words} />
          <span class="figure">{words}</span>
          <Button onClick={stop}>{l10n.t('Cancel')}</Button>
        </div>
      );
    }
    case 'done':
      return (
        <p class="usage-progress" role="status">
          {state.words}
        </p>
      );
    case 'failed':
      return <Failure error={state.error} />;
  }
}

/** Sums of days outlive the single requests they were made of. */
function savedWords(count: number, whole: number): string {
  const lost = whole - count;
  return lost > 0
    ? l10n.t('Saved {0} requests. Of {1} more only the sums by day are kept.', formatCount(count), formatCount(lost))
    : l10n.t('Saved {0} requests.', formatCount(count));
}

type Make = (host: Host, signal: AbortSignal, told: (state: State) => void) => Promise<{ name: string; text: string; words: string }>;

/** One file at a time; leaving the page stops it. */
function useSaving(): { state: State; save(make: Make): void; stop(): void } {
  const { host } = useApp();
  const [state, setState] = useState<State>({ is: 'idle' });
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const save = async (make: Make): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const told = (next: State): void => {
      if (!signal.aborted) setState(next);
    };
    told({ is: 'saving' });
    try {
      const { name, text, words } = await make(host, signal, told);
      told({ is: 'saving' });
      const saved = await host.call('saveFile', { name, text }, signal);
      told(saved ? { is: 'done', words } : { is: 'idle' });
    } catch (error) {
      told({ is: 'failed', error: errorOf(error) });
    }
  };
  const stop = (): void => {
    running.current?.abort();
    setState({ is: 'idle' });
  };
  return { state, save: (make) => void save(make), stop };
}
