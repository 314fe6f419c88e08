import * as l10n from '@vscode/l10n';
import type { QuotaView } from '../../admin/api.ts';
import { formatPercent } from '../../format/index.ts';
import type { MessageKind } from '../../input/ui.ts';

/** What a reading of an account's quota gave, in a sentence. */
export function quotaText(name: string, view: QuotaView | undefined): { kind: MessageKind; message: string } {
  if (view?.error) return { kind: 'warning', message: l10n.t('The quota of {0} could not be read: {1}', name, view.error.message) };
  const windows = (view?.windows ?? []).flatMap(({ label, usedPercent }) =>
    usedPercent === null ? [] : [l10n.t('{0}: {1} used', label, formatPercent(usedPercent))],
  );
  if (windows.length > 0) return { kind: 'info', message: l10n.t('Quota of {0}. {1}.', name, windows.join('; ')) };
  if (view && view.windows.length > 0) return { kind: 'info', message: l10n.t('The quota of {0} is read.', name) };
  return { kind: 'info', message: l10n.t('{0} tells nothing of its quota yet.', name) };
}

/** What forgetting an account's cool-downs did. */
export function resetText(name: string, entries: number): string {
  return entries === 0 ? l10n.t('Nothing keeps requests away from {0}.', name) : l10n.t('Requests go to {0} again.', name);
}
