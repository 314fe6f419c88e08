import { describe, expect, it } from 'vitest';
import { providerById } from '../../src/providers/catalogue.ts';
import {
  type AccountAddress,
  countTokensUrl,
  endpointFor,
  endpointsOf,
  modelsUrl,
  requestHeaders,
  requestUrl,
  urlWithCredential,
} from '../../src/providers/endpoint.ts';
import type { Provider } from '../../src/providers/provider.ts';

function provider(id: string): Provider {
  const found = providerById(id);
  if (!found) throw new Error(`no provider ${id}`);
  return found;
}

/** The URL a chat of `model` is sent to when the client speaks `client`. */
function urlOf(
  id: string,
  client: 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini',
  model: string,
  account: AccountAddress = {},
  stream = false,
) {
  const choice = endpointFor(provider(id), client, model, account);
  if (!choice) return undefined;
  return requestUrl(provider(id), choice.endpoint, choice.dialect, { model, stream, account });
}

describe('endpointFor', () => {
  it.each([
    ['the client’s own dialect where the provider speaks it', 'deepseek', 'anthropic-messages', 'deepseek-v4-pro', 'anthropic-messages'],
    ['the provider’s first dialect where it does not', 'deepseek', 'gemini', 'deepseek-v4-pro', 'openai-chat'],
    ['chat for a chat client of OpenAI', 'openai', 'openai-chat', 'gpt-4.1', 'openai-chat'],
    ['Responses for a chat client where the model refuses tools on chat', 'openai', 'openai-chat', 'gpt-5.4-mini', 'openai-responses'],
    ['Responses for pro models', 'openai', 'openai-chat', 'gpt-5-pro', 'openai-responses'],
    ['Responses for Codex models', 'openai', 'openai-chat', 'gpt-5.1-codex-max', 'openai-responses'],
    ['chat for gpt-5.1', 'openai', 'openai-chat', 'gpt-5.1', 'openai-chat'],
    ['chat for models that do not reason', 'openai', 'openai-chat', 'gpt-5.4-chat-latest', 'openai-chat'],
    ['Messages for Claude at OpenCode Zen', 'opencode-zen', 'openai-chat', 'claude-sonnet-5', 'anthropic-messages'],
    ['Gemini for Gemini at OpenCode Zen', 'opencode-zen', 'openai-chat', 'gemini-3.5-flash', 'gemini'],
    ['chat for the rest of OpenCode Zen, even to an Anthropic client', 'opencode-zen', 'anthropic-messages', 'kimi-k2.6', 'openai-chat'],
    ['Messages for models OpenCode Go added later', 'opencode-go', 'openai-chat', 'minimax-m9', 'anthropic-messages'],
    ['rawPredict for Claude on Vertex', 'vertex-partner', 'openai-chat', 'claude-opus-4-8@default', 'anthropic-messages'],
    ['chat for other partners on Vertex', 'vertex-partner', 'anthropic-messages', 'zai-org/glm-5-maas', 'openai-chat'],
  ] as const)('chooses %s', (_, id, client, model, dialect) => {
    expect(endpointFor(provider(id), client, model, {})?.dialect).toBe(dialect);
  });

  it('offers, under a base URL of the user’s own, only the dialects that live under one base', () => {
    const account = { baseUrl: 'https://proxy.example/v1' };
    expect(endpointsOf(provider('openai'), account).map(({ dialect }) => dialect)).toEqual(['openai-responses', 'openai-chat']);
    expect(endpointsOf(provider('deepseek'), account).map(({ dialect }) => dialect)).toEqual(['openai-chat']);
    expect(urlOf('deepseek', 'anthropic-messages', 'deepseek-chat', account)).toBe('https://proxy.example/v1/chat/completions');
  });
});

