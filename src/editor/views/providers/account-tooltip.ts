import * as l10n from '@vscode/l10n';
import type { Block } from '../../../routing/block.ts';
import type { AccountView, UsageRow } from '../../admin/api.ts';
import { formatCount, formatTime, formatTokens, formatUsd } from '../../format/index.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import type { ProviderFacts } from '../provider-facts.ts';
import { card, escaped } from '../tree/markdown.ts';
import { tierWord } from '../words.ts';
import { blockedModels } from './blocks.ts';

/** What an account is drawn from. */
export interface AccountScene {
  snapshot: Snapshot;
  facts: ProviderFacts | undefined;
  now: number;
}

/** Who the account is, how it is, what it did today. Never its key. */
export function accountTooltip(account: AccountView, { snapshot, facts, now }: AccountScene, block: Block | undefined): string {
  const today = snapshot.todayByAccount.get(account.name);
  const baseUrl = account.baseUrl ?? account.parameters?.baseUrl ?? facts?.baseUrl;
  const rows = [
    [l10n.t('Provider'), escaped(facts?.name ?? account.provider)],
    [l10n.t('Tier'), escaped(tierWord(account.tier))],
    [l10n.t('Models are called'), account.prefix && `\`${account.prefix}/…\``],
    [l10n.t('Address'), baseUrl && escaped(baseUrl)],
    [l10n.t('Key'), escaped(credentialWords(account))],
    [l10n.t('Today'), today && escaped(usageWords(today))],
    [l10n.t('Saved today'), today?.saved ? escaped(formatUsd(today.saved)) : undefined],
  ] as const;
  return card(account.name, rows, [
    ...(block ? [escaped(blockSentence(block, now))] : []),
    ...blockedModels(account, snapshot, now).map((entry) => escaped(l10n.t('{0}: {1}', entry.model, blockSentence(entry.block, now)))),
    ...(facts?.notice ? [escaped(facts.notice)] : []),
  ]);
}

/** Where its key is kept; never the key. */
export function credentialWords({ credential }: AccountView): string {
  switch (credential?.kind) {
    case 'vault':
      return l10n.t('kept in the secret storage');
    case 'env':
      return l10n.t('the environment variable {0}', credential.name);
    case undefined:
      return l10n.t('none needed');
  }
}

/** Why it is not asked, as the gateway said it. */
export function blockSentence({ detail, until }: Block, now: number): string {
  return until === undefined ? detail : l10n.t('{0} (until {1})', detail, formatTime(until, now));
}

function usageWords(row: UsageRow): string {
  const { asked, tokens, cost } = usageParts(row);
  return [asked, tokens, cost].filter(Boolean).join(' · ');
}

/** What was used, in words. Tokens that are not known are not counted as none. */
export function usageParts({ requests, inputTokens, outputTokens, cost }: UsageRow): { asked: string; tokens?: string; cost: string } {
  const isNothing = inputTokens === null && outputTokens === null;
  return {
    asked: requests === 1 ? l10n.t('1 request') : l10n.t('{0} requests', formatCount(requests)),
    ...(isNothing ? {} : { tokens: l10n.t('{0} tokens in, {1} out', known(inputTokens), known(outputTokens)) }),
    cost: cost === null ? l10n.t('cost not known') : formatUsd(cost),
  };
}

const known = (tokens: number | null): string => (tokens === null ? l10n.t('unknown') : formatTokens(tokens));
