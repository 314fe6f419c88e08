const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `90s`, `30m`, `24h`, `30d`, `2w` or `0` in milliseconds; `undefined` when it is no such thing. */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0;
  const [, amount, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const factor = UNITS[unit ?? ''];
  return factor === undefined ? undefined : Number(amount) * factor;
}

/** A day (`2027-01-01`: its start on this machine) or an ISO 8601 time; `undefined` when it is no such thing. */
export function dateOf(text: string): Date | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    // A day alone is read as UTC by the language; people mean their own.
    const day = new Date(`${text}T00:00`);
    return day.getDate() === Number(text.slice(8)) ? day : undefined;
  }
  const moment = /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : undefined;
  return moment && Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** A moment of the past in milliseconds since the epoch: so long ago (`7d`), a day, an ISO 8601 time; `undefined` when it is none. */
export function pastMoment(text: string, now: number): number | undefined {
  const ms = durationMs(text);
  return ms === undefined ? dateOf(text)?.getTime() : now - ms;
}
