import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jsonReply, type Reply } from '../upstream/reply.ts';
import { type CanaryRun, canaryRun } from './canary-run.ts';

/** Ways in which a provider repeats what it was sent. */
const ECHOES: Record<string, (secret: string) => string> = {
  plain: (secret) => `Incorrect API key provided: ${secret}.`,
  bearer: (secret) => `You sent "authorization: Bearer ${secret}"`,
  percent: (secret) => `url: /v1?key=${encodeURIComponent(secret)}`,
  'every character percent': (secret) => `got ${[...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`,
  base64: (secret) => `got ${Buffer.from(secret).toString('base64')}`,
  'base64 of user and password': (secret) => `got ${Buffer.from(`me:${secret}`).toString('base64')}`,
  'JSON in JSON': (secret) => JSON.stringify({ said: JSON.stringify({ secret }).replaceAll('/', '\\/') }),
};

/** Statuses of different classes: what each leaves in the health book differs. */
const STATUSES = [400, 401, 402, 404, 429, 500] as const;

const sse = (...events: (string | object)[]): Reply => ({
  label: 'stream',
  head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
  steps: [
    ...events.map((event) => ({ do: 'send' as const, bytes: typeof event === 'string' ? event : `data: ${JSON.stringify(event)}\n\n` })),
    { do: 'end' },
  ],
});
const chunk = (content: string, finish: string | null = null) => ({
  id: 'c',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});
const chat = (model: string, text: string, more: object = {}) => ({ model, messages: [{ role: 'user', content: text }], ...more });
const PATHS = [
  ['/v1/chat/completions', (model: string, stream: boolean) => chat(model, 'hi', { stream })],
  ['/v1/messages', (model: string, stream: boolean) => chat(model, 'hi', { stream, max_tokens: 50 })],
  ['/v1/responses', (model: string, stream: boolean) => ({ model, input: 'hi', stream })],
] as const;

