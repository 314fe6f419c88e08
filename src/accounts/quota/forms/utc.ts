/** The next midnight UTC that begins a day, a week (on Monday) or a month; milliseconds since the epoch. */
export function nextUtc(step: 'day' | 'week' | 'month', now: number): number {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (step) {
    case 'day':
      return Date.UTC(year, month, day + 1);
    case 'week':
      return Date.UTC(year, month, day + ((8 - date.getUTCDay()) % 7 || 7));
    case 'month':
      return Date.UTC(year, month + 1, 1);
  }
}
