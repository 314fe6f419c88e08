import type { Setup } from './client.ts';

/** A text to copy, for a tool or a script that is not in our list. */
export interface Snippet {
  id: string;
  title: string;
  /** As editors name it, for highlighting. */
  language: 'shellscript' | 'powershell' | 'fish' | 'python' | 'javascript' | 'plaintext';
  text: string;
}

export interface SnippetOptions {
  /** The key as it is, or the variable `OMNIROUTE_KEY` in its place. Default: the variable. */
  key?: 'shown' | 'variable';
}

export const KEY_VARIABLE = 'OMNIROUTE_KEY';

const PROMPT = 'Say hello.';

/** What the texts are made of. */
interface Parts {
  origin: string;
  model: string;
  /** The key when it is to be seen. */
  key: string | undefined;
}

/** Texts that point any tool at the gateway: base URLs, variables, `curl`, Python and JavaScript, in every dialect that the gateway speaks. */
export function snippets(setup: Pick<Setup, 'origin' | 'key' | 'model'>, options: SnippetOptions = {}): Snippet[] {
  const parts = { origin: setup.origin, model: setup.model, key: options.key === 'shown' ? setup.key : undefined };
  return [baseUrls(parts), ...variables(parts), ...curls(parts), ...python(parts), ...javascript(parts)];
}

function baseUrls({ origin, key, model }: Parts): Snippet {
  const text = [
    `OpenAI (Chat Completions, Responses)   ${origin}/v1`,
    `Anthropic (Messages)                   ${origin}`,
    `Gemini (generateContent)               ${origin}`,
    '',
    `Key     ${key ?? `$${KEY_VARIABLE}`}`,
    `Model   ${model}`,
    '',
    'The key goes as “Authorization: Bearer …”, “x-api-key” or “x-goog-api-key”. Some tools want /v1beta after the Gemini address.',
  ];
  return { id: 'base-urls', title: 'Base URLs', language: 'plaintext', text: lines(text) };
}

/** The variables that the official SDKs read, and with them most tools. */
function variables(parts: Parts): Snippet[] {
  const { origin } = parts;
  const urls = { OPENAI_BASE_URL: `${origin}/v1`, ANTHROPIC_BASE_URL: origin, GOOGLE_GEMINI_BASE_URL: origin };
  const keys = ['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'];
  return SHELLS.map(({ id, title, language, set, quote, variable }) => {
    const key = parts.key === undefined ? variable : quote(parts.key);
    const text = [...Object.entries(urls).map(([name, url]) => set(name, quote(url))), ...keys.map((name) => set(name, key))];
    return { id: `env-${id}`, title, language, text: lines(text) };
  });
}

interface Shell {
  id: string;
  title: string;
  language: Snippet['language'];
  set(name: string, value: string): string;
  /** So that the shell takes the text as it is. */
  quote(text: string): string;
  /** The key's variable, quoted. */
  variable: string;
}

