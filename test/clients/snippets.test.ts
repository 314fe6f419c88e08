import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KEY_VARIABLE, type Snippet, type SnippetOptions, snippets } from '../../src/clients/snippets.ts';
import { type House, house } from '../sdk/house.ts';

/** A Python that has openai, anthropic and google-genai; not on every machine. */
const PYTHON = process.env.OMNIROUTE_PYTHON;
const ROOT = resolve(import.meta.dirname, '../..');
const SAID = 'Hello from the other side.';
const ANSWER = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_700_000_000,
  model: 'model',
  choices: [{ index: 0, message: { role: 'assistant', content: SAID }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 9, completion_tokens: 6, total_tokens: 15 },
};

/** Each SDK as it is when a script gives it neither address nor key. */
const BARE = {
  openai: `import OpenAI from "openai";
const answer = await new OpenAI().chat.completions.create({ model: "MODEL", messages: [{ role: "user", content: "Hi" }] });
console.log(answer.choices[0].message.content);`,
  '@anthropic-ai/sdk': `import Anthropic from "@anthropic-ai/sdk";
const answer = await new Anthropic().messages.create({ model: "MODEL", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] });
console.log(answer.content[0].text);`,
  '@google/genai': `import { GoogleGenAI } from "@google/genai";
const answer = await new GoogleGenAI({}).models.generateContent({ model: "MODEL", contents: "Hi" });
console.log(answer.text);`,
};

/** Runs a program with `input`, while the gateway in this process goes on answering. Gives what it wrote; fails with its complaints. */
function run(program: string, args: string[], input: string, env: Record<string, string> = {}): Promise<string> {
  return new Promise((done, fail) => {
    const options = { cwd: ROOT, env: { PATH: process.env.PATH ?? '', ...env }, timeout: 30_000 };
    const child = execFile(program, args, options, (error, stdout, stderr) =>
      error ? fail(new Error(`${error.message}\n${stderr}`)) : done(stdout),
    );
    child.stdin?.end(input);
  });
}

describe('snippets, run for real against the gateway', () => {
  let there: House;
  beforeAll(async () => {
    there = await house();
  });
  afterAll(() => there.close());

  const all = (options?: SnippetOptions): Snippet[] =>
    snippets({ origin: there.target.url, key: there.target.key, model: there.model('openai-chat', 'model') }, options);

  function of(id: string, options?: SnippetOptions): string {
    const found = all(options).find((snippet) => snippet.id === id);
    if (!found) throw new Error(`no snippet ${id}`);
    return found.text;
  }

  function answerOnce(): void {
    const bytes = JSON.stringify(ANSWER);
    there.provider.script({
      label: 'hello',
      head: { status: 200, headers: { 'content-type': 'application/json' } },
      steps: [{ do: 'send', bytes }, { do: 'end' }],
    });
  }

  const KEYS = [['shown'], ['variable']] as const;
  describe.each(KEYS)('key %s', (key) => {
    const env = (): Record<string, string> => (key === 'variable' ? { [KEY_VARIABLE]: there.target.key } : {});

    it.each([
      ['curl-chat', 'openai-chat'],
      ['curl-responses', 'openai-responses'],
      ['curl-messages', 'anthropic-messages'],
      ['curl-gemini', 'gemini'],
    ])('%s is answered', async (id, dialect) => {
      answerOnce();
      expect(await run('bash', ['-s'], of(id, { key }).replace(/^curl /, 'curl -sS '), env())).toContain(SAID);
      expect(there.target.lastRecord()).toMatchObject({ dialect, client: 'curl', status: 200 });
    });

    it.each([['javascript-openai'], ['javascript-anthropic'], ['javascript-google-genai']])('%s is answered', async (id) => {
      answerOnce();
      expect(await run(process.execPath, ['--input-type=module'], of(id, { key }), env())).toBe(`${SAID}\n`);
    });

    it.skipIf(!PYTHON).each([['python-openai'], ['python-anthropic'], ['python-google-genai']])('%s is answered', async (id) => {
      answerOnce();
      expect(await run(PYTHON ?? '', ['-'], of(id, { key }), env())).toBe(`${SAID}\n`);
    });

    it('bash sets what the SDKs read', async () => {
      const printed = await run('bash', ['-s'], `${of('env-bash', { key })}env\n`, env());
      const url = there.target.url;
      for (const line of [
        `OPENAI_BASE_URL=${url}/v1`,
        `ANTHROPIC_BASE_URL=${url}`,
        `GOOGLE_GEMINI_BASE_URL=${url}`,
        ...['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'].map((name) => `${name}=${there.target.key}`),
      ])
        expect(printed.split('\n')).toContain(line);
    });

    it.each(Object.entries(BARE))('%s needs nothing but the variables', async (_name, script) => {
      answerOnce();
      const command = `${of('env-bash', { key })}exec "$NODE" --input-type=module -e '${script.replace('MODEL', there.model('openai-chat', 'model'))}'`;
      expect(await run('bash', ['-s'], command, { ...env(), NODE: process.execPath })).toBe(`${SAID}\n`);
    });
  });

  it('no text holds the key unless asked for; each says where it goes', () => {
    for (const { text } of all()) {
      expect(text).not.toContain(there.target.key);
      expect(text).toContain(KEY_VARIABLE);
    }
    for (const { text } of all({ key: 'shown' })) {
      expect(text).toContain(there.target.key);
      expect(text).not.toContain(KEY_VARIABLE);
    }
  });

  it('each has an id of its own', () => {
    const ids = all().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('texts of snippets', () => {
  const odd = { origin: 'http://127.0.0.1:20128', key: "or-'key", model: `it's "odd"` };
  const text = (id: string) => snippets(odd, { key: 'shown' }).find((snippet) => snippet.id === id)?.text ?? '';

  it('quotes for each shell', () => {
    expect(text('env-powershell')).toContain("$env:OPENAI_API_KEY = 'or-''key'\n");
    expect(text('env-fish')).toContain("set -gx OPENAI_API_KEY 'or-\\'key'\n");
    expect(text('env-bash')).toContain("export OPENAI_API_KEY='or-'\\''key'\n");
  });

  it('writes names that need it as each language does', async () => {
    const printed = await run('bash', ['-s'], text('curl-chat').replace(/^curl /, 'printf "%s\\n" '));
    const body = printed.split('\n').find((line) => line.startsWith('{')) ?? '';
    expect(JSON.parse(body)).toMatchObject({ model: odd.model });
    expect(text('python-openai')).toContain(`model="it's \\"odd\\"",`);
  });
});
