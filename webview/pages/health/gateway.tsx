import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import type { Result } from '../../../src/editor/dashboard/contract/calls.ts';
import type { LinkState } from '../../../src/editor/link/link.ts';
import { useApp } from '../../app.ts';
import { Button } from '../../ui/button.tsx';
import { Section, Tile, Tiles } from '../../ui/layout.tsx';
import { Failure } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';
import { facts } from './facts.ts';

interface Props {
  detail: Result<'healthDetail'> | undefined;
  link: LinkState;
  now: number;
  error: Error | undefined;
  again(): void;
}

/** The gateway's own process. */
export function GatewayFacts({ detail, link, now, error, again }: Props): VNode {
  const { host } = useApp();
  const run = useRun();
  return (
    <Section
      title={l10n.t('Gateway')}
      actions={
        <Button icon="debug-restart" onClick={() => void run('omniroute.restartGateway')}>
          {l10n.t('Restart')}
        </Button>
      }
    >
      {error && <Failure error={error} again={again} />}
      <Tiles>
        {facts(detail, link, host.boot.version, now).map(({ id, ...fact }) => (
          <Tile key={id} {...fact} />
        ))}
      </Tiles>
    </Section>
  );
}
