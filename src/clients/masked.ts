/** A key as people may see it: `omr-…abcd`. One too short to tell four of its characters shows none. */
export function maskedKey(key: string): string {
  const prefix = /^[a-z]{2,4}-/.exec(key)?.[0] ?? '';
  return key.length - prefix.length < 12 ? `${prefix}…` : `${prefix}…${key.slice(-4)}`;
}

/** A text with this key masked wherever it stands. */
export function withoutKey(text: string, key: string): string {
  return key === '' ? text : text.replaceAll(key, maskedKey(key));
}

// A member that is named like a secret, and a text of some length: also keys of other services that stand beside ours.
const SECRET =
  /((?:key|token|secret|password|passwd|credential|authorization)["']?\]?[ \t]*[:=][ \t]*)(?:(["'`])((?:Bearer )?)([^"'`\r\n]{8,})\2|((?:Bearer )?)([^\s"'`,#{}[\]]{8,}))/gi;
// `${NAME}`, `{env:NAME}` and bare names of variables tell nothing.
const REFERENCE = /^(\$\{|\$[A-Z_]+$|\{env:|\{file:|[A-Z][A-Z0-9_]*$)|…/;

/** A text with the values of what is named like a secret masked. References to a variable stay. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(SECRET, (all: string, name: string, quote: string | undefined, a = '', quoted = '', b = '', bare = '') => {
    const value = quoted || bare;
    if (REFERENCE.test(value)) return all;
    return `${name}${quote ?? ''}${a || b}${maskedKey(value)}${quote ?? ''}`;
  });
}
