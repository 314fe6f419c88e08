import * as l10n from '@vscode/l10n';
import type { Question } from '../../input/ui.ts';
import type { SignedOut, ToRemove } from './sign-out.ts';

const MOST = 12;

/** The modal question, with all that would go. */
export function signOutQuestion({ accounts, keys, copies }: ToRemove): Question {
  const lines = [
    accounts.length > 0 ? l10n.t('Accounts and their keys: {0}', some(accounts)) : l10n.t('No accounts are there.'),
    ...(keys.length > 0 ? [l10n.t('Gateway keys: {0}', some(keys))] : []),
    l10n.t('The key of this installation, which gets a new one: each tool you have set up needs the new key.'),
    ...(accounts.length > 0 ? [l10n.t('Cool-downs and quota figures of these accounts')] : []),
    ...(copies > 0 ? [l10n.t('Copies of the configuration that hold secrets: {0}', copies)] : []),
    '',
    l10n.t('Combos, settings and the usage history stay. Backups you have exported are not touched.'),
  ];
  return { message: l10n.t('Sign out and remove all keys from this machine?'), detail: lines.join('\n') };
}

export function signedOutText({ accounts, secrets }: SignedOut): string {
  return l10n.t(
    'Signed out. Accounts removed: {0}; keys removed: {1}. Tools you have set up need the new gateway key.',
    accounts.length,
    secrets,
  );
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, MOST).join(', ');
  return names.length > MOST ? l10n.t('{0} and {1} more', shown, names.length - MOST) : shown;
}
