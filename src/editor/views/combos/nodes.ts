import * as l10n from '@vscode/l10n';
import type { ComboConfig } from '../../admin/api.ts';
import { formatMs } from '../../format/index.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import { card, escaped } from '../tree/markdown.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../tree/node.ts';
import { failureWord, strategySentence, strategyWord } from '../words.ts';
import { targetNode } from './target-node.ts';
import { isReady, type TargetState, targetState } from './target-state.ts';

/** Automatic routing, then the user's combos with their targets. Nothing while there is no combo: the view then says what one is. */
export function comboNodes(snapshot: Snapshot, now: number): ViewNode[] {
  if (snapshot.combos.length === 0) return [];
  return [autoNode(), ...snapshot.combos.map((combo) => comboNode(combo, snapshot, now))];
}

function autoNode(): ViewNode {
  const description = l10n.t('built in');
  return {
    id: 'auto',
    ref: { kind: 'auto', name: 'auto' },
    label: 'auto',
    description,
    tooltip: card('auto', [
      ['auto', escaped(l10n.t('one model of each account: what is already paid first, what costs nothing last'))],
      ['auto/free', escaped(l10n.t('only what costs nothing'))],
      ['auto/cheap', escaped(l10n.t('the cheapest first'))],
      ['auto/fast', escaped(l10n.t('small models, the quickest first'))],
    ]),
    icon: { id: 'wand' },
    contextValue: 'auto',
    spoken: l10n.t('auto, built in: asks all your accounts in order'),
  };
}

function comboNode(combo: ComboConfig, snapshot: Snapshot, now: number): ViewNode {
  const states = combo.targets.map((target) => targetState(target, snapshot, now, new Set([combo.name])));
  const words = comboWords(combo, states);
  return {
    id: `combo:${combo.name}`,
    ref: { kind: 'combo', combo: combo.name },
    label: combo.name,
    description: words.join(' · '),
    tooltip: comboTooltip(combo),
    icon: comboIcon(combo, states),
    contextValue: combo.enabled ? 'combo.enabled' : 'combo.disabled',
    spoken: [l10n.t('combo {0}', combo.name), ...words].join(', '),
    children: states.map((state, at) => targetNode(combo, at, state, now)),
    expanded: true,
  };
}

function comboWords(combo: ComboConfig, states: readonly TargetState[]): string[] {
  const ready = states.filter(isReady).length;
  return [
    combo.enabled ? undefined : l10n.t('disabled'),
    strategyWord(combo.strategy),
    ready < states.length ? l10n.t('{0} of {1} ready', ready, states.length) : undefined,
  ].flatMap((word) => word ?? []);
}

function comboIcon(combo: ComboConfig, states: readonly TargetState[]): NodeIcon {
  if (!combo.enabled) return { id: 'circle-slash', color: COLORS.off };
  return states.some(isReady) ? { id: 'layers' } : { id: 'error', color: COLORS.bad };
}

function comboTooltip(combo: ComboConfig): string {
  const { name, strategy, deadlineMs, maxAttempts, fallbackOn, affinity } = combo;
  const rows = [
    [l10n.t('Ask for'), `\`${name}\``],
    [l10n.t('Strategy'), escaped(strategySentence(strategy))],
    [l10n.t('An answer begins within'), deadlineMs === undefined ? undefined : formatMs(deadlineMs)],
    [l10n.t('Attempts at most'), maxAttempts === undefined ? undefined : String(maxAttempts)],
    [l10n.t('Goes on after'), fallbackOn && escaped(fallbackOn.map(failureWord).join(', '))],
    [l10n.t('Conversations'), affinity ? l10n.t('stay with who answered them') : l10n.t('may move with every request')],
  ] as const;
  return card(name, rows);
}
