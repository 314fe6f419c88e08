import * as l10n from '@vscode/l10n';
import { formatAge, formatMs, formatTokens } from '../../../src/editor/format/index.ts';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { isUnderWay } from '../../../src/editor/live/under-way.ts';
import { failureWord } from '../../../src/editor/views/words.ts';
import { outcomeOf } from '../../shared/outcome.ts';
import type { Tone } from '../../ui/tone.ts';

/** One request as a line of the overview. */
export interface RequestLine {
  id: string;
  isRunning: boolean;
  icon: string;
  tone: Tone;
  /** The icon in words. */
  state: string;
  requested: string;
  /** Who answers, where that is not what was asked for by name. */
  target: string | undefined;
  /** The tool, or the key it came with. */
  client: string;
  /** What happened on the way; empty when nothing did. */
  story: string;
  startedAt: number;
  /** Empty while it is under way: that time ticks. */
  took: string;
  /** Tokens it gave, where that is known. */
  output: string;
  /** When it was, or how far it is. */
  when: string;
}

type Attempt = LiveRequest['attempts'][number];

/** At most so many of those that are under way; the others are counted. */
const MOST_RUNNING = 6;
const LINES = 8;

export interface NowView {
  lines: RequestLine[];
  running: number;
  /** Under way, and not among the lines. */
  more: number;
}

/** Those under way, the longest first, then those that ended last: always as many lines, so that nothing jumps. */
export function nowView(requests: readonly LiveRequest[], now: number): NowView {
  const running = requests.filter(isUnderWay).sort((a, b) => a.startedAt - b.startedAt);
  const shown = running.slice(0, MOST_RUNNING);
  const ended = requests.filter((request) => !isUnderWay(request)).sort((a, b) => endOf(b) - endOf(a));
  const lines = [...shown, ...ended.slice(0, LINES - shown.length)].map((request) => lineOf(request, now));
  return { lines, running: running.length, more: running.length - shown.length };
}

function endOf({ startedAt, totalMs }: LiveRequest): number {
  return startedAt + (totalMs ?? 0);
}

function lineOf(request: LiveRequest, now: number): RequestLine {
  const { id, requested, target, client, key, startedAt, totalMs, usage } = request;
  return {
    id,
    isRunning: isUnderWay(request),
    ...lookOf(request),
    requested,
    target: target === requested ? undefined : target,
    client: client === '' ? key : client,
    story: storyOf(request),
    startedAt,
    took: totalMs === undefined ? '' : formatMs(totalMs),
    output: usage?.output === undefined ? '' : l10n.t('{0} out', formatTokens(usage.output)),
    when: whenWords(request, now),
  };
}

/** Why it failed is told in its story. */
function lookOf({ state, fallback }: LiveRequest): Pick<RequestLine, 'icon' | 'tone' | 'state'> {
  const { word, icon, tone } = outcomeOf({ state, fallback, error: undefined, status: undefined });
  return { state: word, icon, tone };
}

/** `Asked old key (the key was refused) first; work answers.` */
export function storyOf(request: LiveRequest): string {
  const { state, account, fallback, attempts } = request;
  const failed = failedList(attempts);
  switch (state) {
    case 'running':
      return failed === '' ? '' : l10n.t('Attempt {0}, after {1}', attempts.length + 1, failed);
    case 'streaming':
    case 'done':
      if (account === undefined || !(fallback || failed !== '')) return '';
      return failed === ''
        ? l10n.t('Answered by {0}: who comes before could not be asked', account)
        : l10n.t('Answered by {0}, after {1}', account, failed);
    case 'failed':
      return failed === '' && request.error ? sentence(failureWord(request.error)) : failed;
    case 'cancelled':
      return l10n.t('The tool did not wait for the end');
  }
}

/** `old key: the key was refused; work: overloaded`, each account and reason once. */
function failedList(attempts: readonly Attempt[]): string {
  const texts = attempts.flatMap((attempt) => (attempt.class ? [l10n.t('{0}: {1}', attempt.account, failureWord(attempt.class))] : []));
  return [...new Set(texts)].join('; ');
}

function sentence(words: string): string {
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

function whenWords({ state, startedAt, totalMs }: LiveRequest, now: number): string {
  if (state === 'running') return l10n.t('asking');
  if (state === 'streaming') return l10n.t('answering');
  return formatAge(now - startedAt - (totalMs ?? 0));
}
