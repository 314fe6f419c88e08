import * as l10n from '@vscode/l10n';
import { formatCount, formatMs, formatTime, formatUsd } from '../../format/index.ts';
import type { LiveRequest } from '../../live/snapshot.ts';
import { card, escaped } from '../tree/markdown.ts';
import { failureWord } from '../words.ts';

/** Who asked, who answered, and what happened on the way. */
export function requestTooltip(request: LiveRequest, state: string, now: number): string {
  const { requested, client, key, target, account, startedAt, firstTokenMs, totalMs, usage, usd, status, id } = request;
  const rows = [
    [l10n.t('State'), escaped(status === undefined ? state : l10n.t('{0} (status {1})', state, status))],
    [l10n.t('Asked by'), escaped(client === '' ? l10n.t('key {0}', key) : l10n.t('{0}, key {1}', client, key))],
    [l10n.t('At'), formatTime(startedAt, now)],
    [l10n.t('Target'), target && escaped(account ? l10n.t('{0}, account {1}', target, account) : target)],
    [l10n.t('First token'), firstTokenMs === undefined ? undefined : formatMs(firstTokenMs)],
    [l10n.t('In all'), totalMs === undefined ? undefined : formatMs(totalMs)],
    [l10n.t('Input'), tokens(usage?.input)],
    [l10n.t('From the cache'), tokens(usage?.cacheRead)],
    [l10n.t('Output'), tokens(usage?.output)],
    [l10n.t('Cost'), usd === undefined ? undefined : escaped(formatUsd(usd))],
    [l10n.t('Id'), `\`${id}\``],
  ] as const;
  return card(requested, rows, timeline(request));
}

function timeline({ attempts }: LiveRequest): string[] {
  if (attempts.length === 0) return [];
  const lines = attempts.map(({ target, account, ms, class: failure, status }, index) => {
    const result = failure === undefined ? l10n.t('answered') : failureText(failureWord(failure), status);
    return `${index + 1}. ${escaped(l10n.t('{0} ({1}): {2} after {3}', target, account, result, formatMs(ms)))}`;
  });
  return [lines.join('\n')];
}

function failureText(word: string, status: number | undefined): string {
  return status === undefined ? word : l10n.t('{0} (status {1})', word, status);
}

function tokens(count: number | undefined): string | undefined {
  return count === undefined ? undefined : l10n.t('{0} tokens', formatCount(count));
}
