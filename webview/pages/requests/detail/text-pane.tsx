import * as l10n from '@vscode/l10n';
import type { ComponentChildren, VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { formatCount } from '../../../../src/editor/format/index.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Marked } from '../../../ui/marked.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { linesWith, MOST_LINES, pretty, shortened } from './text.ts';

interface TextPaneProps {
  title: string;
  /** Beside the title: who, in which dialect. */
  detail: string;
  /** Headers and the like, above the text. */
  children?: ComponentChildren;
  text: string;
}

/** A body as it went over the wire: closed at first, searched line by line, copied whole. */
export function TextPane({ title, detail, children, text }: TextPaneProps): VNode {
  const [open, setOpen] = useState(false);
  return (
    <details class="wire-pane" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <span class="wire-title">{title}</span> <span class="quiet">{detail}</span>
      </summary>
      {open && (
        <div class="wire-body">
          {children}
          <Body title={title} text={text} />
        </div>
      )}
    </details>
  );
}

function Body({ title, text }: { title: string; text: string }): VNode {
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const whole = useMemo(() => pretty(text), [text]);
  const lines = useMemo(() => linesWith(whole, search), [whole, search]);
  const shown = all ? lines : lines.slice(0, MOST_LINES);
  if (text === '') return <p class="quiet">{l10n.t('Nothing: the body was empty.')}</p>;
  return (
    <>
      <div class="wire-tools">
        <SearchField label={l10n.t('Search in {0}', title)} placeholder={l10n.t('Lines with…')} value={search} onInput={setSearch} />
        {search.trim() !== '' && (
          <span class="figure quiet" role="status">
            {lines.length === 1 ? l10n.t('1 line') : l10n.t('{0} lines', formatCount(lines.length))}
          </span>
        )}
        <CopyButton text={whole} label={l10n.t('Copy')} />
      </div>
      <div class="wire-text code" role="textbox" aria-readonly="true" aria-multiline="true" tabIndex={0} aria-label={title}>
        {shown.map(({ number, text: line }) => (
          <span key={number} class="wire-line" data-number={number}>
            <Marked text={shortened(line)} search={search} />
            {'\n'}
          </span>
        ))}
      </div>
      {lines.length > shown.length && (
        <Button onClick={() => setAll(true)}>{l10n.t('Show All {0} Lines', formatCount(lines.length))}</Button>
      )}
    </>
  );
}
