import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useApp, useSlice } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';

/** Of a new user: how a first request is made. */
export function NothingAsked(): VNode {
  const { go } = useApp();
  const run = useRun();
  const link = useSlice('link');
  return (
    <Empty icon="list-flat" title={l10n.t('Nothing was asked yet')}>
      <p>
        {l10n.t(
          'Every request that a tool sends through the gateway is listed here, with who answered it, how long it took and what it cost.',
        )}
      </p>
      {link?.is === 'ready' && <p>{l10n.t('Tools reach the gateway at {0}; each can be set up with one click.', `${link.url}/v1`)}</p>}
      <div class="actions">
        <Button kind="primary" icon="play" onClick={() => void run('omniroute.tryIt')}>
          {l10n.t('Try It')}
        </Button>
        <Button icon="tools" onClick={() => go({ page: 'tools' })}>
          {l10n.t('Set Up a Tool')}
        </Button>
        <Button icon="copy" onClick={() => void run('omniroute.copyBaseUrl')}>
          {l10n.t('Copy Base URL')}
        </Button>
      </div>
    </Empty>
  );
}

export function NothingFits({ onClear }: { onClear(): void }): VNode {
  return (
    <Empty icon="filter" title={l10n.t('No request fits these filters')}>
      <Button onClick={onClear}>{l10n.t('Clear Filters')}</Button>
    </Empty>
  );
}
