import { structuredPatch } from 'diff';
import type { PreviewFile } from '../../clients/setup-contract.ts';
import type { Redactor } from '../../log/redact/redactor.ts';

const CONTEXT = 3;

/** A unified diff of one file, as people see it: our key masked, and whatever else in it looks like a secret. */
export function unifiedDiff({ path, exists, before, after, shown }: PreviewFile, redactor: Redactor): string {
  const { hunks } = structuredPatch(path, path, before, after, '', '', { context: CONTEXT });
  const masked = shown.split('\n');
  const lines = hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines: changed }) => {
    let at = newStart - 1;
    const head = `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`;
    const body = changed.map((line) => {
      const mark = line.slice(0, 1);
      const text = mark === '+' ? (masked[at] ?? '') : line.slice(1);
      if (mark === '+' || mark === ' ') at += 1;
      return mark === '\\' ? line : `${mark}${redactor.redact(text.replace(/\r$/, ''))}`;
    });
    return [head, ...body];
  });
  return [`--- ${exists ? path : '/dev/null'}`, `+++ ${path}`, ...lines].join('\n');
}