describe('a base URL as a user types it', () => {
  it.each([
    ['openai-compatible', 'http://127.0.0.1:9900/v1', 'http://127.0.0.1:9900/v1/chat/completions'],
    ['openai-compatible', 'http://127.0.0.1:9900/v1/', 'http://127.0.0.1:9900/v1/chat/completions'],
    ['openai-compatible', ' http://127.0.0.1:9900 ', 'http://127.0.0.1:9900/v1/chat/completions'],
    ['openai-compatible', 'http://127.0.0.1:9900/v1/chat/completions', 'http://127.0.0.1:9900/v1/chat/completions'],
    ['openai-compatible', 'https://host.example/openai', 'https://host.example/openai/chat/completions'],
    ['openai-compatible', 'https://host.example/api/v3?x=1', 'https://host.example/api/v3/chat/completions'],
    ['openai-responses-compatible', 'https://host.example/v1/responses/', 'https://host.example/v1/responses'],
    ['openai-responses-compatible', 'https://host.example', 'https://host.example/v1/responses'],
    ['anthropic-compatible', 'https://host.example/v1', 'https://host.example/v1/messages'],
    ['anthropic-compatible', 'https://host.example/anthropic', 'https://host.example/anthropic/v1/messages'],
    ['anthropic-compatible', 'https://host.example/v1/messages', 'https://host.example/v1/messages'],
    ['cohere-compatible', 'https://api.cohere.com/v2/', 'https://api.cohere.com/v2/chat'],
    ['cohere-compatible', 'https://api.cohere.com', 'https://api.cohere.com/v2/chat'],
    ['cohere-compatible', 'https://host.example/cohere/v2/chat', 'https://host.example/cohere/v2/chat'],
    ['ollama-compatible', 'http://localhost:11434', 'http://localhost:11434/api/chat'],
    ['ollama-compatible', 'http://localhost:11434/api/', 'http://localhost:11434/api/chat'],
    ['ollama-compatible', 'http://localhost:11434/api/chat', 'http://localhost:11434/api/chat'],
    ['openai-compatible', 'https://host.example/chat', 'https://host.example/chat/chat/completions'],
    ['gemini-compatible', 'https://host.example/v1beta', 'https://host.example/v1beta/models/a%2Fb:generateContent'],
    ['gemini-compatible', 'https://host.example', 'https://host.example/v1beta/models/a%2Fb:generateContent'],
    [
      'gemini-compatible',
      'https://host.example/v1beta/models/x:generateContent',
      'https://host.example/v1beta/models/a%2Fb:generateContent',
    ],
    ['ollama-local', 'http://192.168.1.9:11434', 'http://192.168.1.9:11434/v1/chat/completions'],
  ])('%s takes %s', (id, baseUrl, url) => {
    expect(urlOf(id, 'openai-chat', 'a/b', { baseUrl })).toBe(url);
    if (provider(id).customBaseUrl) expect(urlOf(id, 'openai-chat', 'a/b', { parameters: { baseUrl } })).toBe(url);
  });

  it.each(['ftp://host.example', 'host.example/v1', 'javascript:alert(1)', 'file:///etc'])('refuses %s', (baseUrl) => {
    expect(() => urlOf('openai-compatible', 'openai-chat', 'm', { baseUrl })).toThrow(
      expect.objectContaining({ class: 'auth', code: 'account_base_url' }),
    );
  });

  it('is asked for where there is none', () => {
    expect(() => urlOf('openai-compatible', 'openai-chat', 'm')).toThrow(/lacks "Base URL"/);
  });
});

