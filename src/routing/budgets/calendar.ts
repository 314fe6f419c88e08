/** Today and this month by the machine's time zone. Times are milliseconds since the epoch. */
export interface Today {
  /** `2026-11-22` */
  day: string;
  /** `2026-11` */
  month: string;
  lastMonth: string;
  startsAt: number;
  dayEndsAt: number;
  monthEndsAt: number;
}

/**
 * The calendar day that holds `now`. Ends are the next local midnights, or the first moment of the day where a clock change skips
 * midnight, so a day may have 23 or 25 hours.
 */
export function todayAt(now: number): Today {
  const date = new Date(now);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return {
    day: `${monthName(year, month)}-${two(day)}`,
    month: monthName(year, month),
    lastMonth: month === 0 ? monthName(year - 1, 11) : monthName(year, month - 1),
    startsAt: new Date(year, month, day).getTime(),
    dayEndsAt: new Date(year, month, day + 1).getTime(),
    monthEndsAt: new Date(year, month + 1, 1).getTime(),
  };
}

function monthName(year: number, month: number): string {
  return `${year}-${two(month + 1)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