describe('marked secrets', () => {
  let run: CanaryRun;
  let out: string;
  beforeAll(async () => {
    run = await canaryRun();
    out = await mkdtemp(join(tmpdir(), 'omniroute-canary-out-'));
  });
  /** The accounts, by what they are asked as, with the secrets their provider sees. */
  const owners = (): [string, string][] => {
    const { secrets: s } = run;
    const { vaultKey, skKey, envKey, jwt, headerKey, anthropicKey, ownHeader, urlPassword, urlQuery } = s;
    return [
      ['vault', vaultKey],
      ['sk', skKey],
      ['env', envKey],
      ['jwt', jwt],
      ['header', headerKey],
      ['anth', anthropicKey],
      ['resp', vaultKey],
      ['own', ownHeader],
      ['own', envKey],
      ['url', urlPassword],
      ['url', urlQuery],
    ];
  };
  /** The state in which each is found after it failed is part of what is searched. */
  const shown = async (): Promise<void> => {
    for (const path of ['/admin/health', '/admin/explain?model=vault/m', '/admin/status']) await run.ask(path, { method: 'GET' });
    await run.ready();
  };

  afterAll(async () => {
    await run.close();
    await rm(out, { recursive: true, force: true });
    expect([...run.finds.found]).toEqual([]);
  });
  const clean = (): void => expect([...run.finds.found]).toEqual([]);

  it('stay where they are when a provider repeats them in an error', async () => {
    for (const [name, secret] of owners()) {
      for (const [at, echo] of Object.values(ECHOES).entries()) {
        const status = STATUSES[at % STATUSES.length];
        const message = echo(secret);
        const error = {
          message,
          type: message,
          code: message,
          param: message,
          status: message,
          details: [{ reason: message, said: [message] }],
        };
        const headers = {
          'x-said': encodeURIComponent(secret),
          location: `/?key=${encodeURIComponent(secret)}`,
          'x-request-id': encodeURIComponent(secret),
        };
        run.provider.always(jsonReply({ type: 'error', error, request_id: message }, status, headers));
        const [path, body] = PATHS[at % PATHS.length] ?? PATHS[0];
        await run.ask(path, { body: body(`${name}/m`, at % 2 === 0) });
        await run.ask(`/v1beta/models/${name}/m:generateContent`, { body: { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] } });
        await run.ask('/v1/embeddings', { body: { model: `${name}/m`, input: 'hi' } });
        await shown();
      }
    }
    clean();
  });

  it('stay where they are when the provider speaks no JSON, or sends the client elsewhere', async () => {
    for (const [name, secret] of owners()) {
      const head = (status: number) => ({
        status,
        headers: { 'content-type': 'text/html', location: `/?key=${encodeURIComponent(secret)}` },
      });
      for (const status of [200, 302, 500]) {
        run.provider.always({
          label: 'page',
          head: head(status),
          steps: [{ do: 'send', bytes: `<html><title>Bearer ${secret}</title>${Buffer.from(secret).toString('base64')}` }, { do: 'end' }],
        });
        for (const [path, body] of PATHS) await run.ask(path, { body: body(`${name}/m`, false) });
        await shown();
      }
    }
    clean();
  });

  it('stay where they are in errors inside answers of status 200, whole and streamed', async () => {
    for (const [name, secret] of owners()) {
      for (const echo of Object.values(ECHOES)) {
        const error = { error: { message: echo(secret), type: 'server_error', code: echo(secret) } };
        run.provider.always(jsonReply(error));
        for (const [path, body] of PATHS) await run.ask(path, { body: body(`${name}/m`, false) });
        await run.ask('/v1/embeddings', { body: { model: `${name}/m`, input: 'hi' } });
        await run.ready();
        const text = `data: ${JSON.stringify(error)}\n\n`;
        for (const begun of [[], [chunk('hello')]]) {
          // Cut in the middle of the secret: pieces of the wire are no pieces of the text.
          run.provider.always(sse(...begun, text.slice(0, 40), text.slice(40)));
          for (const [path, body] of PATHS) await run.ask(path, { body: body(`${name}/m`, true) });
          await shown();
        }
      }
    }
    clean();
  });

  it('stay where they are when a proxy cannot be used', async () => {
    for (const name of ['proxied', 'proxied2']) {
      for (const [path, body] of PATHS) {
        await run.ask(path, { body: body(`${name}/m`, true) });
        await run.ask(`/admin/accounts/id-${name}/test`, { body: { model: 'm' } });
        await shown();
      }
    }
    clean();
  });

  it('stay where they are when accounts are added, tested and given new keys', async () => {
    const { secrets: s, provider } = run;
    const account = { provider: 'openai-compatible', name: 'new', prefix: 'new', baseUrl: `${provider.url}/v1` };
    for (const echo of Object.values(ECHOES)) {
      const refuse = (secret: string): void => {
        const refusal = jsonReply({ error: { message: echo(secret), code: echo(secret), type: 'authentication_error' } }, 401);
        provider.lists(refusal);
        provider.always(refusal);
      };
      refuse(s.candidate);
      await run.ask('/admin/accounts', { body: { ...account, key: s.candidate } });
      await run.ask('/admin/accounts', { body: { ...account, env: s.candidate } });
      await run.ask('/admin/accounts', { body: { ...account, kee: s.candidate, provider: 'x' } });
      refuse(s.refusedRotation);
      await run.ask('/admin/accounts/id-sk/key', { body: { key: s.refusedRotation } });
      refuse(s.serviceKey);
      const pem = `-----BEGIN PRIVATE KEY-----\n${s.serviceKey}\n-----END PRIVATE KEY-----\n`;
      const file = JSON.stringify({ type: 'service_account', client_email: 'a@b.c', private_key: pem });
      await run.ask('/admin/accounts', {
        body: { provider: 'vertex', name: 'gcp', prefix: 'gcp', parameters: { project: 'p', location: 'global' }, key: file },
      });
      refuse(s.cliKey);
      await run.command(['account', 'add', 'openai-compatible', '--name', 'cli', '--base-url', `${provider.url}/v1`, '--key-stdin'], {
        stdin: s.cliKey,
      });
      refuse(s.vaultKey);
      await run.ask('/admin/accounts/id-vault/test', { body: { model: 'm' } });
      await run.command(['account', 'test', 'vault']);
      await run.ask('/v1/models', { method: 'GET' });
    }
    provider.lists(undefined);
    await run.ask('/admin/accounts/id-sk/key', { body: { key: s.rotated, force: true } });
    provider.always(jsonReply({ error: { message: `no: ${s.rotated} was ${s.skKey}` } }, 500));
    await run.ask('/v1/chat/completions', { body: chat('sk/m', 'hi') });
    await shown();
    clean();
  });

  it('of clients stay in their requests', async () => {
    const { secrets: s, provider } = run;
    const asked = { body: chat('demo/echo', 'hi') };
    const path = '/v1/chat/completions';
    provider.always(jsonReply({ error: { message: 'not now' } }, 503));
    await run.ask(path, { ...asked, bare: true, headers: { authorization: `Bearer ${s.wrongBearer}` } });
    await run.ask(path, { ...asked, bare: true, headers: { 'x-goog-api-key': s.wrongHeader } });
    await run.ask(`${path}?key=${s.wrongQuery}`, { ...asked, bare: true });
    await run.ask(path, {
      ...asked,
      headers: { authorization: `Basic ${Buffer.from(`me:${s.basic}`).toString('base64')}`, cookie: `session=${s.cookie}` },
    });
    await run.ask(path, { ...asked, bare: true, headers: { authorization: `Bearer ${run.key}` } });
    await run.ask(path, { ...asked, bare: true, headers: { 'x-goog-api-key': run.key } });
    await run.ask(`${path}?key=${run.key}`, { ...asked, bare: true });
    await run.ask(`/nowhere?token=${s.query}`, { method: 'GET' });
    await run.ask(`/nowhere/${encodeURIComponent(s.query)}?key=${run.key}`, { method: 'GET' });
    await run.ask(path, { ...asked, headers: { 'user-agent': s.userAgent, 'x-title': s.userAgent } });
    await run.ask('/v1/embeddings', { body: { model: 'vault/m', input: 'hi' }, headers: { 'user-agent': s.userAgent } });
    provider.always(jsonReply({ error: { message: 'no such model', code: 'model_not_found' } }, 404));
    for (const model of [s.modelKey, `vault/${s.modelKey}`]) {
      for (const [each, body] of PATHS) await run.ask(each, { body: body(model, false) });
      await run.ask('/v1/embeddings', { body: { model, input: 'hi' } });
      await run.ask(`/v1beta/models/${model}:generateContent`, { body: { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] } });
      await run.ask('/admin/health', { method: 'GET' });
    }
    // A client that mistakes the place of the gateway's key gets it back in no error.
    await run.ask(path, { body: chat(`vault/${run.key}`, 'hi') });
    await run.ready();
    clean();
  });

  it('prompts and answers are nowhere but in the answer', async () => {
    const { secrets: s, provider } = run;
    const message = { role: 'assistant', content: s.answer };
    const whole = { id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }] };
    provider.always(jsonReply(whole));
    for (const [path] of PATHS.slice(0, 1)) {
      expect(await run.ask(path, { body: chat('vault/m', s.prompt) })).toContain(s.answer);
    }
    provider.always(sse(chunk(s.answer), chunk('', s.answer), 'data: [DONE]\n\n'));
    expect(await run.ask('/v1/chat/completions', { body: chat('vault/m', s.prompt, { stream: true }) })).toContain(s.answer);
    provider.always(
      jsonReply({ error: { message: `cannot read "${s.prompt}"`, code: `cannot read ${s.prompt}`, type: 'invalid_request_error' } }, 400),
    );
    await run.ask('/v1/chat/completions', { body: chat('vault/m', s.prompt) });
    await run.ready();
    clean();
  });

  it('are in nothing that is shown, exported or kept', async () => {
    const { secrets: s } = run;
    const views = [
      'accounts',
      'accounts/id-own',
      'accounts/id-url',
      'status',
      'health',
      'requests?limit=1000',
      'usage',
      'usage?by=client,model',
      'ledger',
      'keys',
      'quota',
      'budgets',
      'settings',
      'combos',
      'aliases',
      'routes',
      'explain?model=proxied/m',
    ];
    for (const view of views) {
      const text = await run.ask(`/admin/${view}`, { method: 'GET' });
      run.finds.look(`/admin/${view}`, text);
    }
    for (const path of ['/v1/models', '/v1beta/models', '/health']) await run.ask(path, { method: 'GET' });
    const env = { ENV_KEY: s.envKey, HEADER_KEY: s.headerKey, ANTHROPIC_KEY: s.anthropicKey, JWT_KEY: s.jwt };
    const list = [
      'status',
      'health',
      'models',
      'account list',
      'account list --json',
      'explain vault/m',
      'key list',
      'usage',
      'usage --by client',
      'budget list',
      'backup create',
      'backup list',
      'logs',
      'logs --audit',
      'logs --json',
      'logs --level debug --lines 5000',
    ];
    for (const line of list) await run.command(line.split(' '), { env });
    const [report, bare, locked] = ['report.zip', 'bare.zip', 'locked.zip'].map((name) => join(out, name)) as [string, string, string];
    await run.command(['diagnostics', report, '--yes', '--show'], { env });
    await run.command(['backup', 'export', bare, '--ledger'], { env });
    await run.command(['backup', 'export', locked, '--with-secrets', '--ledger', '--passphrase-stdin'], { env, stdin: s.passphrase });
    for (const path of [report, bare, locked]) await run.zip(path);
    await run.files();
    clean();
    expect(run.finds.searched).toBeGreaterThan(1000);
  });
});