describe('documented shapes of cloud URLs', () => {
  it.each([
    ['Azure v1', 'azure', 'gpt-4.1', { resource: 'contoso' }, 'https://contoso.openai.azure.com/openai/v1/chat/completions'],
    [
      'Azure with an api-version',
      'azure-deployments',
      'my deployment',
      { resource: 'contoso' },
      'https://contoso.openai.azure.com/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21',
    ],
    [
      'Azure with an api-version of the user’s',
      'azure-deployments',
      'd',
      { resource: 'contoso', apiVersion: '2025-01-01-preview' },
      'https://contoso.openai.azure.com/openai/deployments/d/chat/completions?api-version=2025-01-01-preview',
    ],
    [
      'Bedrock Converse',
      'bedrock',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      { region: 'us-west-2' },
      'https://bedrock-runtime.us-west-2.amazonaws.com/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse',
    ],
    [
      'Bedrock with an ARN',
      'bedrock',
      'arn:aws:bedrock:us-east-1:123:inference-profile/abc',
      {},
      'https://bedrock-runtime.us-east-1.amazonaws.com/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123%3Ainference-profile%2Fabc/converse',
    ],
    [
      'Vertex in a region',
      'vertex',
      'gemini-2.5-pro',
      { project: 'p-1', region: 'us-central1' },
      'https://us-central1-aiplatform.googleapis.com/v1/projects/p-1/locations/us-central1/publishers/google/models/gemini-2.5-pro:generateContent',
    ],
    [
      'Vertex, global',
      'vertex',
      'gemini-2.5-pro',
      { project: 'p-1' },
      'https://aiplatform.googleapis.com/v1/projects/p-1/locations/global/publishers/google/models/gemini-2.5-pro:generateContent',
    ],
    [
      'Claude on Vertex',
      'vertex-partner',
      'claude-haiku-4-5@20251001',
      { project: 'p-1', region: 'europe-west1' },
      'https://europe-west1-aiplatform.googleapis.com/v1/projects/p-1/locations/europe-west1/publishers/anthropic/models/claude-haiku-4-5@20251001:rawPredict',
    ],
    [
      'Cloudflare',
      'cloudflare-ai',
      '@cf/openai/gpt-oss-20b',
      { accountId: 'abc' },
      'https://api.cloudflare.com/client/v4/accounts/abc/ai/v1/chat/completions',
    ],
  ] as const)('%s', (_, id, model, parameters, url) => {
    expect(urlOf(id, 'openai-chat', model, { parameters })).toBe(url);
  });

  it('streams by another path or method where the vendor does', () => {
    const vertex = { parameters: { project: 'p' } };
    expect(urlOf('bedrock', 'openai-chat', 'm', {}, true)).toMatch(/\/model\/m\/converse-stream$/);
    expect(urlOf('vertex', 'openai-chat', 'm', vertex, true)).toMatch(/\/models\/m:streamGenerateContent\?alt=sse$/);
    expect(urlOf('vertex-partner', 'openai-chat', 'claude-x', vertex, true)).toMatch(/\/models\/claude-x:streamRawPredict$/);
    expect(urlOf('gemini', 'gemini', 'models/gemini-2.5-pro', {}, false)).toMatch(/v1beta\/models\/gemini-2\.5-pro:generateContent$/);
  });

  it('names the parameter an account lacks', () => {
    expect(() => urlOf('azure', 'openai-chat', 'm')).toThrow(
      expect.objectContaining({ class: 'auth', code: 'account_parameter', param: 'resource' }),
    );
  });

  it.each(['evil.example/', 'evil.example#', 'user@evil.example', 'a b', 'x\\y', '-a'])(
    'lets no resource name lead to another host: %s',
    (resource) => {
      expect(() => urlOf('azure', 'openai-chat', 'm', { parameters: { resource } })).toThrow(/unusable "Resource name"/);
    },
  );

  it('encodes a parameter that stands in the path', () => {
    expect(urlOf('vertex', 'gemini', 'm', { parameters: { project: '../../x?y' } })).toContain('/projects/..%2F..%2Fx%3Fy/locations/');
  });

  it.each(['', '.', '..'])('takes "%s" for no model', (model) => {
    expect(() => urlOf('bedrock', 'openai-chat', model)).toThrow(expect.objectContaining({ class: 'capability' }));
  });
});

