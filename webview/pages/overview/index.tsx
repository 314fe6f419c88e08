import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { usersAccounts } from '../../../src/editor/status-bar/standing.ts';
import { useSlice } from '../../app.ts';
import { Needs } from '../../shared/needs.tsx';
import { useCalmSlice } from '../../shared/use-calm-slice.ts';
import { useStanding } from '../../shared/use-standing.ts';
import { IconButton } from '../../ui/button.tsx';
import { Page } from '../../ui/layout.tsx';
import { Pill } from '../../ui/pill.tsx';
import { Loading } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';
import { firstSteps } from './first-steps.ts';
import { FirstSteps } from './first-steps.tsx';
import { Now } from './now.tsx';
import { Sums } from './sums.tsx';
import { Windows } from './windows.tsx';

/** How things stand, at a glance: now, today, what is left; in the side bar as well. */
export function Overview(): VNode {
  const standing = useStanding();
  const today = useCalmSlice('today');
  const steps = firstSteps(standing, today);
  // Each follows what it shows by itself.
  const parts = useMemo(
    () => (
      <div class="overview-parts">
        <Now />
        <Windows />
        <Sums />
      </div>
    ),
    [],
  );
  const isNew = standing.loaded && usersAccounts(standing).length === 0 && standing.requests.length === 0;
  return (
    <Page title={l10n.t('Overview')} actions={<GatewayState />}>
      <div class="overview">
        <Needs standing={standing} />
        {steps && <FirstSteps steps={steps} />}
        {!standing.loaded && standing.link.is === 'connecting' && <Loading rows={10} />}
        {standing.loaded && !isNew && parts}
      </div>
    </Page>
  );
}

function GatewayState(): VNode {
  const run = useRun();
  const link = useSlice('link');
  switch (link?.is) {
    case 'ready':
      return (
        <>
          <Pill tone="good" icon="pass-filled">
            {l10n.t('Running')}
          </Pill>
          <span class="quiet figure">{link.url}</span>
          <IconButton icon="copy" label={l10n.t('Copy Base URL')} onClick={() => void run('omniroute.copyBaseUrl')} />
        </>
      );
    case 'failed':
    case 'stopped':
      return (
        <Pill tone="bad" icon="error">
          {l10n.t('Not running')}
        </Pill>
      );
    case 'connecting':
    case undefined:
      return (
        <Pill tone="info" icon="loading">
          {l10n.t('Connecting…')}
        </Pill>
      );
  }
}
