import * as l10n from '@vscode/l10n';
import type { RequestRecord } from '../../../../src/editor/admin/api.ts';
import { formatCount, formatMoment, formatMs, formatUsd } from '../../../../src/editor/format/index.ts';
import { failureWord, tierWord } from '../../../../src/editor/views/words.ts';
import type { Row } from '../list/row.ts';

/** Something known of a request, as it is shown. */
export interface FactWords {
  name: string;
  value: string;
}

type Maybe = [name: string, value: string | undefined];

/** Who asked for what. */
export function askedFacts({ startedAt, client, key, requested, id, record }: Row): FactWords[] {
  return known([
    [l10n.t('Time'), formatMoment(startedAt)],
    [l10n.t('Tool'), clientWords(client, record?.clientVersion)],
    [l10n.t('Gateway key'), key],
    [l10n.t('Asked for'), requested],
    [l10n.t('Combo'), record?.combo],
    [l10n.t('Asked in'), record && dialectWord(record.dialect)],
    [l10n.t('Streamed'), record && yesNo(record.streamed)],
    [l10n.t('Id'), id],
  ]);
}

/** Who answered, and how it ended. */
export function answerFacts({ target, account, status, error, firstTokenMs, totalMs, record }: Row): FactWords[] {
  const code = record?.error?.code;
  const failed = error && (code ? l10n.t('{0} ({1})', failureWord(error), code) : failureWord(error));
  return known([
    [l10n.t('Target'), target],
    [l10n.t('Account'), account],
    [l10n.t('Provider'), record?.provider],
    [l10n.t('Tier'), record?.tier && tierWord(record.tier)],
    [l10n.t('Provider asked in'), record?.targetDialect === undefined ? undefined : dialectWord(record.targetDialect)],
    [l10n.t('Status'), status === undefined || status === 0 ? undefined : String(status)],
    [l10n.t('Failed'), failed],
    [l10n.t('Ended with'), record?.finish],
    [l10n.t('First byte after'), firstTokenMs === undefined ? undefined : formatMs(firstTokenMs)],
    [l10n.t('In all'), totalMs === undefined ? undefined : formatMs(totalMs)],
  ]);
}

/** What it took, and what that cost. What is not known is said to be so. */
export function usageFacts({ usage, record }: Row): FactWords[] {
  const some = (value: number | undefined): string | undefined => (value === undefined ? undefined : formatCount(value));
  const unknown = l10n.t('not known');
  return known([
    [l10n.t('Input tokens'), some(usage?.input) ?? unknown],
    [l10n.t('Of it read from the cache'), some(usage?.cacheRead)],
    [l10n.t('Of it written to the cache'), some(usage?.cacheWrite)],
    [l10n.t('Output tokens'), some(usage?.output) ?? unknown],
    [l10n.t('Of it reasoning'), some(usage?.reasoning)],
    [l10n.t('Web searches'), some(usage?.webSearches)],
    [l10n.t('Counted here'), record?.estimated ? l10n.t('yes, the provider told no usage') : undefined],
    [l10n.t('Cost'), record?.cost ? costWords(record.cost) : unknown],
    [l10n.t('Speed'), speed(record)],
  ]);
}

/** Where the price comes from stands with it. */
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

/** Shorter answers come in one piece: their speed says nothing. */
const LEAST_STREAM_MS = 100;

function speed(record: RequestRecord | undefined): string | undefined {
  const { usage, firstByteMs, totalMs = 0, streamed } = record ?? {};
  if (!streamed || usage?.output === undefined || firstByteMs === undefined || totalMs - firstByteMs < LEAST_STREAM_MS) return undefined;
  return l10n.t('{0} tokens a second', formatCount((usage.output * 1000) / (totalMs - firstByteMs)));
}

const DIALECTS: Record<string, string> = {
  'openai-chat': 'OpenAI Chat Completions',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
  gemini: 'Gemini',
};

/** A dialect by the name its vendor gives it. */
export function dialectWord(id: string): string {
  return DIALECTS[id] ?? id;
}

function clientWords(client: string, version: string | undefined): string {
  if (client === '') return l10n.t('not known');
  return version ? `${client} ${version}` : client;
}

function yesNo(value: boolean): string {
  return value ? l10n.t('yes') : l10n.t('no');
}

function known(rows: readonly Maybe[]): FactWords[] {
  return rows.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [{ name, value }]));
}

/** Why a target was passed over. */
export function skippedWord(reason: string): string {
  switch (reason) {
    case 'quota':
      return l10n.t('quota used up');
    case 'headroom':
      return l10n.t('the rest is your reserve');
    case 'rate':
      return l10n.t('cooling after too many requests');
    case 'auth':
      return l10n.t('its key was refused');
    case 'billing':
      return l10n.t('not paid for');
    case 'model':
      return l10n.t('model not available');
    case 'breaker':
      return l10n.t('the provider had failed again and again');
    case 'budget':
      return l10n.t('budget reached');
    case 'not-allowed':
      return l10n.t('not allowed by your rules');
    case 'incapable':
      return l10n.t('cannot do what was asked');
    case 'busy':
      return l10n.t('busy with other requests');
    default:
      return reason;
  }
}
