import * as l10n from '@vscode/l10n';
import type { RequestRecord } from '../../admin/api.ts';
import { formatCount, formatMoment, formatMs, formatUsd } from '../../format/index.ts';
import { failureWord } from '../../views/words.ts';

type Row = readonly [name: string, value: string | undefined];

/** All that is kept of a request, as a page to read. Never a prompt or an answer: they are not kept. */
export function recordText(record: RequestRecord): string {
  return [
    `# ${record.target && record.target !== record.requested ? `${record.requested} → ${record.target}` : record.requested}`,
    ...section(l10n.t('Request'), requestRows(record)),
    ...section(l10n.t('Answer'), answerRows(record)),
    ...section(l10n.t('Tokens and cost'), usageRows(record)),
    ...list(l10n.t('Attempts'), record.attempts.map(attemptLine), '1.'),
    ...list(
      l10n.t('Passed over'),
      record.skipped.map(({ target, account, reason }) => l10n.t('{0}, account "{1}": {2}', target, account, reason)),
      '-',
    ),
    '',
  ].join('\n');
}

function requestRows({ id, at, client, clientVersion, key, dialect, requested, combo, streamed, sharedWith }: RequestRecord): Row[] {
  return [
    [l10n.t('Id'), id],
    [l10n.t('At'), formatMoment(at)],
    [l10n.t('Asked by'), clientWords(client, clientVersion)],
    [l10n.t('Gateway key'), key],
    [l10n.t('Asked for'), requested],
    [l10n.t('Combo'), combo],
    [l10n.t('Dialect'), dialect],
    [l10n.t('Streamed'), streamed ? l10n.t('yes') : l10n.t('no')],
    [l10n.t('Shares the answer of'), sharedWith],
  ];
}

/** A tool need not say who it is. */
function clientWords(client: string, version: string | undefined): string {
  if (client === '') return l10n.t('not known');
  return version ? `${client} ${version}` : client;
}

function answerRows({
  target,
  account,
  provider,
  targetDialect,
  status,
  error,
  cancelled,
  finish,
  firstByteMs,
  totalMs,
}: RequestRecord): Row[] {
  return [
    [l10n.t('Status'), String(status)],
    [l10n.t('Failed'), error && (error.code ? `${failureWord(error.class)} (${error.code})` : failureWord(error.class))],
    [l10n.t('Cancelled by the tool'), cancelled ? l10n.t('yes') : undefined],
    [l10n.t('Target'), target],
    [l10n.t('Account'), account],
    [l10n.t('Provider'), provider],
    [l10n.t('Asked in'), targetDialect],
    [l10n.t('Ended with'), finish],
    [l10n.t('First byte after'), firstByteMs === undefined ? undefined : formatMs(firstByteMs)],
    [l10n.t('In all'), formatMs(totalMs)],
  ];
}

function usageRows({ usage, estimated, cost }: RequestRecord): Row[] {
  const count = (value: number | undefined): string => (value === undefined ? l10n.t('not known') : formatCount(value));
  const some = (value: number | undefined): string | undefined => (value === undefined ? undefined : formatCount(value));
  return [
    [l10n.t('Input'), count(usage?.input)],
    [l10n.t('Of it read from the cache'), some(usage?.cacheRead)],
    [l10n.t('Of it written to the cache'), some(usage?.cacheWrite)],
    [l10n.t('Output'), count(usage?.output)],
    [l10n.t('Of it reasoning'), some(usage?.reasoning)],
    [l10n.t('Counted here'), estimated ? l10n.t('yes, the provider told no usage') : undefined],
    [l10n.t('Cost'), cost ? costWords(cost) : l10n.t('not known')],
  ];
}

function costWords({ usd, source }: NonNullable<RequestRecord['cost']>): string {
  switch (source) {
    case 'list':
      return l10n.t('{0}, by list price', formatUsd(usd));
    case 'user':
      return l10n.t('{0}, by your own price', formatUsd(usd));
    case 'plan':
      return l10n.t('nothing; {0} by list price', formatUsd(usd));
  }
}

function attemptLine({ target, account, ms, class: failure, status }: RequestRecord['attempts'][number]): string {
  const result = failure ? failureWord(failure) : l10n.t('answered');
  const told = status === undefined ? result : l10n.t('{0} (status {1})', result, status);
  return l10n.t('{0}, account "{1}": {2} after {3}', target, account, told, formatMs(ms));
}

function section(title: string, rows: readonly Row[]): string[] {
  return list(
    title,
    rows.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])),
    '-',
  );
}

function list(title: string, lines: readonly string[], mark: string): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines.map((line) => `${mark} ${line}`)];
}
