import * as l10n from '@vscode/l10n';
import { numberFormat } from './locale.ts';

/** `1,204`. */
export function formatCount(count: number): string {
  return numberFormat({ maximumFractionDigits: 0 }).format(count);
}

/** Tokens: whole below ten thousand (`1,204`), then `60 K`, `1.8 M`, `2.1 B`. */
export function formatTokens(tokens: number): string {
  return Math.abs(tokens) < 10_000 ? formatCount(tokens) : scaled(tokens, 1000);
}

/** Size of a context as vendors name it: `128 K` for 131,072 as for 128,000, `1 M`. */
export function formatContext(tokens: number): string {
  if (tokens < 1000) return formatCount(tokens);
  // 128,000 is both; vendors who count in 1,024s rarely hit a round thousand.
  return scaled(tokens, tokens % 1000 !== 0 && tokens % 1024 === 0 ? 1024 : 1000);
}

/** `62 %`. What is not all stays below 100, what is not nothing above 0. */
export function formatPercent(percent: number): string {
  return l10n.t('{0} %', formatCount(wholePercent(percent)));
}

/** A percentage as a whole number that says neither "none" nor "all" before it is so. */
export function wholePercent(percent: number): number {
  if (percent <= 0) return 0;
  if (percent < 1) return 1;
  return percent < 100 ? Math.min(99, Math.round(percent)) : Math.round(percent);
}

function scaled(value: number, step: number): string {
  // 999,950 would become "1,000 K".
  if (Math.round(value / step) < step) return l10n.t('{0} K', short(value / step));
  const millions = value / step ** 2;
  return millions < 999.5 ? l10n.t('{0} M', short(millions)) : l10n.t('{0} B', short(millions / step));
}

/** One digit after the point below ten, where it says something. */
function short(value: number): string {
  return numberFormat({ maximumFractionDigits: value < 9.95 ? 1 : 0 }).format(value);
}
