import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { lastAnswer, useCall, useNow } from '../../app.ts';
import { useStanding } from '../../shared/use-standing.ts';
import { Page } from '../../ui/layout.tsx';
import { Loading } from '../../ui/states.tsx';
import { Ailing } from './ailing.tsx';
import { GatewayFacts } from './gateway.tsx';
import { Latency } from './latency.tsx';
import { Ledger } from './ledger.tsx';
import { Load } from './load.tsx';

const EVERY_MS = 3000;

/** What is not well and what can be done about it; how quickly providers answer; how the gateway fares. */
export function Health(): VNode {
  const standing = useStanding();
  const asking = useCall('healthDetail', {}, EVERY_MS);
  const now = useNow(5000);
  const { asked } = asking;
  const detail = lastAnswer(asked);
  return (
    <Page title={l10n.t('Health')}>
      {standing.loaded ? <Ailing standing={standing} now={now} /> : standing.link.is === 'connecting' && <Loading rows={4} />}
      <Load limits={detail?.limits} accounts={standing.accounts} />
      <Latency />
      <GatewayFacts
        detail={detail}
        link={standing.link}
        now={now}
        error={asked.is === 'failed' ? asked.error : undefined}
        again={asking.again}
      />
      <Ledger />
    </Page>
  );
}
