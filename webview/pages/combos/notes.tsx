import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Field } from './drafts.ts';
import { faultyTarget } from './rows.ts';
import type { Editing } from './use-editing.ts';

/** That the combo was changed by somebody else while it was being changed here. */
export function Elsewhere({ editing }: { editing: Editing }): VNode | null {
  const { gone, elsewhere, both, keepMine, discard } = editing;
  if (gone) {
    return (
      <Note>
        <p>{l10n.t('This combo was removed meanwhile. What you changed is still here: saving makes it anew.')}</p>
      </Note>
    );
  }
  if (elsewhere.length === 0) return null;
  const what = (fields: readonly Field[]): string => fields.map(fieldWord).join(', ');
  return (
    <Note>
      <p>{l10n.t('This combo was changed elsewhere meanwhile: {0}.', what(elsewhere))}</p>
      {both.length > 0 ? (
        <p>{l10n.t('You changed the same: {0}. Saving puts yours in its place.', what(both))}</p>
      ) : (
        <p>{l10n.t('What you changed is kept beside it.')}</p>
      )}
      <div class="actions">
        <Button onClick={keepMine}>{l10n.t('Keep My Changes')}</Button>
        <Button onClick={discard}>{l10n.t('Take the Saved One')}</Button>
      </div>
    </Note>
  );
}

/** What the gateway did not take; what is about a field is said there as well. */
export function Refusal({ editing: { refused } }: { editing: Editing }): VNode | null {
  if (!refused) return null;
  const at = faultyTarget(refused.param);
  return (
    <div class="failure" role="alert">
      <Icon name="error" />
      <span class="failure-words">
        {at === undefined ? l10n.t('Not saved: {0}', refused.message) : l10n.t('Not saved, target {0}: {1}', at + 1, refused.message)}
      </span>
    </div>
  );
}

function Note({ children }: { children: VNode[] | VNode }): VNode {
  return (
    <div class="combo-note tone-warning" role="status">
      <Icon name="warning" />
      <div>{children}</div>
    </div>
  );
}

function fieldWord(field: Field): string {
  switch (field) {
    case 'targets':
      return l10n.t('the order of the targets');
    case 'strategy':
      return l10n.t('the strategy');
    case 'enabled':
      return l10n.t('whether it is enabled');
    case 'deadlineMs':
      return l10n.t('the time until an answer begins');
    case 'maxAttempts':
      return l10n.t('the number of attempts');
    case 'fallbackOn':
      return l10n.t('when the next one is asked');
    case 'affinity':
      return l10n.t('whether conversations stay');
    case 'budgets':
      return l10n.t('its budgets');
    default:
      return String(field);
  }
}
