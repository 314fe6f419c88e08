import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { LOG_KINDS, type LogKind } from '../../../src/log/log-line.ts';
import { kindTitle } from './words.ts';

export const PANEL_ID = 'log-panel';
export const tabId = (kind: LogKind): string => `log-tab-${kind}`;

/** The kinds of logs; arrows move between them. */
export function Tabs({ kind, onKind }: { kind: LogKind; onKind(kind: LogKind): void }): VNode {
  const root = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = kindAfterKey(event.key, kind);
    if (to === undefined) return;
    event.preventDefault();
    onKind(to);
    root.current?.querySelector<HTMLElement>(`#${tabId(to)}`)?.focus();
  };
  return (
    <div class="log-tabs" role="tablist" aria-label={l10n.t('Kinds of logs')} ref={root} onKeyDown={onKeyDown}>
      {LOG_KINDS.map((each) => (
        <button
          key={each}
          id={tabId(each)}
          type="button"
          role="tab"
          class="log-tab"
          aria-selected={each === kind}
          aria-controls={PANEL_ID}
          tabIndex={each === kind ? 0 : -1}
          onClick={() => onKind(each)}
        >
          {kindTitle(each)}
        </button>
      ))}
    </div>
  );
}

function kindAfterKey(key: string, kind: LogKind): LogKind | undefined {
  const at = LOG_KINDS.indexOf(kind);
  switch (key) {
    case 'ArrowRight':
      return LOG_KINDS[(at + 1) % LOG_KINDS.length];
    case 'ArrowLeft':
      return LOG_KINDS.at(at - 1);
    case 'Home':
      return LOG_KINDS[0];
    case 'End':
      return LOG_KINDS.at(-1);
    default:
      return undefined;
  }
}
