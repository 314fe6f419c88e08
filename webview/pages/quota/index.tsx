import * as l10n from '@vscode/l10n';
import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { lastAnswer, useApp, useCall, useNow } from '../../app.ts';
import { useStanding } from '../../shared/use-standing.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/layout.tsx';
import { Empty, Loading } from '../../ui/states.tsx';
import { useRun } from '../../use-run.ts';
import { Budgets } from './budgets.tsx';
import { AccountQuota } from './card.tsx';
import { type QuotaCard, quotaCards } from './cards.ts';
import { useReading } from './reading.ts';

/** What is left of every account, until when, and how long it lasts. */
export function Quota(): VNode {
  const standing = useStanding();
  const now = useNow(15_000);
  const cards = useMemo(() => quotaCards(standing.accounts, standing.quota, now), [standing.accounts, standing.quota, now]);
  const { place } = useApp();
  const providerOf = useProviderNames(cards);
  const reading = useReading();
  return (
    <Page title={l10n.t('Quota')} actions={cards.length > 0 && <ReadAll cards={cards} read={reading.read} />}>
      {!standing.loaded && standing.link.is === 'connecting' && <Loading rows={8} />}
      {standing.loaded && cards.length === 0 && <NoAccounts />}
      {cards.length > 0 && (
        <div class="quota-cards">
          {cards.map((card) => (
            <AccountQuota
              key={card.account.id}
              card={card}
              provider={providerOf(card)}
              isMarked={place.item === card.account.id}
              state={reading.states.get(card.account.id)}
              read={() => void reading.read(card.account.id)}
            />
          ))}
        </div>
      )}
      <Budgets budgets={standing.budgets} now={now} isMarked={place.item === 'budgets'} />
    </Page>
  );
}

/** What the provider is called, asked once for all; nothing where the account is called so. */
function useProviderNames(cards: readonly QuotaCard[]): (card: QuotaCard) => string | undefined {
  const ids = useMemo(() => [...new Set(cards.map(({ account }) => account.provider))].sort(), [cards]);
  const { asked } = useCall('providers', { ids });
  const known = lastAnswer(asked);
  return ({ account: { name, provider } }) => {
    const called = known?.find(({ id }) => id === provider)?.name ?? (asked.is === 'loading' ? undefined : provider);
    return [called, provider].some((word) => word?.toLowerCase() === name.toLowerCase()) ? undefined : called;
  };
}

function NoAccounts(): VNode {
  const run = useRun();
  return (
    <Empty icon="pie-chart" title={l10n.t('No account yet')}>
      <p>{l10n.t('What is left of a plan or a key is shown here, until when, and how long it lasts.')}</p>
      <Button kind="primary" onClick={() => void run('omniroute.addProvider')}>
        {l10n.t('Add a Provider…')}
      </Button>
    </Empty>
  );
}

/** One after the other: they are read at the providers, and nobody waits for them. */
function ReadAll({ cards, read }: { cards: readonly QuotaCard[]; read(account: string): Promise<void> }): VNode {
  const [isReading, setReading] = useState(false);
  const readAll = async (): Promise<void> => {
    setReading(true);
    for (const { account } of cards) if (account.enabled) await read(account.id);
    setReading(false);
  };
  return (
    <Button icon="refresh" disabled={isReading} onClick={() => void readAll()}>
      {isReading ? l10n.t('Reading…') : l10n.t('Read All Now')}
    </Button>
  );
}
