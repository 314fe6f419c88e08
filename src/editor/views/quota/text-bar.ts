const CELLS = 8;

/** `▰▰▰▱▱▱▱▱`: full only when all is used, empty only when nothing is. */
export function textBar(percent: number): string {
  const share = Math.min(100, Math.max(0, percent)) / 100;
  const cells = share === 0 || share === 1 ? share * CELLS : Math.min(CELLS - 1, Math.max(1, Math.round(share * CELLS)));
  return '▰'.repeat(cells) + '▱'.repeat(CELLS - cells);
}
