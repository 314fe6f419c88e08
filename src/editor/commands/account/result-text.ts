import * as l10n from '@vscode/l10n';
import type { TestResult } from '../../admin/api.ts';
import { formatCount, formatMs } from '../../format/index.ts';
import type { MessageKind } from '../../input/ui.ts';

/** What a test found, in words; the provider's own where it said something. */
export function testText(name: string, result: TestResult): { kind: MessageKind; message: string } {
  if (!result.ok) {
    const message = result.refused
      ? l10n.t('{0} refuses the key of this account: {1}', name, result.error.message)
      : l10n.t('{0} could not be reached: {1}', name, result.error.message);
    return { kind: result.refused ? 'error' : 'warning', message };
  }
  if (result.note !== undefined) return { kind: 'warning', message: l10n.t('{0} answers, with this remark: {1}', name, result.note) };
  switch (result.proof) {
    case 'models':
      return { kind: 'info', message: modelsText(name, result.models, formatMs(result.ms)) };
    case 'completion':
      return { kind: 'info', message: l10n.t('{0} works: it answered a request after {1}.', name, formatMs(result.ms)) };
    case 'none':
      return { kind: 'info', message: l10n.t('{0} has nothing that could be tested: it lists no models.', name) };
  }
}

function modelsText(name: string, models: number | undefined, time: string): string {
  switch (models) {
    case undefined:
      return l10n.t('{0} works: it answered after {1}.', name, time);
    case 1:
      return l10n.t('{0} works: it lists one model, after {1}.', name, time);
    default:
      return l10n.t('{0} works: it lists {1} models, after {2}.', name, formatCount(models), time);
  }
}
