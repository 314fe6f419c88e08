import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REDACTED, Redactor } from '../../src/log/redact/redactor.ts';

/** Secrets as they are: printable, at least six characters, and not the mark itself. */
const secrets = fc
  .oneof(
    fc.string({ minLength: 6, maxLength: 80 }),
    fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }),
    fc.base64String({ minLength: 8 }),
  )
  .filter((text) => text.length >= 6 && !REDACTED.includes(text));
const around = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String());

function knowing(...all: string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of all) redactor.add(secret);
  return redactor;
}

describe('registered secrets', () => {
  it('never survive, whatever surrounds them', () => {
    fc.assert(
      fc.property(fc.array(secrets, { minLength: 1, maxLength: 5 }), fc.array(around, { minLength: 6, maxLength: 6 }), (all, texts) => {
        const redactor = knowing(...all);
        const text = texts.map((part, n) => part + (all[n] ?? '')).join('');
        const redacted = redactor.redact(text);
        for (const secret of all) expect(redacted).not.toContain(secret);
      }),
      { numRuns: 1000 },
    );
  });

  const encoded: Record<string, (secret: string) => string> = {
    'percent-encoded': encodeURIComponent,
    'percent-encoded in lower case': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
    'percent-encoded in full': (secret) => [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
    'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
    'form-encoded': (secret) => new URLSearchParams({ a: secret }).toString().slice(2),
    'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
    'JSON-escaped twice': (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
    'JSON-escaped in full': (secret) => [...secret].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    'JSON-escaped, then percent-encoded': (secret) => encodeURIComponent(JSON.stringify(secret).slice(1, -1)),
    hexadecimal: (secret) => Buffer.from(secret).toString('hex'),
    'upper-case hexadecimal': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  };

  for (const [name, encode] of Object.entries(encoded)) {
    it(`are found ${name}`, () => {
      fc.assert(
        fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 60 }), (secret) => {
          fc.pre(!REDACTED.includes(secret) && secret.trim().length > 5);
          expect(knowing(secret).redact(`before ${encode(secret)} after`)).toBe(`before ${REDACTED} after`);
        }),
      );
    });
  }

  it('are found in the base64 of any text they are part of, both alphabets', () => {
    fc.assert(
      fc.property(secrets, fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (secret, before, after) => {
        const bytes = Buffer.from(before + secret + after);
        for (const alphabet of ['base64', 'base64url'] as const) {
          const shown = knowing(secret).redact(bytes.toString(alphabet));
          const rest = shown.split(REDACTED).map((part) => Buffer.from(part, alphabet).toString('latin1'));
          expect(shown).toContain(REDACTED);
          expect(rest.some((part) => part.includes(Buffer.from(secret).toString('latin1')))).toBe(false);
        }
      }),
    );
  });

  it('are found where they are not ASCII, percent-encoded', () => {
    expect(knowing('pässwörd-ü').redact(`x=${encodeURIComponent('pässwörd-ü')}`)).toBe(`x=${REDACTED}`);
  });

  it('are found line by line, and in the key fields of a credentials file', () => {
    const body = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw';
    const file = JSON.stringify({
      type: 'service_account',
      client_email: 'a@b.example',
      private_key: `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`,
      client_secret: 'hush-hush-1',
    });
    const redactor = knowing(file);
    expect(redactor.redact(`a ${body} b hush-hush-1 c`)).toBe(`a ${REDACTED} b ${REDACTED} c`);
    expect(redactor.redact('service_account a@b.example')).toBe('service_account a@b.example');
  });

  it('next to each other give one mark', () => {
    expect(knowing('abcdef', 'defghi').redact('xabcdefghiabcdefx')).toBe(`x${REDACTED}x`);
  });

  it('that a mark would make anew are gone as well', () => {
    const redacted = knowing('abcdef', `x${REDACTED}y`).redact('xabcdefy');
    expect(redacted).not.toContain(`x${REDACTED}y`);
  });

  it('of less than six characters, and parts of the mark, are left alone', () => {
    const redactor = knowing('abcde', 'redacted', '');
    expect(redactor.size).toBe(0);
    expect(redactor.redact('abcde redacted')).toBe('abcde redacted');
  });

  it('are forgotten from the oldest on, beyond the most there may be', () => {
    const redactor = new Redactor({ most: 2 });
    for (const secret of ['first-one', 'second-one', 'third-one']) redactor.add(secret);
    expect(redactor.size).toBe(2);
    expect(redactor.redact('first-one second-one third-one')).toBe(`first-one ${REDACTED} ${REDACTED}`);
  });

  it('leave no half where a text is cut', () => {
    const secret = 'A'.repeat(10) + 'secret'.repeat(20);
    const redactor = knowing(secret);
    for (let before = 1000 - secret.length - 2; before <= 1002; before += 1) {
      const shown = redactor.redactUpTo(`${'.'.repeat(before)}${secret}${'.'.repeat(9000)}`, 1000);
      expect(shown).not.toContain('AAA');
      expect(shown).toMatch(/… \[cut: \d+ characters in all\]$/);
    }
    const many = redactor.redactUpTo(secret.repeat(100), 1000);
    expect(many).not.toContain('AAA');
  });
});

