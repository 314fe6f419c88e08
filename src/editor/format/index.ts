/** Figures and times as people read them, in the editor's language. Pure. */
export { useLocale } from './locale.ts';
export { formatPrice, formatUsd } from './money.ts';
export { formatContext, formatCount, formatPercent, formatTokens, wholePercent } from './numbers.ts';
export { formatAge, formatClock, formatCountdown, formatMoment, formatMs, formatTime } from './time.ts';
