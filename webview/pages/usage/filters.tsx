import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { UsageAsked } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { GROUPINGS } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { Chips } from '../../ui/chips.tsx';
import { widened } from './asked.ts';
import { groupingWord, groupWord } from './words.ts';

interface Props {
  asked: UsageAsked;
  /** Of providers, by id. */
  names: Readonly<Record<string, string>>;
  onAsk(asked: UsageAsked): void;
}

/** What the page is narrowed to. */
export function Filters({ asked, names, onAsk }: Props): VNode {
  const chips = GROUPINGS.flatMap((by) => {
    const group = asked.where[by];
    return group === undefined ? [] : [{ key: by, text: l10n.t('{0}: {1}', groupingWord(by), groupWord(by, group, names)) }];
  });
  return <Chips chips={chips} onRemove={(by) => onAsk(widened(asked, by))} onClear={() => onAsk({ ...asked, where: {} })} />;
}
