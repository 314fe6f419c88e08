import { randomBytes } from 'node:crypto';

/** A marked secret of one run. */
export interface Canary {
  label: string;
  text: string;
  /** `client`: sent by the client itself, so it may come back to that client. `config`: stands in config.json by the user's own hand. */
  of: 'account' | 'client' | 'config';
}

const HEAD = 12;

/** The forms of a secret that are looked for: itself, percent-encoded, base64 (both alphabets), its first twelve characters and those reversed. */
export function formsOf({ text }: Canary): string[] {
  const base64 = Buffer.from(text).toString('base64').replace(/=+$/, '');
  const head = text.slice(0, HEAD);
  const percent = encodeURIComponent(text);
  const every = [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return [text, percent, every, base64, base64.replaceAll('+', '-').replaceAll('/', '_'), head, [...head].reverse().join('')];
}

/** Where secrets were found; empty when nowhere. */
export class Finds {
  readonly #canaries: readonly Canary[];
  readonly found = new Set<string>();
  searched = 0;

  constructor(canaries: readonly Canary[]) {
    this.#canaries = canaries;
  }

  /** Looks for all secrets but those that may stand there. */
  look(where: string, bytes: Buffer | string, allowed: (canary: Canary) => boolean = () => false): void {
    const text = (typeof bytes === 'string' ? bytes : bytes.toString('latin1')).toLowerCase();
    this.searched += 1;
    for (const canary of this.#canaries) {
      if (allowed(canary)) continue;
      const form = formsOf(canary).findIndex((each) => text.includes(each.toLowerCase()));
      if (form >= 0) this.found.add(`${canary.label} (form ${form}) in ${where}: ${around(text, formsOf(canary)[form] ?? '')}`);
    }
  }
}

function around(text: string, form: string): string {
  const at = text.indexOf(form.toLowerCase());
  return text.slice(Math.max(0, at - 60), at + 40).replace(/[^\x20-\x7e]/g, '.');
}

/** Random from its first character on, so that the first twelve are its own. */
const random = (length: number): string => {
  const digits = randomBytes(length * 2)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '');
  return `${digits.slice(0, length - 1)}7`;
};

/** A new set, in the forms that vendors' keys have and in others. */
export function newCanaries() {
  const all: Canary[] = [];
  const mark = (label: string, of: Canary['of'], text: string): string => {
    all.push({ label, of, text });
    return text;
  };
  const plain = (): string => `${random(14)}-canary/${random(10)}+=`;
  return {
    all,
    vaultKey: mark('account key in the vault', 'account', `${random(14)}canary${random(10)}`),
    skKey: mark('account key like sk-…', 'account', `sk-${random(40)}`),
    envKey: mark('account key in the environment', 'account', plain()),
    headerKey: mark('key in a header of its own', 'account', `AIza${random(35)}`),
    anthropicKey: mark('key in x-api-key', 'account', `k${random(30)}`),
    jwt: mark('key that is a JWT', 'account', `eyJ${random(24)}.${random(24)}.${random(24)}`),
    candidate: mark('key refused when it was added', 'account', plain()),
    rotated: mark('key an account was given later', 'account', `${random(30)}`),
    refusedRotation: mark('key refused when it was rotated', 'account', `${random(30)}`),
    serviceKey: mark('private key of a service account', 'account', random(60)),
    ownHeader: mark('header of an account', 'config', plain()),
    proxyPassword: mark('password of a proxy', 'config', `${random(18)}`),
    proxyPassword2: mark('password of a proxy that refuses', 'config', `${random(18)}`),
    urlPassword: mark('password in a base URL', 'config', `${random(18)}`),
    urlQuery: mark('query of a base URL', 'config', `${random(22)}`),
    passphrase: mark('passphrase of an export', 'account', `${random(24)}`),
    cliKey: mark('key given to the command line', 'account', `${random(24)}`),
    wrongBearer: mark('wrong gateway key as a bearer', 'client', `${random(30)}`),
    wrongQuery: mark('wrong gateway key in a query', 'client', `${random(30)}`),
    wrongHeader: mark('wrong gateway key in x-goog-api-key', 'client', `omr-${random(30)}`),
    basic: mark('basic authorization of a client', 'client', `${random(20)}`),
    cookie: mark('cookie of a client', 'client', `${random(30)}`),
    query: mark('query of an unknown route', 'client', `${random(30)}`),
    userAgent: mark('key in a User-Agent', 'client', `sk-${random(30)}`),
    modelKey: mark('key in the name of a model', 'client', `sk-${random(30)}`),
    prompt: mark('prompt', 'client', `${random(30)}`),
    answer: mark('answer', 'client', `${random(30)}`),
  };
}

export type Canaries = ReturnType<typeof newCanaries>;
