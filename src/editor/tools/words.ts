import * as l10n from '@vscode/l10n';
import type { Client } from '../../clients/client.ts';
import type { ToolState } from '../../clients/setup-contract.ts';
import { formatAge } from '../format/index.ts';

/** What the words about a tool are made of. */
export interface ToolStanding {
  client: Pick<Client, 'id' | 'instructionsOnly'>;
  state: ToolState;
}

/** How a tool stands, in few words. */
export function stateWords({ client, state }: ToolStanding, now: number): string {
  switch (state.is) {
    case 'absent':
      return l10n.t('not found');
    case 'instructions':
      return l10n.t('by hand');
    case 'not-set-up':
      if (client.id === 'copilot') return l10n.t('models are in its picker');
      return state.elsewhere === undefined ? l10n.t('not set up') : l10n.t('asks {0}', state.elsewhere);
    case 'set-up':
      return [state.model ?? l10n.t('set up'), seenWords(state.lastSeen, now)].join(' · ');
    case 'drifted':
      return l10n.t('not as it was set up');
    case 'broken':
      return l10n.t('settings cannot be read');
  }
}

export function seenWords(lastSeen: number | undefined, now: number): string {
  return lastSeen === undefined ? l10n.t('no request yet') : l10n.t('asked {0}', formatAge(now - lastSeen));
}

/** What there is to say beside: why it is set up by hand, what differs, where it breaks. A sentence each. */
export function notesOf({ client, state }: ToolStanding): string[] {
  switch (state.is) {
    case 'absent':
      return [l10n.t('Neither the tool nor its settings were found on this machine.')];
    case 'instructions':
      return client.instructionsOnly === undefined ? [] : [client.instructionsOnly];
    case 'not-set-up':
      return client.id === 'copilot' ? [pickerNote()] : [];
    case 'set-up':
      return [];
    case 'drifted':
      return state.differences;
    case 'broken':
      return [[state.path, placeWords(state), state.message].filter(Boolean).join(' · ')];
  }
}

const pickerNote = (): string =>
  l10n.t('Every model is in its picker already, through this extension. A group of endpoints is of use in profiles without it.');

/** What the user does so that a change takes effect; `undefined`: nothing. */
export function afterwardsWords({ name, afterwards }: Pick<Client, 'name' | 'afterwards'>): string | undefined {
  switch (afterwards) {
    case 'restart-tool':
      return l10n.t('If {0} is running, start it anew.', name);
    case 'reload-window':
      return l10n.t('Reload the window so that {0} sees it.', name);
    case 'new-terminal':
      return l10n.t('Open a new terminal so that {0} sees it.', name);
    case undefined:
      return undefined;
  }
}

/** The same for several tools, each kind of thing to do once. */
export function afterwardsOfAll(clients: readonly Pick<Client, 'name' | 'afterwards'>[]): string[] {
  const isAny = (afterwards: Client['afterwards']): boolean => clients.some((client) => client.afterwards === afterwards);
  const reload = clients.find(({ afterwards }) => afterwards === 'reload-window');
  return [
    isAny('restart-tool') ? l10n.t('If one of them is running, start it anew.') : undefined,
    isAny('new-terminal') ? l10n.t('Open a new terminal so that they see it.') : undefined,
    reload && afterwardsWords(reload),
  ].filter((text) => text !== undefined);
}

/** Where it is broken: `line 4, column 7`. */
export function placeWords({ line, column }: { line?: number; column?: number }): string | undefined {
  if (line === undefined) return undefined;
  return column === undefined ? l10n.t('line {0}', line) : l10n.t('line {0}, column {1}', line, column);
}
