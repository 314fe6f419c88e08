import * as l10n from '@vscode/l10n';
import { formatCount, formatMs, formatUsd } from '../../format/index.ts';
import type { LiveRequest, Snapshot } from '../../live/snapshot.ts';
import { isUnderWay } from '../../live/under-way.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../tree/node.ts';
import { failureWord } from '../words.ts';
import { requestTooltip } from './request-tooltip.ts';

const MOST = 200;

/** The requests, newest first; those under way on top. */
export function requestNodes({ requests }: Snapshot, now: number): ViewNode[] {
  const running = requests.filter(isUnderWay);
  const over = requests.filter((request) => !isUnderWay(request));
  return [...running, ...over].slice(0, MOST).map((request) => requestNode(request, now));
}

function requestNode(request: LiveRequest, now: number): ViewNode {
  const { id, requested, target } = request;
  const words = requestWords(request);
  const state = stateWord(request);
  const elsewhere = target !== undefined && target !== requested;
  return {
    id: `request:${id}`,
    ref: { kind: 'request', request: id },
    label: elsewhere ? `${requested} → ${target}` : requested,
    description: words.join(' · '),
    tooltip: requestTooltip(request, state, now),
    icon: stateIcon(request),
    contextValue: `request.${request.state}`,
    spoken: [elsewhere ? l10n.t('{0}, answered by {1}', requested, target) : requested, state, ...words].join(', '),
    command: { command: 'omniroute.request.details', title: l10n.t('Show Request') },
  };
}

function requestWords(request: LiveRequest): string[] {
  const { state, error, totalMs, firstTokenMs, usage, usd, fallback } = request;
  const failed = state === 'failed' && error ? failureWord(error) : undefined;
  const time = totalMs ?? firstTokenMs;
  return [
    failed,
    time === undefined ? undefined : formatMs(time),
    tokenWords(usage?.input, usage?.output),
    usd === undefined ? undefined : formatUsd(usd),
    fallback ? l10n.t('via {0}', ordinal(place(request))) : undefined,
  ].flatMap((word) => word ?? []);
}

/** What is not known is left out, never 0. */
function tokenWords(input: number | undefined, output: number | undefined): string | undefined {
  const parts = [input === undefined ? [] : [`${formatCount(input)} ↑`], output === undefined ? [] : [`${formatCount(output)} ↓`]].flat();
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** Which attempt answered, from 1. The one that answered may or may not be among the attempts told. */
function place({ attempts }: LiveRequest): number {
  return attempts.at(-1)?.class === undefined ? Math.max(1, attempts.length) : attempts.length + 1;
}

function ordinal(count: number): string {
  switch (count) {
    // Passed over without being asked: the first attempt, and yet a fall-back.
    case 1:
      return l10n.t('fall-back');
    case 2:
      return l10n.t('2nd');
    case 3:
      return l10n.t('3rd');
    default:
      return l10n.t('{0}th', count);
  }
}

export function stateWord({ state, fallback }: LiveRequest): string {
  switch (state) {
    case 'running':
      return l10n.t('asking');
    case 'streaming':
      return l10n.t('answering');
    case 'done':
      return fallback ? l10n.t('answered after a fall-back') : l10n.t('answered');
    case 'failed':
      return l10n.t('failed');
    case 'cancelled':
      return l10n.t('cancelled by the tool');
  }
}

function stateIcon({ state, fallback }: LiveRequest): NodeIcon {
  switch (state) {
    case 'running':
    case 'streaming':
      return { id: 'loading~spin' };
    case 'done':
      return fallback ? { id: 'git-compare', color: COLORS.warning } : { id: 'pass', color: COLORS.good };
    case 'failed':
      return { id: 'error', color: COLORS.bad };
    case 'cancelled':
      return { id: 'circle-slash', color: COLORS.off };
  }
}
