import { isObject, type Json } from '../../conversation/json.ts';

/** A bare key where TOML allows one, else a quoted one; several with dots. */
export function keyText(keys: readonly (string | number)[]): string {
  return keys.map((key) => (/^[A-Za-z0-9_-]+$/.test(String(key)) ? String(key) : textOf(String(key)))).join('.');
}

/** A value on one line. TOML has no null: an empty text stands for it, and the check after each edit refuses that. */
export function tomlText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(tomlText).join(', ')}]`;
  if (isObject(value)) {
    const pairs = Object.entries(value).map(([key, item]) => `${keyText([key])} = ${tomlText(item ?? null)}`);
    return pairs.length > 0 ? `{ ${pairs.join(', ')} }` : '{}';
  }
  return typeof value === 'string' ? textOf(value) : value === null ? '""' : String(value);
}

// Of what JSON escapes, TOML lacks nothing; DEL alone has to be escaped too.
function textOf(value: string): string {
  return JSON.stringify(value).replaceAll('\x7f', '\\u007F');
}
