import * as l10n from '@vscode/l10n';
import type { ToolShown } from '../../../src/editor/dashboard/contract/calls/tools.ts';
import type { PageCommand } from '../../use-run.ts';

export interface ToolAction {
  command: PageCommand;
  label: string;
  /** The thing to do now, shown without opening the tool. */
  isNext: boolean;
}

/** What can be done with a tool, as the menu of the view has it; what helps most first. */
export function actionsOf({ marks }: Pick<ToolShown, 'marks'>): ToolAction[] {
  const has = (mark: ToolShown['marks'][number]): boolean => marks.includes(mark);
  const [isSetUp, isDrifted] = [has('ours'), has('drifted')];
  const actions: (ToolAction | false)[] = [
    has('broken') && { command: 'omniroute.tool.openFile', label: l10n.t('Open Settings'), isNext: true },
    isDrifted && { command: 'omniroute.tool.mend', label: l10n.t('Mend…'), isNext: true },
    has('settable') && { command: 'omniroute.tool.setUp', label: setUpLabel(isSetUp), isNext: has('unset') && !isSetUp },
    has('key') && { command: 'omniroute.tool.verify', label: l10n.t('Verify…'), isNext: isSetUp && !isDrifted && !has('broken') },
    has('file') && !has('broken') && { command: 'omniroute.tool.openFile', label: l10n.t('Open Settings'), isNext: false },
    has('key') && { command: 'omniroute.tool.revoke', label: l10n.t('Revoke Key…'), isNext: false },
    isSetUp && { command: 'omniroute.tool.undo', label: l10n.t('Undo Setup'), isNext: false },
  ];
  return actions.filter((action) => action !== false);
}

function setUpLabel(isSetUp: boolean): string {
  return isSetUp ? l10n.t('Set Up Anew…') : l10n.t('Set Up…');
}
