import * as l10n from '@vscode/l10n';
import type { ComboConfig } from '../../admin/api.ts';
import { blockIcon, blockWords } from '../block-words.ts';
import { card, escaped } from '../tree/markdown.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../tree/node.ts';
import type { TargetState } from './target-state.ts';

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

function stateWords(state: TargetState, now: number): string {
  switch (state.is) {
    case 'ready':
      return state.others === 0 ? state.account.name : l10n.t('{0} and {1} more', state.account.name, state.others);
    case 'blocked':
      return l10n.t('{0}: {1}', state.account.name, blockWords(state.block, now));
    case 'name':
      return nameWords(state.kind, state.ready);
    case 'disabled-combo':
      return l10n.t('combo, disabled');
    case 'pattern':
      return state.models === 1 ? l10n.t('pattern for 1 model') : l10n.t('pattern for {0} models', state.models);
    case 'nobody':
      return l10n.t('no account has it');
  }
}

function nameWords(kind: 'combo' | 'alias' | 'auto', ready: boolean): string {
  switch (kind) {
    case 'combo':
      return ready ? l10n.t('combo') : l10n.t('combo, cannot answer now');
    case 'alias':
      return ready ? l10n.t('alias') : l10n.t('alias, cannot answer now');
    case 'auto':
      return ready ? l10n.t('automatic') : l10n.t('automatic, cannot answer now');
  }
}

function stateIcon(state: TargetState): NodeIcon {
  switch (state.is) {
    case 'ready':
      return { id: 'pass', color: COLORS.good };
    case 'blocked':
      return blockIcon(state.block);
    case 'name':
      return state.ready ? { id: 'layers', color: COLORS.good } : { id: 'layers', color: COLORS.bad };
    case 'pattern':
      return state.ready ? { id: 'regex', color: COLORS.good } : { id: 'regex', color: COLORS.bad };
    case 'disabled-combo':
      return { id: 'circle-slash', color: COLORS.off };
    case 'nobody':
      return { id: 'question', color: COLORS.bad };
  }
}

function tooltip(target: string, state: TargetState, words: string, place: string): string {
  const rows = [
    [l10n.t('Place'), place],
    [state.is === 'ready' ? l10n.t('Would answer') : l10n.t('State'), escaped(words)],
  ] as const;
  return card(target, rows, state.is === 'blocked' ? [escaped(state.block.detail)] : []);
}
