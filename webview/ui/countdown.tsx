import type { VNode } from 'preact';
import { formatCountdown, formatTime } from '../../src/editor/format/index.ts';
import { useNow } from '../app.ts';

/** The time left until a moment (milliseconds since the epoch). */
export function Countdown({ until }: { until: number }): VNode {
  const now = useNow();
  return (
    <time class="figure" dateTime={new Date(until).toISOString()} title={formatTime(until, now)}>
      {formatCountdown(until - now)}
    </time>
  );
}
