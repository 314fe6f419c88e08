import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { formatCount } from '../../../src/editor/format/index.ts';
import type { LogLevel } from '../../../src/log/levels.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { SearchField, useTyping } from '../../ui/search-field.tsx';
import type { LogQuery } from './use-log.ts';

interface FilterProps {
  query: LogQuery;
  onLevel(level: LogLevel): void;
  onSearch(search: string): void;
  paused: boolean;
  waiting: number;
  /** The gateway is not there. */
  gone: boolean;
  onPause(): void;
  onResume(): void;
}

export function FilterBar({ query, onLevel, onSearch, paused, waiting, gone, onPause, onResume }: FilterProps): VNode {
  const { kind, level, search } = query;
  return (
    <div class="log-filter">
      <Search value={search} onSearch={onSearch} />
      {kind !== 'audit' && (
        <Select label={l10n.t('Level')} hideLabel value={level} options={levelOptions()} onChange={(next) => onLevel(next)} />
      )}
      <div class="log-live">
        <Button icon={paused ? 'play' : 'debug-pause'} onClick={paused ? onResume : onPause}>
          {paused ? l10n.t('Resume') : l10n.t('Pause')}
        </Button>
        <span class="quiet log-waiting" role="status">
          {paused ? newWords(waiting) : gone && l10n.t('waiting for the gateway')}
        </span>
      </div>
    </div>
  );
}

function newWords(waiting: number): string {
  return waiting === 1 ? l10n.t('1 new') : l10n.t('{0} new', formatCount(waiting));
}

function levelOptions(): { value: LogLevel; label: string }[] {
  return [
    { value: 'debug', label: l10n.t('All levels') },
    { value: 'info', label: l10n.t('Info and above') },
    { value: 'warn', label: l10n.t('Warnings and errors') },
    { value: 'error', label: l10n.t('Errors') },
  ];
}

function Search({ value, onSearch }: { value: string; onSearch(search: string): void }): VNode {
  const [typed, setTyped] = useTyping(value, onSearch);
  return (
    <div class="log-search">
      <SearchField
        label={l10n.t('Search in the log')}
        value={typed}
        onInput={setTyped}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || typed === '') return;
          event.preventDefault();
          setTyped('');
        }}
      />
    </div>
  );
}
