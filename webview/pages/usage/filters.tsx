import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { UsageAsked } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { GROUPINGS } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { Icon } from '../../ui/icon.tsx';
import { widened } from './asked.ts';
import { groupingWord, groupWord } from './words.ts';

interface Props {
  asked: UsageAsked;
  /** Of providers, by id. */
  names: Readonly<Record<string, string>>;
  onAsk(asked: UsageAsked): void;
}

/** What the page is narrowed to, each with a way out of it. */
export function Filters({ asked, names, onAsk }: Props): VNode | null {
  const given = GROUPINGS.flatMap((by) => {
    const group = asked.where[by];
    return group === undefined ? [] : [{ by, group }];
  });
  if (given.length === 0) return null;
  return (
    <ul class="usage-filters" aria-label={l10n.t('Only')}>
      {given.map(({ by, group }) => {
        const words = l10n.t('{0}: {1}', groupingWord(by), groupWord(by, group, names));
        return (
          <li key={by}>
            <button type="button" class="usage-chip" title={l10n.t('Show all again')} onClick={() => onAsk(widened(asked, by))}>
              <span>{words}</span>
              <Icon name="close" label={l10n.t('Remove this filter')} />
            </button>
          </li>
        );
      })}
      {given.length > 1 && (
        <li>
          <button type="button" class="usage-chip" onClick={() => onAsk({ ...asked, where: {} })}>
            {l10n.t('Remove all filters')}
          </button>
        </li>
      )}
    </ul>
  );
}
