import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { Button } from '../../ui/button.tsx';

/** The end of a form: taken, or left as it was. */
export function FormButtons({ submit, leave }: { submit(): void; leave(): void }): VNode {
  return (
    <div class="form-buttons">
      <Button kind="primary" onClick={submit}>
        {l10n.t('Save')}
      </Button>
      <Button onClick={leave}>{l10n.t('Cancel')}</Button>
    </div>
  );
}
