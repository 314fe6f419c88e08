/** The value below which this share of the numbers lies. */
export function quantile(numbers: number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (numbers: number[]): number => quantile(numbers, 0.5);

/** Prints rows under a title, columns aligned. */
export function table(title: string, head: string[], rows: string[][]): void {
  const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]): string => cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ');
  console.log([`\n${title}`, line(head), ...rows.map(line)].join('\n'));
}