const SHELLS: readonly Shell[] = [
  {
    id: 'bash',
    title: 'Environment (bash, zsh)',
    language: 'shellscript',
    set: (name, value) => `export ${name}=${value}`,
    quote: shellQuoted,
    variable: `"$${KEY_VARIABLE}"`,
  },
  {
    id: 'powershell',
    title: 'Environment (PowerShell)',
    language: 'powershell',
    set: (name, value) => `$env:${name} = ${value}`,
    quote: (text) => `'${text.replaceAll("'", "''")}'`,
    variable: `$env:${KEY_VARIABLE}`,
  },
  {
    id: 'fish',
    title: 'Environment (fish)',
    language: 'fish',
    set: (name, value) => `set -gx ${name} ${value}`,
    quote: (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
    variable: `$${KEY_VARIABLE}`,
  },
];

function curls(parts: Parts): Snippet[] {
  const { origin, model } = parts;
  const messages = [{ role: 'user', content: PROMPT }];
  const contents = [{ role: 'user', parts: [{ text: PROMPT }] }];
  const gemini = `${origin}/v1beta/models/${encodeURIComponent(model)}:generateContent`;
  return [
    curl('chat', 'Chat Completions', `${origin}/v1/chat/completions`, ['Authorization: Bearer ', parts], { model, messages }),
    curl('responses', 'Responses', `${origin}/v1/responses`, ['Authorization: Bearer ', parts], { model, input: PROMPT }),
    curl('messages', 'Anthropic Messages', `${origin}/v1/messages`, ['x-api-key: ', parts], { model, max_tokens: 1024, messages }, [
      'anthropic-version: 2023-06-01',
    ]),
    curl('gemini', 'Gemini', gemini, ['x-goog-api-key: ', parts], { contents }),
  ];
}

function curl(id: string, title: string, url: string, [header, parts]: [string, Parts], body: unknown, more: string[] = []): Snippet {
  const key = parts.key === undefined ? `"${header}$${KEY_VARIABLE}"` : shellQuoted(header + parts.key);
  const headers = [key, ...['Content-Type: application/json', ...more].map(shellQuoted)];
  const text = [`curl ${shellQuoted(url)}`, ...headers.map((value) => `-H ${value}`), `-d ${shellQuoted(JSON.stringify(body))}`];
  return { id: `curl-${id}`, title: `curl: ${title}`, language: 'shellscript', text: `${text.join(' \\\n  ')}\n` };
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function python(parts: Parts): Snippet[] {
  const { origin, model } = parts;
  const key = parts.key === undefined ? `os.environ["${KEY_VARIABLE}"]` : JSON.stringify(parts.key);
  const imports = parts.key === undefined ? ['import os', ''] : [];
  const of = (id: string, title: string, text: string[]): Snippet => ({
    id: `python-${id}`,
    title: `Python: ${title}`,
    language: 'python',
    text: lines([...imports, ...text]),
  });
  return [
    of('openai', 'openai', [
      'from openai import OpenAI',
      '',
      `client = OpenAI(base_url=${JSON.stringify(`${origin}/v1`)}, api_key=${key})`,
      'answer = client.chat.completions.create(',
      `    model=${JSON.stringify(model)},`,
      `    messages=[{"role": "user", "content": ${JSON.stringify(PROMPT)}}],`,
      ')',
      'print(answer.choices[0].message.content)',
    ]),
    of('anthropic', 'anthropic', [
      'from anthropic import Anthropic',
      '',
      `client = Anthropic(base_url=${JSON.stringify(origin)}, api_key=${key})`,
      'answer = client.messages.create(',
      `    model=${JSON.stringify(model)},`,
      '    max_tokens=1024,',
      `    messages=[{"role": "user", "content": ${JSON.stringify(PROMPT)}}],`,
      ')',
      'print("".join(block.text for block in answer.content if block.type == "text"))',
    ]),
    of('google-genai', 'google-genai', [
      'from google import genai',
      '',
      `client = genai.Client(api_key=${key}, http_options={"base_url": ${JSON.stringify(origin)}})`,
      `answer = client.models.generate_content(model=${JSON.stringify(model)}, contents=${JSON.stringify(PROMPT)})`,
      'print(answer.text)',
    ]),
  ];
}

function javascript(parts: Parts): Snippet[] {
  const { origin } = parts;
  const model = JSON.stringify(parts.model);
  const prompt = JSON.stringify(PROMPT);
  const key = parts.key === undefined ? `process.env.${KEY_VARIABLE}` : JSON.stringify(parts.key);
  const of = (id: string, title: string, text: string[]): Snippet => ({
    id: `javascript-${id}`,
    title: `JavaScript: ${title}`,
    language: 'javascript',
    text: lines(text),
  });
  return [
    of('openai', 'openai', [
      "import OpenAI from 'openai';",
      '',
      `const client = new OpenAI({ baseURL: ${JSON.stringify(`${origin}/v1`)}, apiKey: ${key} });`,
      'const answer = await client.chat.completions.create({',
      `  model: ${model},`,
      `  messages: [{ role: 'user', content: ${prompt} }],`,
      '});',
      'console.log(answer.choices[0].message.content);',
    ]),
    of('anthropic', '@anthropic-ai/sdk', [
      "import Anthropic from '@anthropic-ai/sdk';",
      '',
      `const client = new Anthropic({ baseURL: ${JSON.stringify(origin)}, apiKey: ${key} });`,
      'const answer = await client.messages.create({',
      `  model: ${model},`,
      '  max_tokens: 1024,',
      `  messages: [{ role: 'user', content: ${prompt} }],`,
      '});',
      "console.log(answer.content.map((block) => (block.type === 'text' ? block.text : '')).join(''));",
    ]),
    of('google-genai', '@google/genai', [
      "import { GoogleGenAI } from '@google/genai';",
      '',
      `const client = new GoogleGenAI({ apiKey: ${key}, httpOptions: { baseUrl: ${JSON.stringify(origin)} } });`,
      'const answer = await client.models.generateContent({',
      `  model: ${model},`,
      `  contents: ${prompt},`,
      '});',
      'console.log(answer.text);',
    ]),
  ];
}

function lines(text: readonly string[]): string {
  return `${text.join('\n')}\n`;
}
