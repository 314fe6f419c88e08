import * as l10n from '@vscode/l10n';
import { dateFormat, numberFormat } from './locale.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something took: `812 ms`, `1.2 s`, `12 s`, `1 min 5 s`. */
export function formatMs(ms: number): string {
  if (ms < SECOND) return l10n.t('{0} ms', Math.round(ms));
  if (ms < 59.5 * SECOND) return l10n.t('{0} s', tenths(ms / SECOND, ms < 9.95 * SECOND));
  const seconds = Math.round(ms / SECOND);
  if (seconds < 3600) return l10n.t('{0} min {1} s', Math.floor(seconds / 60), seconds % 60);
  return formatCountdown(ms);
}

/** Time left, for a text that is renewed once a minute: `2 h 10 min`, `3 d 4 h`; rounded up, so that it does not end early. */
export function formatCountdown(ms: number): string {
  if (ms <= 0) return l10n.t('now');
  const minutes = Math.ceil(ms / MINUTE);
  if (minutes < 60) return l10n.t('{0} min', minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? l10n.t('{0} h', hours) : l10n.t('{0} h {1} min', hours, minutes % 60);
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? l10n.t('{0} d', days) : l10n.t('{0} d {1} h', days, hours % 24);
}

/** How old something is: `just now`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function formatAge(ms: number): string {
  if (ms < MINUTE) return l10n.t('just now');
  if (ms < HOUR) return l10n.t('{0} min ago', Math.floor(ms / MINUTE));
  if (ms < DAY) return l10n.t('{0} h ago', Math.floor(ms / HOUR));
  return l10n.t('{0} d ago', Math.floor(ms / DAY));
}

/** A moment as said in passing: `14:05` today, `Mon 14:05` within a week, else `2 Dec, 14:05`. 24 hours, which nobody misreads. */
export function formatTime(at: number, now: number): string {
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  if (sameDay(at, now)) return dateFormat(time).format(at);
  if (Math.abs(at - now) < 6 * DAY) return dateFormat({ weekday: 'short', ...time }).format(at);
  return dateFormat({ day: 'numeric', month: 'short', ...time }).format(at);
}

/** A moment in a list where seconds count: `14:05:09` today, `22 Nov, 14:05:09` on other days. */
export function formatClock(at: number, now: number): string {
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
  return dateFormat(sameDay(at, now) ? time : { day: 'numeric', month: 'short', ...time }).format(at);
}

/** A moment in full: date and time to the second. */
export function formatMoment(at: number): string {
  return dateFormat({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(at);
}

function sameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

function tenths(value: number, exact: boolean): string {
  return numberFormat({ maximumFractionDigits: exact ? 1 : 0 }).format(value);
}
