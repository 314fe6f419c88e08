import * as l10n from '@vscode/l10n';
import { error, type Problem } from '../../input/ui.ts';

/** Reading of what is typed into a field: the value to send (`null`: none), or what is wrong with it. */
export type Read<T> = { ok: true; value: T | null } | { ok: false; problem: Problem };

const good = <T>(value: T | null): Read<T> => ({ ok: true, value });
const bad = (message: string): { ok: false; problem: Problem } => ({ ok: false, problem: error(message) });

export function problemOf(read: Read<unknown>): Problem | undefined {
  return read.ok ? undefined : read.problem;
}

/** A whole number above 0; empty: no limit. */
export function readCount(text: string): Read<number> {
  const typed = text.trim();
  if (typed === '') return good<number>(null);
  const value = Number(typed);
  return Number.isSafeInteger(value) && value > 0 ? good(value) : bad(l10n.t('Enter a whole number above 0, or nothing for no limit.'));
}

/** Milliseconds between two requests, as the gateway takes them. */
export function readGap(text: string): Read<number> {
  const read = readCount(text);
  return read.ok && read.value !== null && read.value > 600_000 ? bad(l10n.t('At most {0} ms.', 600_000)) : read;
}

/** A whole number of either sign. */
export function readPriority(text: string): Read<number> {
  const value = Number(text.trim());
  return text.trim() !== '' && Number.isSafeInteger(value) ? good(value) : bad(l10n.t('Enter a whole number. The smallest comes first.'));
}

export function readPercent(text: string): Read<number> {
  const typed = text.trim().replace(/\s*%$/, '').replace(',', '.');
  if (typed === '') return good<number>(null);
  const value = Number(typed);
  return value >= 0 && value <= 100 ? good(value) : bad(l10n.t('Enter a number from 0 to 100.'));
}

/** Patterns with commas between them; empty: none. */
export function readPatterns(text: string): Read<string[]> {
  const patterns = text.split(',').flatMap((pattern) => pattern.trim() || []);
  if (patterns.some((pattern) => pattern.length > 200)) return bad(l10n.t('A pattern has at most {0} characters.', 200));
  return good(patterns.length === 0 ? null : patterns);
}

/** The first part of model names; empty: the provider's own. */
export function readPrefix(text: string): Read<string> {
  const typed = text.trim();
  if (/[\s/]/.test(typed)) return bad(l10n.t('A prefix has no spaces and no slashes.'));
  return typed.length > 100 ? bad(l10n.t('A prefix has at most {0} characters.', 100)) : good(typed === '' ? null : typed);
}

export function readProxy(text: string): Read<string> {
  const typed = text.trim();
  if (typed === '') return good<string>(null);
  const fits = URL.canParse(typed) && /^(?:https?|socks5h?):$/.test(new URL(typed).protocol);
  return fits ? good(typed) : bad(l10n.t('Enter an address such as http://proxy.example.com:8080 or socks5://127.0.0.1:1080.'));
}
