import * as l10n from '@vscode/l10n';
import { numberFormat } from './locale.ts';

const STEP = 1024;

/** Memory and files: `812 KB`, `5.1 MB`, `1.2 GB`. */
export function formatBytes(bytes: number): string {
  if (bytes < STEP) return l10n.t('{0} B', number(bytes));
  if (bytes < STEP ** 2) return l10n.t('{0} KB', number(bytes / STEP));
  if (bytes < STEP ** 3) return l10n.t('{0} MB', number(bytes / STEP ** 2));
  return l10n.t('{0} GB', number(bytes / STEP ** 3));
}

function number(value: number): string {
  return numberFormat({ maximumFractionDigits: value < 9.95 ? 1 : 0 }).format(value);
}
