export type Cell = string | number | boolean | null | undefined;

/** RFC 4180, with a heading. Numbers stand as they are, to the last digit; what is not known is empty. */
export function csvOf(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return csvLines([heads, ...rows]);
}

function csvLines(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellText).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would run as a formula begins with an apostrophe (owasp.org, CSV Injection). */
function cellText(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
