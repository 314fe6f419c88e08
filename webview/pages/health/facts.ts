import * as l10n from '@vscode/l10n';
import type { Result } from '../../../src/editor/dashboard/contract/calls.ts';
import type { SlicesMessage } from '../../../src/editor/dashboard/contract/slices.ts';
import { formatBytes } from '../../../src/editor/format/bytes.ts';
import { formatCount, formatMs, formatTime } from '../../../src/editor/format/index.ts';
import { numberFormat } from '../../../src/editor/format/locale.ts';
import type { Tone } from '../../ui/tone.ts';

/** A figure of the gateway itself. */
export interface Fact {
  id: string;
  label: string;
  value: string;
  detail: string;
  tone: Tone;
}

const UNKNOWN = '–';
/** From here on who streams notices that the event loop comes late. */
const LATE_MS = 100;

type Detail = Result<'healthDetail'>;

/** What the gateway's process says of itself, where it runs, and which window owns it. `version`: of this page. */
export function facts(detail: Detail | undefined, link: SlicesMessage['link'], version: string, now: number): Fact[] {
  const process = detail?.process;
  const ready = link?.is === 'ready' ? link : undefined;
  return [
    {
      id: 'uptime',
      label: l10n.t('Uptime'),
      value: process ? spanWords(process.uptimeMs) : UNKNOWN,
      detail: process ? l10n.t('since {0}', formatTime(process.startedAt, now)) : '',
      tone: 'neutral',
    },
    {
      id: 'running',
      label: l10n.t('Running Requests'),
      value: process ? formatCount(process.requestsRunning) : UNKNOWN,
      detail: detail && waiting(detail) > 0 ? l10n.t('{0} waiting for their turn', formatCount(waiting(detail))) : '',
      tone: 'neutral',
    },
    memoryFact(process),
    loopFact(process),
    {
      id: 'version',
      label: l10n.t('Version'),
      value: detail?.version || UNKNOWN,
      detail: detail && detail.version !== '' && detail.version !== version ? l10n.t('this window has {0}', version) : '',
      tone: 'neutral',
    },
    {
      id: 'port',
      label: l10n.t('Port'),
      value: ready ? plain(ready.port) : UNKNOWN,
      detail: ready?.instead ? l10n.t('in place of {0}, which is taken', plain(ready.instead.wanted)) : '',
      tone: ready?.instead ? 'warning' : 'neutral',
    },
    {
      id: 'process',
      label: l10n.t('Process'),
      value: ready ? plain(ready.pid) : UNKNOWN,
      detail: ready ? (ready.owner ? l10n.t('runs in this window') : l10n.t('runs in another window')) : '',
      tone: 'neutral',
    },
  ];
}

function waiting({ limits }: Detail): number {
  return limits.reduce((sum, entry) => sum + entry.waiting, 0);
}

function memoryFact(process: Detail['process']): Fact {
  return {
    id: 'memory',
    label: l10n.t('Memory'),
    value: process ? formatBytes(process.memory.rss) : UNKNOWN,
    detail: process ? l10n.t('{0} of {1} heap in use', formatBytes(process.memory.heapUsed), formatBytes(process.memory.heapTotal)) : '',
    tone: 'neutral',
  };
}

function loopFact(process: Detail['process']): Fact {
  const delay = process?.eventLoopDelayMs;
  return {
    id: 'loop',
    label: l10n.t('Event Loop Delay'),
    value: delay ? delayWords(delay.p99) : UNKNOWN,
    detail: delay ? l10n.t('p99, at most {0}', delayWords(delay.max)) : '',
    tone: delay && delay.p99 >= LATE_MS ? 'warning' : 'neutral',
  };
}

/** Tenths count here. */
function delayWords(ms: number): string {
  return ms < 10 ? l10n.t('{0} ms', numberFormat({ maximumFractionDigits: 1 }).format(ms)) : formatMs(ms);
}

/** How long it runs; what formatMs says to the second would be restless. */
function spanWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return l10n.t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return l10n.t('{0} h {1} min', hours, minutes % 60);
  return l10n.t('{0} d {1} h', Math.floor(hours / 24), hours % 24);
}

/** Names, not amounts: no separators. */
function plain(number: number): string {
  return String(number);
}
