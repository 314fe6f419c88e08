import { createTwoFilesPatch } from 'diff';
import { withoutSecrets } from './masked.ts';
import type { Preview } from './setup-contract.ts';

/** The change as `diff -u` writes it, one after the other, with no key in it; empty when nothing would change. */
export function unifiedDiff(preview: Extract<Preview, { ok: true }>): string {
  return preview.files
    .filter(({ before, after }) => before !== after)
    .map(({ path, exists, before, shown }) => {
      const from = exists ? path : '/dev/null';
      return createTwoFilesPatch(from, path, withoutSecrets(before), withoutSecrets(shown), undefined, undefined, { context: 3 }).replace(
        /^(?:Index: .*\n)?=+\n/,
        '',
      );
    })
    .join('');
}
