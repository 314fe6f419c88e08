import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { useApp } from '../../app.ts';
import { errorOf } from '../../host/thrown.ts';
import { Button } from '../../ui/button.tsx';
import { Empty, Failure } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';
import type { Desk } from './index.tsx';
import { bestTargets } from './rows.ts';

/** What a combo is, and the way to the first one. */
export function NoCombos({ desk }: { desk: Desk }): VNode {
  const { host } = useApp();
  const run = useRun();
  const [error, setError] = useState<Error>();
  const real = desk.routes.accounts.some(({ enabled, provider }) => enabled && provider !== 'demo');
  const make = async (): Promise<void> => {
    try {
      const { steps } = await host.call('explain', { model: 'auto' });
      desk.begin({ name: 'best', targets: bestTargets(steps) });
    } catch (thrown) {
      setError(errorOf(thrown));
    }
  };
  return (
    <Empty icon="layers" title={l10n.t('There is no combo yet.')}>
      <p>{l10n.t('A combo is a name of your own that stands for several models in an order you choose.')}</p>
      <p>{l10n.t('Tools ask for it like for a model, and when one of its models cannot answer, the next one does.')}</p>
      <div class="actions">
        {real ? (
          <Button kind="primary" icon="sparkle" onClick={() => void make()}>
            {l10n.t('Make One of My Best Models')}
          </Button>
        ) : (
          <Button kind="primary" icon="add" onClick={() => void run('omniroute.addProvider')}>
            {l10n.t('Add Provider…')}
          </Button>
        )}
        {real && (
          <Button icon="wand" onClick={() => desk.show({ is: 'ask', name: 'auto' })}>
            {l10n.t('See What "auto" Does')}
          </Button>
        )}
      </div>
      {error && <Failure error={error} again={() => void make()} />}
    </Empty>
  );
}