describe('modelsUrl and countTokensUrl', () => {
  it('lists the models of a custom host under its base', () => {
    expect(modelsUrl(provider('openai-compatible'), { baseUrl: 'http://127.0.0.1:1' })).toBe('http://127.0.0.1:1/v1/models');
    expect(modelsUrl(provider('bedrock'), { parameters: { region: 'eu-west-1' } })).toBe(
      'https://bedrock.eu-west-1.amazonaws.com/inference-profiles?maxResults=1000',
    );
    expect(modelsUrl(provider('perplexity'), {})).toBeUndefined();
    expect(modelsUrl(provider('ollama-compatible'), { baseUrl: 'http://localhost:11434' })).toBe('http://localhost:11434/api/tags');
    // As `fetch` sends it: Cohere's list has no v2.
    expect(new URL(modelsUrl(provider('cohere-compatible'), { baseUrl: 'https://host.example/v2' }) ?? '').href).toBe(
      'https://host.example/v1/models?page_size=1000&endpoint=chat',
    );
  });

  it.each([
    ['anthropic', 'claude-x', 'https://api.anthropic.com/v1/messages/count_tokens'],
    ['gemini', 'gemini-x', 'https://generativelanguage.googleapis.com/v1beta/models/gemini-x:countTokens'],
    ['groq', 'm', undefined],
    ['minimax', 'm', undefined],
  ])('counts tokens at %s where it is offered', (id, model, url) => {
    const choice = endpointFor(provider(id), 'anthropic-messages', model, {});
    expect(choice && countTokensUrl(provider(id), choice.endpoint, choice.dialect, model, {})).toBe(url);
  });
});

describe('requestHeaders', () => {
  function headersOf(id: string, credential: string | undefined, account: AccountAddress = {}) {
    const [choice] = endpointsOf(provider(id), account);
    return choice && requestHeaders(provider(id), choice.endpoint, choice.dialect, credential, account);
  }

  it('adds anthropic-version on the Anthropic dialect', () => {
    expect(headersOf('anthropic', 'k')).toEqual({ 'anthropic-version': '2023-06-01', 'x-api-key': 'k' });
    expect(headersOf('minimax', 'k')).toEqual({ 'anthropic-version': '2023-06-01', authorization: 'Bearer k' });
  });

  it('sends no auth header without a key, and the public word where a host has one', () => {
    expect(headersOf('lmstudio', undefined)).toEqual({});
    expect(headersOf('lmstudio', '')).toEqual({});
    expect(headersOf('opencode-zen', undefined)).toEqual({ authorization: 'Bearer public' });
    expect(headersOf('demo', 'k')).toEqual({});
  });

  it('fills optional headers only where the account gives their value', () => {
    expect(headersOf('openai', 'k')).toEqual({ authorization: 'Bearer k' });
    expect(headersOf('openai', 'k', { parameters: { organization: 'org-1' } })).toEqual({
      authorization: 'Bearer k',
      'openai-organization': 'org-1',
    });
  });

  it('tells a Google API key from an access token, and never sends a service account’s JSON', () => {
    const account = { parameters: { project: 'p' } };
    expect(headersOf('vertex', 'ya29.token', account)).toEqual({ authorization: 'Bearer ya29.token' });
    expect(headersOf('vertex', 'AIzaKey', account)).toEqual({ 'x-goog-api-key': 'AIzaKey' });
    expect(() => headersOf('vertex', ' {"type":"service_account"}', account)).toThrow(
      expect.objectContaining({ code: 'credential_not_exchanged', message: expect.not.stringContaining('service_account') }),
    );
  });

  it('puts a key into a URL only where the host takes it nowhere else', () => {
    const query = { type: 'query', parameter: 'key' } as const;
    expect(urlWithCredential('https://h.example/a?b=1', query, 'k')).toBe('https://h.example/a?b=1&key=k');
    expect(urlWithCredential('https://h.example/a', { type: 'bearer' }, 'k')).toBe('https://h.example/a');
  });
});
