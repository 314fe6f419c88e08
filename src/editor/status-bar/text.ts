import * as l10n from '@vscode/l10n';
import { formatCount, formatPercent, formatTime, formatTokens, formatUsd } from '../format/index.ts';
import type { Show, Situation } from './situation.ts';

/** The item as it is to be shown: `icon` a codicon's name, `label` for screen readers. */
export interface ItemText {
  icon: string;
  text: string;
  label: string;
  alarm: boolean;
}

const NAME = 'OmniRoute';
/** Names are cut so that the whole stays below some 30 characters. */
const MOST_NAME = 16;
const ICON = 'type-hierarchy-sub';
const BUSY = 'sync~spin';

/** What the status bar says; `undefined`: nothing. All icons are equally wide, so a request that begins or ends moves nothing. */
export function itemText(situation: Situation, show: Show, requests: number, now: number): ItemText | undefined {
  if (show === 'hidden') return undefined;
  const text = textOf(situation, now);
  const label = labelOf(situation, text, now);
  const alarm = situation.is === 'not-running' || situation.is === 'blocked';
  return { icon: iconOf(situation, requests), text: show === 'icon' ? '' : text, label, alarm };
}

function iconOf({ is }: Situation, requests: number): string {
  switch (is) {
    case 'not-running':
      return 'error';
    case 'connecting':
      return BUSY;
    case 'blocked':
      return requests > 0 ? BUSY : 'circle-slash';
    case 'sign-in':
      return requests > 0 ? BUSY : 'key';
    default:
      return requests > 0 ? BUSY : ICON;
  }
}

function textOf(situation: Situation, now: number): string {
  switch (situation.is) {
    case 'not-running':
      return l10n.t('OmniRoute: not running');
    case 'connecting':
    case 'plain':
      return NAME;
    case 'no-accounts':
      return l10n.t('OmniRoute: add a provider');
    case 'all-disabled':
      return l10n.t('OmniRoute: all disabled');
    case 'blocked':
      return situation.until === undefined
        ? l10n.t('OmniRoute: none can answer')
        : l10n.t('Blocked until {0}', formatTime(situation.until, now));
    case 'fallback':
      return l10n.t('via {0} (fallback)', short(situation.by));
    case 'sign-in':
      return l10n.t('{0}: key refused', short(situation.account));
    case 'quota':
      return l10n.t('{0} {1}', short(situation.account), formatPercent(situation.left));
    case 'cost':
      return l10n.t('{0} today', formatUsd(situation.usd));
    case 'tokens':
      return l10n.t('{0} tokens today', formatTokens(situation.tokens));
    case 'requests':
      return l10n.t('{0} running', formatCount(situation.running));
  }
}

/** A whole sentence: the text alone says too little to who does not see where it stands. */
function labelOf(situation: Situation, text: string, now: number): string {
  switch (situation.is) {
    case 'not-running':
      return l10n.t('OmniRoute: the gateway is not running');
    case 'connecting':
      return l10n.t('OmniRoute: connecting to the gateway');
    case 'blocked':
      return situation.until === undefined
        ? l10n.t('OmniRoute: no account can answer')
        : l10n.t('OmniRoute: no account can answer until {0}', formatTime(situation.until, now));
    case 'all-disabled':
      return l10n.t('OmniRoute: all accounts are disabled');
    case 'fallback':
      return l10n.t('OmniRoute: {0} answered by fall-back', situation.by);
    case 'sign-in':
      return l10n.t('OmniRoute: {0} refuses its key', situation.account);
    case 'quota':
      return l10n.t('OmniRoute: {0} has {1} left of {2}', situation.account, formatPercent(situation.left), situation.window);
    case 'no-accounts':
    case 'plain':
      return text;
    case 'cost':
    case 'tokens':
    case 'requests':
      return l10n.t('OmniRoute: {0}', text);
  }
}

function short(name: string): string {
  const letters = [...name];
  return letters.length > MOST_NAME ? `${letters.slice(0, MOST_NAME - 1).join('')}…` : name;
}