describe('time', () => {
  const kilobytes = 256;
  const hostile: Record<string, string> = {
    'begun keys': 'sk-'.repeat(100_000),
    'begun tokens': 'eyJ-'.repeat(70_000),
    'begun headers': 'authorization: bearer '.repeat(12_000),
    'begun URLs': 'a://b:'.repeat(45_000),
    'a URL without end': `https://${'a:'.repeat(130_000)}`,
    'begun private keys': '-----BEGIN PRIVATE KEY-----'.repeat(9000),
    'begun fields': '"password":"'.repeat(20_000),
    'begun strings': `"password":"${'\\\\'.repeat(120_000)}`,
    'begun queries': '?key='.repeat(50_000),
    'words for keys': 'key: token= secret '.repeat(14_000),
    'one letter': 'a'.repeat(262_144),
    escapes: '\\u0041'.repeat(43_000),
    percents: '%2525'.repeat(52_000),
    dashes: '-'.repeat(262_144),
    spaces: 'bearer'.concat(' '.repeat(262_144)),
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`grows with the length alone: ${name}`, () => {
      const redactor = knowing('aaaaaaab', 'sk-sk-sk-x', ...Array.from({ length: 500 }, (_, n) => `sk-ant-api03-${n}-abcdefghijklmnop`));
      redactor.redact('warm');
      const started = performance.now();
      redactor.redact(text);
      // 256 KB; whatever is quadratic takes minutes.
      expect(performance.now() - started).toBeLessThan(kilobytes * 10);
    });
  }

  it('of an ordinary line is short, however many secrets there are', () => {
    const redactor = knowing(...Array.from({ length: 2000 }, (_, n) => `sk-ant-api03-${n}-${'abcdefghij'.repeat(8)}`));
    const line = 'req_0123456789abcdef0123456789abcdef openai-chat best → groq/openai/gpt-oss-120b 200 812 ms, 1204→88 tokens';
    redactor.redact(line);
    const started = performance.now();
    for (let n = 0; n < 1000; n += 1) redactor.redact(line);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('what nobody told of', () => {
  const found: [string, string][] = [
    ['Authorization: Bearer abcdefgh12345678', `Authorization: Bearer ${REDACTED}`],
    ['{"authorization":"Basic dXNlcjpwYXNzd29yZA=="}', `{"authorization":"Basic ${REDACTED}"}`],
    ['{\\"Authorization\\": \\"token onlyletters\\"}', `{\\"Authorization\\": \\"token ${REDACTED}\\"}`],
    ['sent Bearer abc123def456 to it', `sent Bearer ${REDACTED} to it`],
    ['Basic dXNlcjpwYXNzd29yZA==', `Basic ${REDACTED}`],
    ['Incorrect API key provided: sk-proj-abcdefghijklmnop1234.', `Incorrect API key provided: ${REDACTED}.`],
    ['x-api-key: sk-ant-api03-AbCdEfGhIjKlMnOp_-x', `x-api-key: ${REDACTED}`],
    ['AIzaSyA1234567890abcdefghijklmnopqrstuv', REDACTED],
    ['key omr-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg used', `key ${REDACTED} used`],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789 gho_abcdefghijklmnopqrst0123', `${REDACTED} ${REDACTED}`],
    ['github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz', REDACTED],
    ['xoxb-123456789012-abcdefghijkl', REDACTED],
    ['gsk_abcdefghijklmnop1234567890', REDACTED],
    ['a eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U b', `a ${REDACTED} b`],
    ['via http://user:pass@word@proxy.example:8080/x', `via http://${REDACTED}@proxy.example:8080/x`],
    ['socks5://ab12cd34ef56gh78ij@proxy.example', `socks5://${REDACTED}@proxy.example`],
    ['GET /v1/models?key=abc&alt=sse', `GET /v1/models?key=${REDACTED}&alt=sse`],
    ['https://h.example/x?a=1&api_key=s3cr3t&token=t#f', `https://h.example/x?a=1&api_key=${REDACTED}&token=${REDACTED}#f`],
    ['AKIAIOSFODNN7EXAMPLE', REDACTED],
    ['aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY', `aws_secret_access_key = ${REDACTED}`],
    ['a -----BEGIN RSA PRIVATE KEY-----\nMIIE\nxyz\n-----END RSA PRIVATE KEY----- b', `a ${REDACTED} b`],
    ['-----BEGIN PRIVATE KEY-----\\nMIIE and cut', REDACTED],
    ['{"api_secret":"0123456789abcdef0123456789abcdef"}', `{"api_secret":"${REDACTED}"}`],
    ['{"user":"a","password":"hunter2","n":1}', `{"user":"a","password":"${REDACTED}","n":1}`],
    ['"{\\"apiKey\\": \\"a\\\\\\"b c\\"}"', `"{\\"apiKey\\": \\"${REDACTED}\\"}"`],
    ['https://h.example/cb%3Ftoken%3Dabcdef', `https://h.example/cb%3Ftoken%3D${REDACTED}`],
    ['sk%2Dproj%2Dabcdefghijklmnop1234', REDACTED],
  ];
  for (const [text, shown] of found) {
    it(`is found: ${text.slice(0, 60).replaceAll('\n', ' ')}`, () => expect(new Redactor().redact(text)).toBe(shown));
  }

  const ordinary = [
    'req_0123456789abcdef0123456789abcdef openai-chat best → groq/openai/gpt-oss-120b 200 812 ms, 1204→88 tokens',
    'key req_0123456789abcdef0123456789abcdef',
    'token: 123e4567-e89b-12d3-a456-426614174000 at 2026-11-22T19:31:14.000Z',
    'claude-sonnet-4-5-20250929, gemini-2.5-flash-preview-09-2025, accounts/fireworks/models/llama-v3p1-405b-instruct',
    'Basic authentication is required; bearer authentication is not. basic JavaScript, bearer token expected.',
    'the api-key: missing, authorization: required',
    'http://127.0.0.1:20128/v1/chat/completions?alt=sse and https://h.example/a@b',
    'the key "work-laptop" was used; key: default; token count 123456789012; max_tokens=4096',
    'task-force-something-long-name risk-assessment-of-the-thing hf_hub_download_of_a_file',
    'C:\\new\\table\\u0041 100% 50%25 off',
    'git@github.com:owner/name.git mailto:a@b.example',
    'chatcmpl-9f8e7d6c5b4a toolu_01A09q90qw90lq917835lq9 msg_013Zva2CMHLNnjNjJKqJ2EF',
  ];
  for (const text of ordinary) it(`is not seen in: ${text.slice(0, 60)}`, () => expect(new Redactor().redact(text)).toBe(text));

  it('is not seen in the source of this project', () => {
    const redactor = new Redactor();
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      for (const line of readFileSync(join('src', file), 'utf8').split('\n')) expect(redactor.redact(line), file).toBe(line);
    }
  });
});
