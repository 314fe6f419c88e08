import * as l10n from '@vscode/l10n';
import { error, type Problem, warning } from '../../input/ui.ts';

const QUOTES = /^(["'`])([\s\S]*)\1$/;
/** Copied out of a header or a shell's start-up file. */
const AROUND = /^(?:(?:authorization|x-api-key|api-key)\s*:\s*)?(?:bearer\s+)?/i;
const ASSIGNMENT = /^(?:export\s+)?[A-Z][A-Z0-9_]*(?:KEY|TOKEN)[A-Z0-9_]*=/;

/** A key as it was pasted, without what often comes along: spaces, quotes, `Bearer `, `export GROQ_API_KEY=`. */
export function cleanKey(pasted: string): string {
  const bare = (text: string): string => text.trim().replace(QUOTES, '$2').trim();
  return bare(bare(pasted).replace(AROUND, '').replace(ASSIGNMENT, ''));
}

/** What is wrong with a key as it was typed. The messages never repeat it. */
export function keyProblem(pasted: string, options: { optional: boolean; serviceAccount: boolean }): Problem | undefined {
  const key = cleanKey(pasted);
  if (key === '') return options.optional ? undefined : error(l10n.t('Enter the key, or press Escape.'));
  if (key.startsWith('{')) return keyFileProblem(key, options.serviceAccount);
  if (/[\r\n]/.test(key)) return error(l10n.t('A key has no line breaks. Is there more than the key?'));
  if (/[^\x20-\x7e]/.test(key)) return error(l10n.t('A key has only plain letters, digits and signs. Is there more than the key?'));
  if (/^https?:\/\//i.test(key)) return warning(l10n.t('This looks like an address, not like a key.'));
  if (/\s/.test(key)) return warning(l10n.t('This has a space in it, which keys usually have not.'));
  if (key.length < 8) return warning(l10n.t('This is shorter than keys usually are.'));
  return undefined;
}

function keyFileProblem(text: string, serviceAccount: boolean): Problem | undefined {
  if (!serviceAccount) return error(l10n.t('This is a JSON file, not a key.'));
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return error(l10n.t('This JSON is not complete. Copy the whole key file.'));
  }
}

/** A text of the gateway's or of a provider's, without the key should it have come back in it. */
export function withoutKey(text: string, key: string | undefined): string {
  return key === undefined || key.length < 4 ? text : text.replaceAll(key, '…');
}
