import { REDACTED, type Redactor } from './redact/redactor.ts';

const MOST_TEXT = 4096;
const MOST_ITEMS = 100;
const MOST_DEPTH = 6;
/** Names under which nothing is ever shown. `key` and `credential` are not among them: they name a gateway key, or refer to a secret. */
const SECRET_NAME =
  /(?:^|[_-])(?:api[_-]?key|authorization|cookie|password|passphrase|secret|(?:access|refresh|id|auth)[_-]?token|private[_-]?key)$/i;

/** A value as plain JSON without secrets, bounded in depth, items and length. Never throws. */
export function safeValue(value: unknown, redactor: Redactor, depth = 0): unknown {
  try {
    return written(value, redactor, depth);
  } catch (error) {
    return `[cannot be shown: ${redactor.redactUpTo(error instanceof Error ? error.message : typeof error, 200)}]`;
  }
}

function written(value: unknown, redactor: Redactor, depth: number): unknown {
  if (typeof value === 'string') return redactor.redactUpTo(value, MOST_TEXT);
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (typeof value === 'number') return numberOf(value, redactor);
  if (typeof value !== 'object') return redactor.redactUpTo(String(value), MOST_TEXT);
  if (depth >= MOST_DEPTH) return Array.isArray(value) ? '[more items]' : '[more fields]';
  if (value instanceof Error) return fieldsOf(errorFields(value), redactor, depth);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return itemsOf(value, redactor, depth);
  if (value instanceof Map || value instanceof Set) return itemsOf([...value], redactor, depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return safeValue(value.toJSON(), redactor, depth + 1);
  return fieldsOf(value, redactor, depth);
}

/** A secret of digits alone is one as a number, too. */
function numberOf(value: number, redactor: Redactor): unknown {
  if (!Number.isFinite(value)) return String(value);
  const text = String(value);
  const redacted = redactor.redact(text);
  return redacted === text ? value : redacted;
}

function itemsOf(items: readonly unknown[], redactor: Redactor, depth: number): unknown[] {
  const shown = items.slice(0, MOST_ITEMS).map((item) => safeValue(item, redactor, depth + 1));
  return items.length > MOST_ITEMS ? [...shown, `[${items.length - MOST_ITEMS} more]`] : shown;
}

function fieldsOf(value: object, redactor: Redactor, depth: number): Record<string, unknown> {
  const names = Object.keys(value);
  const shown = names.slice(0, MOST_ITEMS).map((name) => [redactor.redactUpTo(name, 200), fieldOf(value, name, redactor, depth)]);
  const rest = names.length > MOST_ITEMS ? { '…': `[${names.length - MOST_ITEMS} more]` } : {};
  return { ...Object.fromEntries(shown), ...rest };
}

function fieldOf(value: object, name: string, redactor: Redactor, depth: number): unknown {
  try {
    const field: unknown = Reflect.get(value, name);
    return SECRET_NAME.test(name) && typeof field === 'string' ? REDACTED : safeValue(field, redactor, depth + 1);
  } catch {
    // A getter that throws.
    return '[cannot be read]';
  }
}

function errorFields(error: Error): object {
  const { name, message, stack, cause } = error;
  return { ...error, name, message, ...(stack === undefined ? {} : { stack }), ...(cause === undefined ? {} : { cause }) };
}
