import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';

/** `fetch` may not set Host or Origin; a browser or an attacker's program can. */
function ask(
  gateway: RunningGateway,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<{ status: number; body: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const call = request(gateway.url + path, { method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString(), headers: response.headers }),
      );
      response.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('the guard', () => {
  let gateway: RunningGateway;
  let key: Record<string, string>;
  beforeAll(async () => {
    gateway = await gatewayWith(
      configFor([], { security: { hosts: ['my-box.local'], origins: ['http://trusted.example'], maxBodyBytes: 4096 } }),
    );
    key = { authorization: `Bearer ${gateway.key}` };
  });
  afterAll(() => gateway.close());

  it.each(['/health', '/v1/models', '/v1beta/models', '/admin/status', '/nowhere'])('asks for a key on %s', async (path) => {
    expect((await ask(gateway, path, {})).status).toBe(401);
    expect((await ask(gateway, path, { 'x-api-key': 'omr-wrong' })).status).toBe(401);
  });

  it.each([
    ['authorization', (key: string) => ({ authorization: `Bearer ${key}` })],
    ['x-api-key', (key: string) => ({ 'x-api-key': key })],
    ['x-goog-api-key', (key: string) => ({ 'x-goog-api-key': key })],
  ] as const)('takes the key as %s', async (_name, headers) => {
    expect((await ask(gateway, '/health', headers(gateway.key))).status).toBe(200);
  });

  it('takes the key as ?key=', async () => {
    expect((await ask(gateway, `/health?key=${gateway.key}`, {})).status).toBe(200);
  });

  it.each(['evil.example', 'evil.example:20128', '127.0.0.1.evil.example', 'localhost.evil.example'])(
    'refuses the Host %s, key or not',
    async (host) => {
      const answer = await ask(gateway, '/health', { ...key, host });
      expect(answer.status).toBe(403);
      expect(answer.body).toContain('host_not_allowed');
    },
  );

  it.each(['127.0.0.1:1', 'localhost:9999', 'LOCALHOST', '[::1]:20128', 'my-box.local:80'])('answers to the Host %s', async (host) => {
    expect((await ask(gateway, '/health', { ...key, host })).status).toBe(200);
  });

  it('refuses web pages unless they are listed', async () => {
    for (const origin of ['http://evil.example', 'null', 'http://localhost:3000', 'vscode-webview://abc']) {
      expect((await ask(gateway, '/health', { ...key, origin })).status).toBe(403);
    }
    expect((await ask(gateway, '/health', { ...key, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    const trusted = await ask(gateway, '/health', { ...key, origin: 'http://trusted.example' });
    expect(trusted.status).toBe(200);
    expect(trusted.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each([
    ['/v1/chat/completions', 'error.code', 'invalid_api_key'],
    ['/v1/responses', 'error.code', 'invalid_api_key'],
    ['/v1/messages', 'error.type', 'authentication_error'],
    ['/v1beta/models/m:generateContent', 'error.status', 'UNAUTHENTICATED'],
  ])('refuses %s in the dialect of its client', async (path, field, value) => {
    const { status, body, headers } = await ask(gateway, path, {}, '{}');
    expect(status).toBe(401);
    expect(JSON.parse(body)).toHaveProperty(field, value);
    expect(headers['x-request-id']).toMatch(/^req_/);
  });

  it.each(['/v1/chat/completions', '/v1/responses', '/v1/messages', '/v1beta/models/m:generateContent', '/v1/messages/count_tokens'])(
    'refuses a body over the limit on %s with 413',
    async (path) => {
      const { status, body } = await ask(gateway, path, key, JSON.stringify({ text: 'x'.repeat(5000) }));
      expect(status, body).toBe(413);
      expect(body).toContain('maxBodyBytes');
    },
  );

  it('tells a client that still uploads, and does not cut it off', async () => {
    const { status } = await ask(gateway, '/v1/chat/completions', key, 'x'.repeat(20_000_000));
    expect(status).toBe(413);
  });

  it('counts a body after unpacking it', async () => {
    const packed = gzipSync(JSON.stringify({ text: 'x'.repeat(50_000) }));
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...key, 'content-encoding': 'gzip' },
      body: packed,
    });
    expect(response.status).toBe(413);
    // A bomb: its unpacking ends at the limit.
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    expect(
      (await fetch(`${gateway.url}/v1/chat/completions`, { method: 'POST', headers: { ...key, 'content-encoding': 'gzip' }, body: bomb }))
        .status,
    ).toBe(413);
    const small = gzipSync(JSON.stringify({ model: 'demo/echo', messages: [{ role: 'user', content: 'hello' }] }));
    const fine = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...key, 'content-encoding': 'gzip' },
      body: small,
    });
    expect(fine.status).toBe(200);
    const strange = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...key, 'content-encoding': 'x-strange' },
      body: small,
    });
    expect(strange.status).toBe(415);
    const broken = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { ...key, 'content-encoding': 'gzip' },
      body: 'not gzip',
    });
    expect(broken.status).toBe(400);
  });

  it('says where JSON is broken and does not quote it', async () => {
    const { status, body } = await ask(gateway, '/v1/chat/completions', key, '{"model":"m","secret":"hunter2" oops');
    expect(status).toBe(400);
    expect(body).toMatch(/position \d+|line \d+/);
    expect(body).not.toContain('hunter2');
  });
});

describe('a key limited to some models', () => {
  it('may not use others, and does not see them in the list', async () => {
    const { addKey } = await import('../../src/accounts/gateway-keys.ts');
    const { emptyConfig } = await import('../../src/config/schema.ts');
    const config = emptyConfig();
    const { key } = addKey(config, 'limited', ['demo/echo'], new Date(0));
    const gateway = await gatewayWith({ ...configFor([]), keys: config.keys });
    const chat = (model: string): string => JSON.stringify({ model, messages: [{ role: 'user', content: 'x' }] });
    try {
      expect((await ask(gateway, '/v1/chat/completions', { 'x-api-key': key }, chat('demo/echo'))).status).toBe(200);
      expect((await ask(gateway, '/v1/chat/completions', { 'x-api-key': key }, chat('demo/tools'))).status).toBe(403);
      const list = JSON.parse((await ask(gateway, '/v1/models', { 'x-api-key': key })).body) as { data: { id: string }[] };
      expect(list.data.map((model) => model.id)).toEqual(['demo/echo']);
    } finally {
      await gateway.close();
    }
  });
});
