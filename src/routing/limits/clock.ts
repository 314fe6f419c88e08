/** A moment for people, in the machine's time zone: `14:05`, with the date when it is not today. */
export function clock(at: number, now: number): string {
  const when = new Date(at);
  const time = `${two(when.getHours())}:${two(when.getMinutes())}`;
  return when.toDateString() === new Date(now).toDateString()
    ? time
    : `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())} ${time}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
