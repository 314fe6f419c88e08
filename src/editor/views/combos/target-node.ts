import * as l10n from '@vscode/l10n';
import type { ComboConfig } from '../../admin/api.ts';
import { card, escaped } from '../tree/markdown.ts';
import type { ViewNode } from '../tree/node.ts';
import type { TargetState } from './target-state.ts';
import { stateIcon, stateWords } from './target-words.ts';

export function targetNode(combo: ComboConfig, at: number, state: TargetState, now: number): ViewNode {
  const target = combo.targets[at] ?? '';
  // By its name, not its place: what was moved stays selected. The same target twice is told apart by its turn.
  const turn = combo.targets.slice(0, at).filter((other) => other === target).length;
  const words = stateWords(state, now);
  const place = l10n.t('{0} of {1}', at + 1, combo.targets.length);
  return {
    id: `target:${combo.name}:${target}:${turn}`,
    ref: { kind: 'target', combo: combo.name, at, target },
    label: target,
    description: words,
    tooltip: tooltip(target, state, words, place),
    icon: stateIcon(state),
    contextValue: 'target',
    spoken: [target, words, place].filter(Boolean).join(', '),
  };
}

function tooltip(target: string, state: TargetState, words: string, place: string): string {
  const rows = [
    [l10n.t('Place'), place],
    [state.is === 'ready' ? l10n.t('Would answer') : l10n.t('State'), escaped(words)],
  ] as const;
  return card(target, rows, state.is === 'blocked' ? [escaped(state.block.detail)] : []);
}
