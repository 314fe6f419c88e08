/** A form in which a secret may turn up in a text. */
export interface SecretForm {
  text: string;
  /** True where the characters beside it may hold some of its bits (base64 that does not begin or end at its bytes). */
  ragged: boolean;
}

/** Shorter texts are part of ordinary words too often to be looked for. */
export const SHORTEST_SECRET = 6;

/**
 * The forms of a secret that reading the text in another way (`readings.ts`) does not uncover: base64 of any text it is part of, both
 * alphabets; hexadecimal; form encoding; percent encoding beyond ASCII.
 */
export function formsOf(secret: string): SecretForm[] {
  const bytes = Buffer.from(secret, 'utf8');
  const forms = new Map<string, SecretForm>();
  const add = (text: string, ragged = false): void => {
    if (text.length >= SHORTEST_SECRET && !forms.has(text)) forms.set(text, { text, ragged });
  };
  add(secret);
  for (const text of percentForms(secret)) add(text);
  add(bytes.toString('hex'));
  add(bytes.toString('hex').toUpperCase());
  for (const shift of [0, 1, 2]) {
    const text = base64Core(bytes, shift);
    add(text, true);
    add(text.replaceAll('+', '-').replaceAll('/', '_'), true);
  }
  return [...forms.values()];
}

/** The characters of the base64 of `shift` unknown bytes, `bytes` and more unknown ones that are the same whatever those are. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
  return encoded.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

function percentForms(secret: string): string[] {
  const forms = / /.test(secret) ? [secret.replaceAll(' ', '+')] : [];
  // ASCII alone is read back by `readings.ts`, in whatever way it was encoded.
  if (!/[^\0-\x7f]/.test(secret)) return forms;
  try {
    const encoded = encodeURIComponent(secret);
    return [...forms, encoded, encoded.replace(/%../g, (code) => code.toLowerCase())];
  } catch {
    // Half a surrogate pair: no URL can hold it.
    return forms;
  }
}

/** Secrets inside a secret: the lines of a key of several lines, and the key fields of a credentials file in JSON. */
export function partsOf(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  const long = lines.length > 1 ? lines.filter((line) => line.length >= 20 && !line.startsWith('-----')) : [];
  return [...jsonSecrets(secret), ...long];
}

function jsonSecrets(secret: string): string[] {
  if (!secret.trimStart().startsWith('{')) return [];
  try {
    const fields: [string, unknown][] = Object.entries(JSON.parse(secret));
    const texts = fields.flatMap(([name, value]) => (/key|secret|token|password/i.test(name) && typeof value === 'string' ? [value] : []));
    return texts.flatMap((text) => [text, ...partsOf(text)]);
  } catch {
    return [];
  }
}
