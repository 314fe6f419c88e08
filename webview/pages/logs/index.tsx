import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { LOG_LEVELS, type LogLevel } from '../../../src/log/levels.ts';
import { LOG_KINDS, type LogKind } from '../../../src/log/log-line.ts';
import { useApp, useKept } from '../../app.ts';
import { isOneOf, isText } from '../../fits.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/layout.tsx';
import { useEscape } from '../../ui/use-escape.ts';
import { useRun } from '../../use-run.ts';
import { Detail } from './detail.tsx';
import { FilterBar } from './filter.tsx';
import { Lines } from './lines.tsx';
import { PANEL_ID, Tabs, tabId } from './tabs.tsx';
import { useLog } from './use-log.ts';
import { kindWords } from './words.ts';

const isKind = isOneOf(LOG_KINDS);
const isLevel = isOneOf(LOG_LEVELS);

/** What the gateway writes down: by kind, as it is written. */
export function Logs(): VNode {
  const [kind, setKind] = useKind();
  const [level, setLevel] = useKept<LogLevel>('logs.level', 'debug', isLevel);
  const [search, setSearch] = useKept<string>('logs.search', '', isText);
  const query = { kind, level: kind === 'audit' ? 'debug' : level, search } as const;
  const log = useLog(query);
  const run = useRun();
  const [openId, setOpenId] = useState<string>();
  const root = useRef<HTMLDivElement>(null);
  const open = openId === undefined ? undefined : log.book.lines?.find(({ id }) => id === openId);
  const close = useCallback(() => {
    setOpenId(undefined);
    root.current?.querySelector<HTMLElement>('.table')?.focus({ preventScroll: true });
  }, []);
  useEscape(open && close);
  const clear = (): void => {
    setLevel('debug');
    setSearch('');
  };
  return (
    <div class="logs fills-window" ref={root}>
      <Page
        title={l10n.t('Logs')}
        actions={
          <Button icon="go-to-file" onClick={() => void run('omniroute.showLog')}>
            {l10n.t('Open Log')}
          </Button>
        }
      >
        <div class="log-controls">
          <Tabs kind={kind} onKind={setKind} />
          <FilterBar
            query={query}
            onLevel={setLevel}
            onSearch={setSearch}
            paused={log.book.paused}
            waiting={log.book.waiting.length}
            gone={log.gone}
            onPause={log.pause}
            onResume={log.resume}
          />
        </div>
        <div id={PANEL_ID} class={open ? 'log-panel with-detail' : 'log-panel'} role="tabpanel" aria-labelledby={tabId(kind)}>
          <p class="said">{kindWords(kind)}</p>
          <Lines
            key={`${kind} ${query.level} ${search}`}
            query={query}
            log={log}
            selected={open?.id}
            onOpen={({ id }) => setOpenId(id === openId ? undefined : id)}
            onClear={clear}
          />
          {open && <Detail line={open} search={search} onClose={close} />}
        </div>
      </Page>
    </div>
  );
}

/** The kind the link names, else the one that was shown last. */
function useKind(): [LogKind, (kind: LogKind) => void] {
  const { place, go } = useApp();
  const [kept, keep] = useKept<LogKind>('logs.kind', 'request', isKind);
  const named = isKind(place.item) ? place.item : undefined;
  useEffect(() => {
    if (named !== undefined && named !== kept) keep(named);
  }, [named, kept, keep]);
  const choose = useCallback(
    (kind: LogKind) => {
      keep(kind);
      go({ page: 'logs', item: kind });
    },
    [keep, go],
  );
  return [named ?? kept, choose];
}
