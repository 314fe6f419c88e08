import * as l10n from '@vscode/l10n';
import type { MessageKind } from '../../input/ui.ts';
import type { Attempt } from './attempt.ts';

export type ImportResult = { name: string } & Attempt;

/** What came of an import, in one message: what was added, and why the others were not. */
export function importText(results: readonly ImportResult[]): { kind: MessageKind; message: string } {
  const named = (is: Attempt['is']): string[] => results.filter((result) => result.is === is).map(({ name }) => name);
  const added = named('added');
  const others = results.flatMap(reasonOf);
  const lines = [added.length === 0 ? l10n.t('Nothing was added.') : l10n.t('Added: {0}.', added.join(', ')), ...others];
  return { kind: others.length > 0 ? 'warning' : 'info', message: lines.join(' ') };
}

function reasonOf(result: ImportResult): string[] {
  switch (result.is) {
    case 'added':
      return result.test?.ok && result.test.note !== undefined ? [sentence(l10n.t('{0}: {1}', result.name, result.test.note))] : [];
    case 'cancelled':
      return [];
    case 'refused':
      return [sentence(l10n.t('{0} refused its key: {1}', result.name, result.message))];
    case 'not-reached':
      return [sentence(l10n.t('{0} could not be reached: {1}', result.name, result.message))];
    case 'impossible':
      return [sentence(l10n.t('{0} could not be added: {1}', result.name, result.message))];
  }
}

/** Providers end their words as they like; here others follow. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
