import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faults, jsonReply } from '../upstream/reply.ts';
import { type AdminHouse, adminHouse } from './admin-house.ts';

const GOOD = 'sk-good-0123456789abcdef';
const BAD = 'sk-bad-fedcba9876543210';
const OTHER = 'sk-other-13579bdf02468ace';
const WORDS = 'Incorrect API key provided: you can find yours at the key page.';
const refusing = () => jsonReply({ error: { message: WORDS, code: 'invalid_api_key', type: 'invalid_request_error' } }, 401);
const COMPLETION = {
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'scripted-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }],
};

let house: AdminHouse;
beforeEach(async () => {
  house = await adminHouse(undefined, { SOME_KEY: 'key-in-the-environment' });
  house.secrets.push(GOOD, BAD, OTHER);
});
afterEach(() => house.close());

async function vaultText(): Promise<string> {
  return await readFile(join(house.folder, 'vault.json'), 'utf8');
}

/** Adds the account and gives its id. */
async function added(fields: Record<string, unknown> = {}): Promise<string> {
  const { status, body } = await house.ask('POST', '/accounts', { ...house.account(), key: GOOD, ...fields });
  expect(status, JSON.stringify(body)).toBe(201);
  return (body.account as { id: string }).id;
}

async function chat(model: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${house.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${house.key}` },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }),
  });
  return { status: response.status, text: await response.text() };
}

describe('adding an account', () => {
  it("refuses a bad key in the provider's own words, and stores nothing", async () => {
    house.provider.lists(refusing());
    const before = [await house.configText(), await vaultText()];
    const { status, body } = await house.ask('POST', '/accounts', { ...house.account(), key: BAD });
    expect(status).toBe(422);
    expect(body).toEqual({ error: { message: WORDS, code: 'credential_refused' } });
    expect([await house.configText(), await vaultText()]).toEqual(before);
  });

  it('tests the key, keeps it in the vault alone, and the next request uses it', async () => {
    house.provider.lists(jsonReply({ data: [{ id: 'one' }, { id: 'two' }] }));
    const { status, body } = await house.ask('POST', '/accounts', { ...house.account({ limits: { rpm: 100 } }), key: ` ${GOOD}\n` });
    expect(status).toBe(201);
    expect(house.provider.listsSeen[0]?.headers.authorization).toBe(`Bearer ${GOOD}`);
    expect(body).toMatchObject({
      account: { provider: 'openai-compatible', name: 'mine', prefix: 'mine', credential: { kind: 'vault' }, limits: { rpm: 100 } },
      test: { ok: true, proof: 'models', models: 2 },
    });
    const { id } = body.account as { id: string };
    expect(await house.vault.get(`account/${id}`)).toBe(GOOD);
    expect((await house.config()).accounts[0]?.credential).toEqual({ secret: `account/${id}` });
    house.provider.script(jsonReply(COMPLETION));
    expect(await chat('mine/one')).toMatchObject({ status: 200 });
    expect((await house.provider.next()).headers.authorization).toBe(`Bearer ${GOOD}`);
  });

  it('adds when the network fails, and says so', async () => {
    house.provider.lists(faults.reset());
    const { status, body } = await house.ask('POST', '/accounts', { ...house.account(), key: GOOD });
    expect(status).toBe(201);
    expect(body.test).toMatchObject({ ok: false, refused: false, error: { code: 'connection_reset', class: 'network' } });
  });

  it('does not ask when told not to', async () => {
    house.provider.lists(refusing());
    const { status, body } = await house.ask('POST', '/accounts', { ...house.account(), key: BAD, test: false });
    expect(status).toBe(201);
    expect(body.test).toBeUndefined();
  });

  it('takes a variable of the gateway by its name', async () => {
    house.provider.lists(jsonReply({ data: [{ id: 'one' }] }));
    const { body } = await house.ask('POST', '/accounts', { ...house.account(), env: 'SOME_KEY' });
    expect(body.account).toMatchObject({ credential: { kind: 'env', name: 'SOME_KEY' } });
    expect(house.provider.listsSeen[0]?.headers.authorization).toBe('Bearer key-in-the-environment');
  });

  it.each([
    ['an unknown provider', { provider: 'nobody' }, 'provider'],
    ['no base URL', { baseUrl: undefined }, 'baseUrl'],
    ['a base URL that is a file', { baseUrl: 'file:///etc/passwd' }, 'baseUrl'],
    ['a proxy that is a command', { proxy: 'sh -c id' }, 'proxy'],
    ['a limit of none', { limits: { tpm: 'many' } }, 'limits.tpm'],
    ['a field nobody knows', { credential: { env: 'PATH' } }, 'credential'],
    ['a key over two lines', { key: 'one\r\ntwo: three' }, 'key'],
    ['a key that is some JSON', { key: '{"type":"service_account"}' }, 'key'],
    ['a key where the name of a variable belongs', { key: undefined, env: BAD }, 'env'],
    ['a key and a variable', { env: 'SOME_KEY' }, 'env'],
    ['a test that is no boolean', { test: 'yes' }, 'test'],
  ])('names the field at fault: %s', async (_what, fields, param) => {
    const before = await house.configText();
    const { status, body } = await house.ask('POST', '/accounts', { ...house.account(), key: GOOD, ...fields });
    expect(status, JSON.stringify(body)).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid', param });
    expect(await house.configText()).toBe(before);
  });

  it('needs a key where the provider does, and a name that is free', async () => {
    const keyless = await house.ask('POST', '/accounts', { provider: 'groq', name: 'g' });
    expect(keyless).toMatchObject({ status: 400, body: { error: { param: 'key' } } });
    await added();
    const again = await house.ask('POST', '/accounts', { ...house.account(), key: GOOD });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'duplicate', param: 'name' } } });
  });

  it('says what is wrong with a body that is none', async () => {
    expect(await house.raw('POST', '/accounts', '{"key":')).toMatchObject({ status: 400, body: { error: { code: 'invalid_json' } } });
    expect(await house.raw('POST', '/accounts', '[]')).toMatchObject({ status: 400, body: { error: { code: 'invalid_json' } } });
    expect(await house.raw('POST', '/accounts', `{"x":"${'x'.repeat(1_100_000)}"}`)).toMatchObject({ status: 413 });
  });
});

describe('an account', () => {
  it('is shown without its key, passwords and header values, disabled or not', async () => {
    house.secrets.push('hunter2', 'header-secret');
    await added({
      proxy: null,
      headers: { 'x-secret': 'header-secret' },
      baseUrl: `${house.provider.url.replace('http://', 'http://me:hunter2@')}/v1?key=hunter2`,
      test: false,
    });
    await house.ask('PATCH', '/accounts/mine', { proxy: 'http://me:hunter2@proxy.example:8080', enabled: false });
    const { body } = await house.ask('GET', '/accounts');
    expect(body.accounts).toMatchObject([
      { name: 'mine', enabled: false, headers: ['x-secret'], proxy: 'http://proxy.example:8080/', baseUrl: `${house.provider.url}/v1` },
    ]);
    expect((await house.ask('GET', '/accounts/mine')).body.account).toMatchObject({ name: 'mine', health: [] });
    expect((await house.ask('GET', '/accounts/nobody')).status).toBe(404);
    await house.ask('GET', '/status');
  });

  it('is edited by a merge patch, from the next request on', async () => {
    const id = await added({ limits: { rpm: 5, tpm: 9 } });
    const { status, body } = await house.ask('PATCH', `/accounts/${id}`, { prefix: 'other', limits: { rpm: null }, headroom: 10 });
    expect(status).toBe(200);
    expect(body.account).toMatchObject({ id, prefix: 'other', limits: { tpm: 9 }, headroom: 10 });
    expect((await chat('mine/one')).status).toBe(404);
    house.provider.script(jsonReply(COMPLETION));
    expect((await chat('other/one')).status).toBe(200);
    await house.ask('PATCH', `/accounts/${id}`, { enabled: false });
    expect((await chat('other/one')).status).toBe(404);
  });

  it.each([
    [{ limits: { rpm: -1 } }, 'limits.rpm'],
    [{ id: 'x' }, 'id'],
    [{ credential: { env: 'PATH' } }, 'credential'],
    [{ proxy: 'ftp://x' }, 'proxy'],
    [{ baseUrl: 'javascript:alert(1)' }, 'baseUrl'],
  ])('is not edited by %j', async (edit, param) => {
    await added();
    const before = await house.configText();
    const { status, body } = await house.ask('PATCH', '/accounts/mine', edit);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid', param });
    expect(await house.configText()).toBe(before);
  });

  it('starts afresh when its address is put right, and only then', async () => {
    await added();
    house.provider.script(refusing());
    await chat('mine/one');
    await house.ask('PATCH', '/accounts/mine', { priority: 2 });
    expect((await house.ask('GET', '/health')).body.health).toHaveLength(1);
    await house.ask('PATCH', '/accounts/mine', { baseUrl: `${house.provider.url}/other/v1` });
    expect((await house.ask('GET', '/health')).body.health).toEqual([]);
  });

  it('leaves nothing behind that was noted against it', async () => {
    await added();
    house.provider.script(refusing());
    await chat('mine/one');
    await house.ask('DELETE', '/accounts/mine');
    expect((await house.ask('GET', '/health')).body.health).toEqual([]);
  });

  it('leaves with its key', async () => {
    const id = await added();
    expect(await house.ask('DELETE', `/accounts/${id}`)).toMatchObject({ status: 200, body: { removed: id } });
    expect((await house.config()).accounts).toEqual([]);
    expect(await house.vault.get(`account/${id}`)).toBeUndefined();
    expect((await house.ask('DELETE', `/accounts/${id}`)).status).toBe(404);
  });

  it('of an ambiguous name is named by its id', async () => {
    const id = await added();
    await house.ask('POST', '/accounts', { provider: 'groq', name: 'mine', key: GOOD, test: false });
    const { status, body } = await house.ask('DELETE', '/accounts/mine');
    expect(status).toBe(409);
    expect(body.error).toMatchObject({ code: 'ambiguous', message: expect.stringContaining(id) });
  });
});

describe('testing an account', () => {
  it('tells what the provider says, and changes nothing', async () => {
    await added();
    house.provider.lists(refusing());
    const before = await house.configText();
    const refused = await house.ask('POST', '/accounts/mine/test');
    expect(refused).toMatchObject({
      status: 200,
      body: { test: { ok: false, refused: true, error: { message: WORDS, code: 'invalid_api_key', class: 'auth' } } },
    });
    expect(await house.configText()).toBe(before);
  });

  it('asks for one token of the model named', async () => {
    await added();
    house.provider.script(jsonReply(COMPLETION));
    expect((await house.ask('POST', '/accounts/mine/test', { model: 'two' })).body.test).toMatchObject({ ok: true, proof: 'completion' });
    expect((await house.provider.next()).json()).toMatchObject({ model: 'two', max_tokens: 1 });
  });

  it('ends the cool-down of a key that was refused', async () => {
    const id = await added();
    house.provider.script(refusing());
    expect((await chat('mine/one')).status).toBe(401);
    expect((await house.ask('GET', '/health')).body.health).toMatchObject([{ scope: 'account', id, block: { reason: 'auth' } }]);
    expect((await house.ask('GET', '/status')).body.blocked).toMatchObject([{ id }]);
    expect((await house.ask('GET', `/accounts/${id}`)).body.account).toMatchObject({ health: [{ block: { reason: 'auth' } }] });
    expect((await house.ask('POST', '/accounts/mine/test')).body.test).toMatchObject({ ok: true });
    expect((await house.ask('GET', '/health')).body.health).toEqual([]);
    house.provider.script(jsonReply(COMPLETION));
    expect((await chat('mine/one')).status).toBe(200);
  });
});

describe('rotating a key', () => {
  it('keeps the old key when the new one is refused', async () => {
    const id = await added();
    house.provider.lists(refusing());
    const before = await house.configText();
    const { status, body } = await house.ask('POST', '/accounts/mine/key', { key: BAD });
    expect(status).toBe(422);
    expect(body.error).toEqual({ code: 'credential_refused', message: WORDS });
    expect(await house.configText()).toBe(before);
    expect(await house.vault.get(`account/${id}`)).toBe(GOOD);
  });

  it('tests the new key, and uses it from the next request on', async () => {
    const id = await added();
    const fresh = 'sk-fresh-1111222233334444';
    house.secrets.push(fresh);
    house.provider.lists(jsonReply({ data: [{ id: 'one' }] }));
    const { status, body } = await house.ask('POST', '/accounts/mine/key', { key: fresh });
    expect(status).toBe(200);
    expect(house.provider.listsSeen[0]?.headers.authorization).toBe(`Bearer ${fresh}`);
    expect(body).toMatchObject({ account: { id, credential: { kind: 'vault' }, rotatedAt: expect.any(String) }, test: { ok: true } });
    house.provider.script(jsonReply(COMPLETION));
    await chat('mine/one');
    expect((await house.provider.next()).headers.authorization).toBe(`Bearer ${fresh}`);
  });

  it('ends the cool-down of the old key', async () => {
    await added();
    house.provider.script(refusing());
    await chat('mine/one');
    await house.ask('POST', '/accounts/mine/key', { key: 'sk-fresh-1111222233334444' });
    expect((await house.ask('GET', '/health')).body.health).toEqual([]);
  });

  it('goes over to a variable, and the old key leaves the vault', async () => {
    const id = await added();
    expect((await house.ask('POST', '/accounts/mine/key', { env: 'SOME_KEY' })).body.account).toMatchObject({
      credential: { kind: 'env', name: 'SOME_KEY' },
    });
    expect(await house.vault.get(`account/${id}`)).toBeUndefined();
  });

  it('does not ask when forced', async () => {
    const id = await added();
    house.provider.lists(refusing());
    expect((await house.ask('POST', '/accounts/mine/key', { key: BAD, force: true })).status).toBe(200);
    expect(await house.vault.get(`account/${id}`)).toBe(BAD);
  });

  it.each([
    [{}, 'key'],
    [{ key: '' }, 'key'],
    [{ env: 'not a name' }, 'env'],
    [{ key: GOOD, force: 1 }, 'force'],
  ])('refuses the body %j', async (body, param) => {
    await added();
    expect(await house.ask('POST', '/accounts/mine/key', body)).toMatchObject({ status: 400, body: { error: { param } } });
  });
});

describe('an account that is edited while another key for it is tested', () => {
  it('takes both, and neither is told of a failure', async () => {
    const id = await added({ test: false });
    const tested = new Promise<void>((resolve) => {
      house.provider.lists({
        ...jsonReply({ data: [{ id: 'one' }] }),
        get before() {
          resolve();
          return Promise.resolve();
        },
      });
    });
    const rotated = house.ask('POST', `/accounts/${id}/key`, { key: OTHER });
    await tested;
    // The edits go on while the tested key is put in its place: the locks of both files are held by turns.
    const edits = Array.from({ length: 12 }, (_, at) => house.ask('PATCH', `/accounts/${id}`, { priority: at }));
    const answers = await Promise.all([rotated, ...edits]);
    expect(answers.map(({ status, body }) => [status, body.error?.code])).toEqual(answers.map(() => [200, undefined]));
    expect(await house.vault.get(`account/${id}`)).toBe(OTHER);
    expect((await house.config()).accounts.find((entry) => entry.id === id)).toMatchObject({ rotatedAt: expect.any(String) });
  });
});

describe('a key that two accounts use', () => {
  it('stays in the vault while one of them does', async () => {
    const [first, second] = [await added(), await added({ name: 'second' })];
    const text = (await house.configText()).replace(`account/${second}`, `account/${first}`);
    await writeFile(join(house.folder, 'config.json'), text);
    // Any change reads the file: the edit by hand is known from here on.
    await house.ask('PATCH', '/accounts/second', { priority: 2 });
    // Another key for one of them is not sent to the other's provider.
    await house.ask('POST', '/accounts/mine/key', { key: BAD, force: true });
    expect(await house.vault.get(`account/${first}`)).toBe(GOOD);
    const own = (await house.config()).accounts[0]?.credential as { secret: string };
    expect(await house.vault.get(own.secret)).toBe(BAD);
    await house.ask('POST', '/accounts/mine/key', { env: 'SOME_KEY' });
    expect(await house.vault.get(`account/${first}`)).toBe(GOOD);
    expect(await house.vault.get(own.secret)).toBeUndefined();
    const third = await added({ name: 'third' });
    await writeFile(join(house.folder, 'config.json'), (await house.configText()).replace(`account/${third}`, `account/${first}`));
    // One that is switched off still needs its key.
    await house.ask('PATCH', '/accounts/second', { enabled: false });
    await house.ask('DELETE', '/accounts/third');
    expect(await house.vault.get(`account/${first}`)).toBe(GOOD);
    expect((await house.ask('DELETE', '/accounts/second')).status).toBe(200);
    expect(await house.vault.get(`account/${first}`)).toBeUndefined();
  });
});

describe('when the config cannot be saved', () => {
  it('no new key stays in the vault, and an old one is not lost', async () => {
    const id = await added();
    const vaulted = async () => Object.keys((JSON.parse(await vaultText()) as { entries: object }).entries).sort();
    const before = await vaulted();
    await writeFile(join(house.folder, 'config.json'), 'broken');
    const add = await house.ask('POST', '/accounts', { ...house.account({ name: 'second' }), key: BAD, test: false });
    expect(add).toMatchObject({ status: 409, body: { error: { code: 'config_broken' } } });
    const rotate = await house.ask('POST', `/accounts/${id}/key`, { key: BAD, force: true });
    expect(rotate).toMatchObject({ status: 409, body: { error: { code: 'config_broken' } } });
    expect(await vaulted()).toEqual(before);
    expect(await house.vault.get(`account/${id}`)).toBe(GOOD);
    expect(await house.configText()).toBe('broken');
  });
});
