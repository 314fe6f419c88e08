import { generateKeyPairSync } from 'node:crypto';
import { importSPKI, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { parseServiceAccount, readTokenReply, tokenRequest, VertexTokens } from '../../src/providers/vertex-token.ts';

const NOW = Date.UTC(2026, 10, 1);
const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const file = {
  type: 'service_account',
  project_id: 'p-1',
  private_key_id: 'key-1',
  private_key: keys.privateKey,
  client_email: 'robot@p-1.iam.gserviceaccount.com',
  token_uri: 'https://oauth2.googleapis.com/token',
};
const json = JSON.stringify(file);

function accountOf(text: string) {
  const account = parseServiceAccount(text);
  if (!account) throw new Error('no service account');
  return account;
}

/** A token endpoint that counts its calls and hands out `token-1`, `token-2`, … */
function endpoint(
  reply = (count: number) => ({
    status: 200,
    text: JSON.stringify({ access_token: `token-${count}`, expires_in: 3599, token_type: 'Bearer' }),
  }),
) {
  const calls: { url: string; body: string }[] = [];
  const fetchToken = async (url: string, body: string) => {
    calls.push({ url, body });
    return reply(calls.length);
  };
  return { calls, fetchToken };
}

describe('the token request', () => {
  it('is the JWT bearer grant, signed with the account’s key', async () => {
    const { url, body } = await tokenRequest(accountOf(json), NOW);
    expect(url).toBe('https://oauth2.googleapis.com/token');
    const form = new URLSearchParams(body);
    expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
    const { payload, protectedHeader } = await jwtVerify(form.get('assertion') ?? '', await importSPKI(keys.publicKey, 'RS256'), {
      currentDate: new Date(NOW),
    });
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'key-1' });
    expect(payload).toEqual({
      iss: file.client_email,
      aud: file.token_uri,
      scope: 'https://www.googleapis.com/auth/cloud-platform',
      iat: NOW / 1000,
      exp: NOW / 1000 + 3600,
    });
  });

  it('goes to Google whatever the file names', () => {
    for (const uri of ['https://evil.example/token', 'http://oauth2.googleapis.com/token', 'https://googleapis.com.evil.example/', 'x']) {
      expect(accountOf(JSON.stringify({ ...file, token_uri: uri })).token_uri).toBe('https://oauth2.googleapis.com/token');
    }
  });

  it('names an unreadable key without showing it', async () => {
    const broken = accountOf(JSON.stringify({ ...file, private_key: '-----BEGIN PRIVATE KEY-----\nnope\n-----END PRIVATE KEY-----' }));
    await expect(tokenRequest(broken, NOW)).rejects.toMatchObject({
      class: 'auth',
      code: 'service_account_key',
      message: expect.not.stringContaining('nope'),
    });
  });

  it.each(['AIzaKey', '{"type":"authorized_user"}', '{', '', JSON.stringify({ ...file, private_key: 'x' })])(
    '%s is no service account',
    (text) => {
      expect(parseServiceAccount(text)).toBeUndefined();
    },
  );
});

describe('the reply', () => {
  it.each([
    [400, '{"error":"invalid_grant","error_description":"Invalid JWT Signature."}', 'auth', 'invalid_grant'],
    [401, '{"error":"unauthorized_client"}', 'auth', 'unauthorized_client'],
    [429, '{"error":"rate_limited"}', 'overload', 'token_endpoint'],
    [503, '<html>', 'overload', 'token_endpoint'],
    [200, '{}', 'overload', 'token_endpoint'],
  ])('%i %s is %s', (status, text, failure, code) => {
    expect(() => readTokenReply(status, text, NOW)).toThrow(expect.objectContaining({ class: failure, code }));
  });
});

describe('VertexTokens', () => {
  it('keeps a token until five minutes before its end', async () => {
    let now = NOW;
    const { calls, fetchToken } = endpoint();
    const tokens = new VertexTokens(fetchToken, () => now);
    expect(await tokens.credentialFor(json)).toBe('token-1');
    now += (3599 - 301) * 1000;
    expect(await tokens.credentialFor(json)).toBe('token-1');
    now += 2000;
    expect(await tokens.credentialFor(json)).toBe('token-2');
    expect(calls).toHaveLength(2);
  });

  it('asks once for many requests at the same time', async () => {
    const { calls, fetchToken } = endpoint();
    const tokens = new VertexTokens(fetchToken, () => NOW);
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.credentialFor(json)));
    expect(new Set(all)).toEqual(new Set(['token-1']));
    expect(calls).toHaveLength(1);
  });

  it('keeps no failure', async () => {
    const { fetchToken } = endpoint((count) => (count === 1 ? { status: 503, text: '' } : { status: 200, text: '{"access_token":"t"}' }));
    const tokens = new VertexTokens(fetchToken, () => NOW);
    await expect(tokens.credentialFor(json)).rejects.toMatchObject({ class: 'overload' });
    expect(await tokens.credentialFor(json)).toBe('t');
  });

  it('keeps the tokens of two accounts apart, and asks anew for one it was told to forget', async () => {
    const { calls, fetchToken } = endpoint();
    const tokens = new VertexTokens(fetchToken, () => NOW);
    const other = JSON.stringify({ ...file, client_email: 'other@p-1.iam.gserviceaccount.com' });
    expect([await tokens.credentialFor(json), await tokens.credentialFor(other)]).toEqual(['token-1', 'token-2']);
    tokens.forget(json, 'token-1');
    expect(await tokens.credentialFor(json)).toBe('token-3');
    expect(await tokens.credentialFor(other)).toBe('token-2');
    expect(calls).toHaveLength(3);
  });

  it('is not made to forget a token by the refusal of an older one', async () => {
    const { calls, fetchToken } = endpoint();
    const tokens = new VertexTokens(fetchToken, () => NOW);
    await tokens.credentialFor(json);
    tokens.forget(json, 'token-1');
    const fresh = tokens.credentialFor(json);
    // One more refusal of the old one, while the new one is on its way and when it is there.
    tokens.forget(json, 'token-1');
    expect(await Promise.all([fresh, tokens.credentialFor(json)])).toEqual(['token-2', 'token-2']);
    tokens.forget(json, 'token-1');
    expect(await tokens.credentialFor(json)).toBe('token-2');
    expect(calls).toHaveLength(2);
  });

  it('gives an API key and an access token back as they are, without asking', async () => {
    const { calls, fetchToken } = endpoint();
    const tokens = new VertexTokens(fetchToken);
    expect(await tokens.credentialFor('AIzaKey')).toBe('AIzaKey');
    expect(await tokens.credentialFor('ya29.x')).toBe('ya29.x');
    expect(calls).toEqual([]);
  });
});
