import * as l10n from '@vscode/l10n';
import type { Block } from '../../routing/block.ts';
import { formatTime } from '../format/index.ts';
import { COLORS, type NodeIcon } from './tree/node.ts';

/** Why something is not asked now, in a few words: `cooling until 14:05`. */
export function blockWords(block: Block, now: number): string {
  const until = block.until === undefined ? undefined : formatTime(block.until, now);
  switch (block.reason) {
    case 'auth':
      return until ? l10n.t('key refused, left alone until {0}', until) : l10n.t('sign-in needed');
    case 'billing':
      return until ? l10n.t('not paid for, asked again at {0}', until) : l10n.t('not paid for');
    case 'quota':
      return until ? l10n.t('quota used up until {0}', until) : l10n.t('quota used up');
    case 'headroom':
      return until ? l10n.t('the rest is your reserve until {0}', until) : l10n.t('the rest is your reserve');
    case 'budget':
      return until ? l10n.t('budget reached until {0}', until) : l10n.t('budget reached');
    case 'model':
      return until ? l10n.t('model not available, asked again at {0}', until) : l10n.t('model not available');
    case 'breaker':
      return until ? l10n.t('provider fails, asked again at {0}', until) : l10n.t('provider fails');
    case 'not-allowed':
      return l10n.t('not allowed by your rules');
    case 'incapable':
      return l10n.t('cannot do what is asked');
    case 'rate':
    case 'assumed-down':
      return until ? l10n.t('cooling until {0}', until) : l10n.t('cooling');
  }
}

/** Its icon: each state has a shape of its own, so that colour is never needed. */
export function blockIcon(block: Block): NodeIcon {
  switch (block.reason) {
    case 'auth':
      return { id: 'key', color: COLORS.bad };
    case 'billing':
      return { id: 'credit-card', color: COLORS.bad };
    case 'quota':
    case 'headroom':
      return { id: 'dashboard', color: COLORS.warning };
    case 'budget':
      return { id: 'law', color: COLORS.warning };
    case 'not-allowed':
    case 'incapable':
      return { id: 'circle-slash', color: COLORS.off };
    case 'model':
    case 'breaker':
      return { id: 'debug-disconnect', color: COLORS.bad };
    case 'rate':
    case 'assumed-down':
      return { id: 'watch', color: COLORS.warning };
  }
}
