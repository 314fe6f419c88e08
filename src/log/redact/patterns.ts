import type { Span } from './secret-index.ts';

/**
 * What a credential looks like where nobody told us of it. In each expression group 1, if any, is what stays; the rest of the match goes.
 * All run in linear time: nothing that can be long is followed by something required, and what is tried before that is bounded.
 */
interface Pattern {
  expression: RegExp;
  /** Whether what was found is one; absent: always. */
  accept?: (secret: string) => boolean;
}

/** Keys by the marks their makers gave them so that scanners find them. */
const MARKED_KEYS = new RegExp(
  `(?<![A-Za-z0-9])(?:${[
    '(?:sk|omr)-[A-Za-z0-9_-]{16,}',
    // Names in programs look like the rest of these, but for a digit.
    '(?:pk|rk|xai|pplx|csk|nvapi|glpat|dapi)-(?=[A-Za-z_-]{0,60}\\d)[A-Za-z0-9_-]{16,}',
    '(?:sk|pk|rk|gsk|hf|r8|fw|tgp|whsec)_(?=[A-Za-z_-]{0,60}\\d)[A-Za-z0-9_-]{16,}',
    'gh[pousr]_[A-Za-z0-9]{16,}',
    'github_pat_[A-Za-z0-9_]{16,}',
    'AIza[A-Za-z0-9_-]{20,}',
    'ya29\\.[A-Za-z0-9_-]{16,}',
    'xox[a-z]-[A-Za-z0-9-]{8,}',
    'xapp-[A-Za-z0-9-]{8,}',
    '(?:AKIA|ASIA)[A-Z0-9]{16}',
    // A JWT (RFC 7519): base64url of `{"`, and up to four more parts (JWE has five).
    'eyJ[A-Za-z0-9_-]{16,}(?:\\.[A-Za-z0-9_-]*){0,4}',
  ].join('|')})`,
  'g',
);

const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----|$)/g;
/** Not `Bearer ${key}` and `Bearer <key>` of instructions. */
const AUTHORIZATION =
  /(authorization["'\\]{0,4}\s{0,4}[:=]\s{0,4}["'\\]{0,4}(?:bearer|basic|token|apikey|digest|negotiate) {1,4})(?![$<{])[^\s"'\\,]{4,}/gi;
const BEARER = /(\bbearer\s{1,4})[A-Za-z0-9._~+/-]{8,}={0,2}/gi;
const BASIC = /(\bbasic\s{1,4})[A-Za-z0-9+/]{8,}={0,2}/gi;
const KEY_HEADER = /((?:x-[a-z-]{0,20}|\b)api-key["'\\]{0,4}\s{0,4}[:=]\s{0,4}["'\\]{0,4})[A-Za-z0-9+/_.~=-]{8,}/gi;
/** RFC 3986, section 3.2.1; up to the last `@`, as parsers read what was not escaped. */
const URL_PASSWORD = /(:\/\/)(?:[^\s/"'<>@:]{0,256}:[^\s/"'<>]{1,1024}|[^\s/"'<>@:]{16,512})(?=@)/g;
const QUERY =
  /([?&](?:(?:api|access|auth|subscription|x-goog-api|x-api)?[_-]?(?:key|token|secret)|password|passwd|pwd|sig|signature|code|(?:client|refresh|id|session|security)[_-](?:secret|token)|x-amz-(?:credential|signature|security-token))=)(?=[\w%.~+/*!@-])[^&\s"'`#<>]{1,4096}/gi;
/** A string of a JSON body under a name that says what it is. */
const JSON_FIELD =
  /("(?:password|passwd|passphrase|client_?secret|api_?key|(?:x-[a-z-]{0,20})?api-key|(?:access|refresh|id)_?token|private_?key|secret_?access_?key)"\s{0,4}:\s{0,4}")(?:[^"\\]|\\.)+/gi;
/** `API key provided: …`, `"secret":"…"`, `TOKEN=…`. */
const AFTER_WORD =
  /((?:key|token|secret|password|passwd|passphrase|pwd)(?: (?:is|was|provided|given|value)){0,2}["'\\]{0,4}[\s:=]{1,4}["'`\\(<]{0,4})[A-Za-z0-9+/_.~-]{15,}[A-Za-z0-9+/_~-]={0,2}/gi;

const PATTERNS: readonly Pattern[] = [
  { expression: PRIVATE_KEY },
  { expression: MARKED_KEYS },
  { expression: AUTHORIZATION },
  { expression: BEARER, accept: notOneWord },
  { expression: BASIC, accept: isUserAndPassword },
  { expression: KEY_HEADER, accept: notOneWord },
  { expression: URL_PASSWORD },
  { expression: QUERY },
  { expression: JSON_FIELD },
  { expression: AFTER_WORD, accept: looksRandom },
];

/** Where credentials stand in a text, as far as their form or the words before them tell. */
export function findPatterns(text: string): Span[] {
  const spans: Span[] = [];
  for (const { expression, accept } of PATTERNS) {
    for (const match of text.matchAll(expression)) {
      const kept = match[1]?.length ?? 0;
      if (accept && !accept(match[0].slice(kept))) continue;
      spans.push({ start: match.index + kept, end: match.index + match[0].length });
    }
  }
  return spans;
}

/** "bearer authentication" is prose. */
function notOneWord(text: string): boolean {
  return text.length >= 24 || !/^[A-Za-z]?[a-z-]*[.,;:]?$/.test(text);
}

/** RFC 7617: base64 of `user:password`. */
function isUserAndPassword(text: string): boolean {
  return /^[^:\p{Cc}\ufffd]*:[^\p{Cc}\ufffd]*$/u.test(Buffer.from(text, 'base64').toString('utf8'));
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KNOWN_ID = /^(?:req|msg|resp|chatcmpl|call|toolu|run|gen|batch|file|rs|fc)[_-]/;

/** A run of letters and digits like no word, path, version, time or id. */
function looksRandom(text: string): boolean {
  if (UUID.test(text) || KNOWN_ID.test(text)) return false;
  const longest = text.split(/[^A-Za-z0-9]+/).reduce((best, piece) => (piece.length > best.length ? piece : best), '');
  if (longest.length < 12) return false;
  return /\d/.test(longest) && /[A-Za-z]/.test(longest);
}
