const SIMPLE: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  '\\': '\\',
  '/': '/',
};
const JSON_NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])/y;
const JSON5_NUMBER = /([+-]?)(0[xX][\da-fA-F]+|Infinity|NaN|(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.+-])/y;

/** The character that an escape at `at` (a backslash) means, and where it ends; RFC 8259 section 7, json5.org section 5. */
export function readEscape(text: string, at: number, isJson5: boolean): { value: string; end: number } | undefined {
  const char = text[at + 1];
  if (char === undefined) return undefined;
  if (char === 'u') return hex(text, at + 2, 4);
  const simple = SIMPLE[char];
  if (simple !== undefined) return { value: simple, end: at + 2 };
  return isJson5 ? json5Escape(text, at, char) : undefined;
}

function json5Escape(text: string, at: number, char: string): { value: string; end: number } | undefined {
  if (char === 'x') return hex(text, at + 2, 2);
  if (char === '\r' && text[at + 2] === '\n') return { value: '', end: at + 3 };
  if (/[\n\r\u2028\u2029]/.test(char)) return { value: '', end: at + 2 };
  if (char === 'v') return { value: '\v', end: at + 2 };
  if (char === '0' && !/\d/.test(text[at + 2] ?? '')) return { value: '\0', end: at + 2 };
  return /\d/.test(char) ? undefined : { value: char, end: at + 2 };
}

function hex(text: string, from: number, digits: number): { value: string; end: number } | undefined {
  const code = text.slice(from, from + digits);
  if (code.length !== digits || !/^[\da-fA-F]+$/.test(code)) return undefined;
  return { value: String.fromCharCode(Number.parseInt(code, 16)), end: from + digits };
}

/** The number at `at`, and where it ends. */
export function scanNumber(text: string, at: number, isJson5: boolean): { value: number; end: number } | undefined {
  const pattern = isJson5 ? JSON5_NUMBER : JSON_NUMBER;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [all, sign, digits = all] = found;
  return { value: sign === '-' ? -Number(digits) : Number(digits), end: at + all.length };
}
