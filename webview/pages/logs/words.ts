import * as l10n from '@vscode/l10n';
import type { LogLevel } from '../../../src/log/levels.ts';
import type { LogKind } from '../../../src/log/log-line.ts';

export function kindTitle(kind: LogKind): string {
  switch (kind) {
    case 'request':
      return l10n.t('Requests');
    case 'proxy':
      return l10n.t('Outgoing');
    case 'audit':
      return l10n.t('Audit');
    case 'console':
      return l10n.t('Console');
  }
}

/** What the log of a kind holds, in a sentence. */
export function kindWords(kind: LogKind): string {
  switch (kind) {
    case 'request':
      return l10n.t('What became of each request of your tools.');
    case 'proxy':
      return l10n.t('Each attempt at a provider, and the proxy it went through.');
    case 'audit':
      return l10n.t('Who changed what in the configuration.');
    case 'console':
      return l10n.t('Everything the gateway has to say.');
  }
}

export function emptyWords(kind: LogKind): string {
  switch (kind) {
    case 'request':
      return l10n.t('No request was answered yet. Ask something in any of your tools, and it is here.');
    case 'proxy':
      return l10n.t('Nothing was sent to a provider yet.');
    case 'audit':
      return l10n.t('Nothing was changed yet. Accounts, combos, keys and settings that change are noted here.');
    case 'console':
      return l10n.t('The gateway has logged nothing yet.');
  }
}

export function levelWord(level: LogLevel): string {
  switch (level) {
    case 'error':
      return l10n.t('error');
    case 'warn':
      return l10n.t('warning');
    case 'info':
      return l10n.t('info');
    case 'debug':
      return l10n.t('debug');
  }
}

export function levelIcon(level: LogLevel): string {
  switch (level) {
    case 'error':
      return 'error';
    case 'warn':
      return 'warning';
    case 'info':
      return 'info';
    case 'debug':
      return 'debug';
  }
}

/** What was done, of the audit log; what a newer gateway notes is shown by its name. */
export function actionWords(action: string): string {
  return ACTIONS[action]?.() ?? action;
}

const ACTIONS: Record<string, () => string> = {
  'account.added': () => l10n.t('Account added'),
  'account.edited': () => l10n.t('Account changed'),
  'account.removed': () => l10n.t('Account removed'),
  'account.key-rotated': () => l10n.t('Account’s key replaced'),
  'account.tested': () => l10n.t('Account tested'),
  'account.signed-in': () => l10n.t('Account signed in'),
  'account.signed-out': () => l10n.t('Account signed out'),
  'combo.saved': () => l10n.t('Combo saved'),
  'combo.removed': () => l10n.t('Combo removed'),
  'alias.saved': () => l10n.t('Alias saved'),
  'alias.removed': () => l10n.t('Alias removed'),
  'route.saved': () => l10n.t('Route saved'),
  'route.removed': () => l10n.t('Route removed'),
  'route.reordered': () => l10n.t('Routes put in another order'),
  'budget.saved': () => l10n.t('Budget saved'),
  'budget.removed': () => l10n.t('Budget removed'),
  'price.saved': () => l10n.t('Price saved'),
  'price.removed': () => l10n.t('Price removed'),
  'price.reordered': () => l10n.t('Prices put in another order'),
  'key.added': () => l10n.t('Gateway key made'),
  'key.edited': () => l10n.t('Gateway key changed'),
  'key.rotated': () => l10n.t('Gateway key renewed'),
  'key.removed': () => l10n.t('Gateway key removed'),
  'settings.changed': () => l10n.t('Settings changed'),
  'config.restored': () => l10n.t('Configuration restored'),
  'config.exported': () => l10n.t('Configuration exported'),
  'config.imported': () => l10n.t('Configuration imported'),
  'tool.set-up': () => l10n.t('Tool set up'),
  'tool.undone': () => l10n.t('Tool’s set-up undone'),
};

/** Who did it: a gateway key, unless it is one of these. */
export function whoWords(who: string): string {
  switch (who) {
    case 'cli':
      return l10n.t('command line');
    case 'editor':
      return l10n.t('editor');
    case 'file':
      return l10n.t('by hand');
    default:
      return who;
  }
}
