import { dateFormat } from '../../../src/editor/format/locale.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A point's time as it is said with its values: a day, or day and hour, as fine as the points are. */
export function formatPoint(at: number, step: number): string {
  if (step >= 27 * DAY) return dateFormat({ month: 'long', year: 'numeric' }).format(at);
  if (step >= DAY - HOUR) return dateFormat({ weekday: 'short', day: 'numeric', month: 'short' }).format(at);
  return dateFormat({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** Times at an axis: the date where a new one begins, else the hour. `apart`: between two of them. */
export function formatAxis(moments: readonly number[], apart: number): string[] {
  if (apart >= 27 * DAY) return moments.map((at) => dateFormat({ month: 'short', year: '2-digit' }).format(at));
  if (apart >= DAY - HOUR) return moments.map((at) => dateFormat({ day: 'numeric', month: 'short' }).format(at));
  const time = dateFormat({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return moments.map((at) => (new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0 ? formatDay(at) : time.format(at)));
}

function formatDay(at: number): string {
  return dateFormat({ day: 'numeric', month: 'short' }).format(at);
}
