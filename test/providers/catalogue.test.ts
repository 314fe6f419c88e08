import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../src/conversation/dialect-id.ts';
import { nearestProviders, providerById, providers } from '../../src/providers/catalogue.ts';
import { endpointsOf, requestHeaders, requestUrl } from '../../src/providers/endpoint.ts';
import { defineProvider, type Provider } from '../../src/providers/provider.ts';
import { isBridged } from '../../src/upstream/bridge.ts';

/** What an account must say for the providers that need it; the table's URLs are written with these. */
const GIVEN: Record<string, string> = {
  resource: 'res',
  region: 'eu-west-1',
  project: 'proj',
  accountId: 'acc',
  baseUrl: 'https://own.example/v1',
};

function accountFor(provider: Provider) {
  const needed = (provider.parameters ?? []).filter(({ optional, derived }) => !optional && !derived);
  const parameters: Record<string, string> = {};
  for (const { name } of needed) if (GIVEN[name] !== undefined) parameters[name] = GIVEN[name];
  if (provider.id === 'gemini-compatible') parameters.baseUrl = 'https://own.example/v1beta';
  if (provider.id === 'cohere-compatible') parameters.baseUrl = 'https://own.example/v2';
  if (provider.id === 'ollama-compatible') parameters.baseUrl = 'https://own.example/api';
  return { parameters };
}

/** One row a provider: for each dialect, in order of preference, the URL of a streamed chat with model `m`, and the headers beside anthropic-version. */
const TABLE: Record<string, Partial<Record<DialectId, [url: string, headers: string]>>> = {
  openai: {
    'openai-responses': ['https://api.openai.com/v1/responses', 'authorization'],
    'openai-chat': ['https://api.openai.com/v1/chat/completions', 'authorization'],
  },
  anthropic: { 'anthropic-messages': ['https://api.anthropic.com/v1/messages', 'x-api-key'] },
  gemini: { gemini: ['https://generativelanguage.googleapis.com/v1beta/models/m:streamGenerateContent?alt=sse', 'x-goog-api-key'] },
  openrouter: {
    'openai-chat': ['https://openrouter.ai/api/v1/chat/completions', 'authorization'],
    'openai-responses': ['https://openrouter.ai/api/v1/responses', 'authorization'],
    'anthropic-messages': ['https://openrouter.ai/api/v1/messages', 'authorization'],
  },
  deepseek: {
    'openai-chat': ['https://api.deepseek.com/chat/completions', 'authorization'],
    'anthropic-messages': ['https://api.deepseek.com/anthropic/v1/messages', 'x-api-key'],
  },
  groq: { 'openai-chat': ['https://api.groq.com/openai/v1/chat/completions', 'authorization'] },
  mistral: { 'openai-chat': ['https://api.mistral.ai/v1/chat/completions', 'authorization'] },
  codestral: { 'openai-chat': ['https://codestral.mistral.ai/v1/chat/completions', 'authorization'] },
  xai: {
    'openai-chat': ['https://api.x.ai/v1/chat/completions', 'authorization'],
    'openai-responses': ['https://api.x.ai/v1/responses', 'authorization'],
  },
  cerebras: { 'openai-chat': ['https://api.cerebras.ai/v1/chat/completions', 'authorization'] },
  perplexity: { 'openai-chat': ['https://api.perplexity.ai/chat/completions', 'authorization'] },
  cohere: { 'openai-chat': ['https://api.cohere.com/compatibility/v1/chat/completions', 'authorization'] },
  nvidia: { 'openai-chat': ['https://integrate.api.nvidia.com/v1/chat/completions', 'authorization'] },
  glm: {
    'openai-chat': ['https://api.z.ai/api/coding/paas/v4/chat/completions', 'authorization'],
    'anthropic-messages': ['https://api.z.ai/api/anthropic/v1/messages', 'authorization'],
  },
  'glm-general': { 'openai-chat': ['https://api.z.ai/api/paas/v4/chat/completions', 'authorization'] },
  'glm-cn': {
    'openai-chat': ['https://open.bigmodel.cn/api/coding/paas/v4/chat/completions', 'authorization'],
    'anthropic-messages': ['https://open.bigmodel.cn/api/anthropic/v1/messages', 'authorization'],
  },
  'glm-cn-general': { 'openai-chat': ['https://open.bigmodel.cn/api/paas/v4/chat/completions', 'authorization'] },
  moonshot: {
    'openai-chat': ['https://api.moonshot.ai/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://api.moonshot.ai/anthropic/v1/messages', 'authorization'],
  },
  'moonshot-cn': {
    'openai-chat': ['https://api.moonshot.cn/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://api.moonshot.cn/anthropic/v1/messages', 'authorization'],
  },
  'kimi-coding-apikey': {
    'anthropic-messages': ['https://api.kimi.com/coding/v1/messages', 'authorization'],
    'openai-chat': ['https://api.kimi.com/coding/v1/chat/completions', 'authorization'],
  },
  minimax: {
    'anthropic-messages': ['https://api.minimax.io/anthropic/v1/messages', 'authorization'],
    'openai-chat': ['https://api.minimax.io/v1/chat/completions', 'authorization'],
  },
  'minimax-cn': {
    'anthropic-messages': ['https://api.minimaxi.com/anthropic/v1/messages', 'authorization'],
    'openai-chat': ['https://api.minimaxi.com/v1/chat/completions', 'authorization'],
  },
  alibaba: {
    'openai-chat': ['https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://dashscope-intl.aliyuncs.com/apps/anthropic/v1/messages', 'authorization'],
  },
  'alibaba-cn': {
    'openai-chat': ['https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://dashscope.aliyuncs.com/apps/anthropic/v1/messages', 'authorization'],
  },
  'bailian-coding-plan': {
    'openai-chat': ['https://coding-intl.dashscope.aliyuncs.com/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://coding-intl.dashscope.aliyuncs.com/apps/anthropic/v1/messages', 'authorization'],
  },
  'bailian-coding-plan-cn': {
    'openai-chat': ['https://coding.dashscope.aliyuncs.com/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://coding.dashscope.aliyuncs.com/apps/anthropic/v1/messages', 'authorization'],
  },
  'volcengine-ark': { 'openai-chat': ['https://ark.cn-beijing.volces.com/api/v3/chat/completions', 'authorization'] },
  'volcengine-coding-plan': { 'openai-chat': ['https://ark.cn-beijing.volces.com/api/coding/v3/chat/completions', 'authorization'] },
  byteplus: { 'openai-chat': ['https://ark.ap-southeast.bytepluses.com/api/coding/v3/chat/completions', 'authorization'] },
  qianfan: { 'openai-chat': ['https://qianfan.baidubce.com/v2/chat/completions', 'authorization'] },
  hunyuan: { 'openai-chat': ['https://api.hunyuan.cloud.tencent.com/v1/chat/completions', 'authorization'] },
  stepfun: {
    'openai-chat': ['https://api.stepfun.com/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://api.stepfun.com/v1/messages', 'authorization'],
  },
  'xiaomi-mimo': {
    'openai-chat': ['https://api.xiaomimimo.com/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://api.xiaomimimo.com/anthropic/v1/messages', 'authorization'],
  },
  longcat: { 'openai-chat': ['https://api.longcat.chat/openai/v1/chat/completions', 'authorization'] },
  upstage: { 'openai-chat': ['https://api.upstage.ai/v1/chat/completions', 'authorization'] },
  ai21: { 'openai-chat': ['https://api.ai21.com/studio/v1/chat/completions', 'authorization'] },
  'meta-llama': { 'openai-chat': ['https://api.llama.com/compat/v1/chat/completions', 'authorization'] },
  morph: { 'openai-chat': ['https://api.morphllm.com/v1/chat/completions', 'authorization'] },
  v0: { 'openai-chat': ['https://api.v0.dev/v1/chat/completions', 'authorization'] },
  together: { 'openai-chat': ['https://api.together.xyz/v1/chat/completions', 'authorization'] },
  fireworks: { 'openai-chat': ['https://api.fireworks.ai/inference/v1/chat/completions', 'authorization'] },
  nebius: { 'openai-chat': ['https://api.tokenfactory.nebius.com/v1/chat/completions', 'authorization'] },
  siliconflow: { 'openai-chat': ['https://api.siliconflow.com/v1/chat/completions', 'authorization'] },
  'siliconflow-cn': { 'openai-chat': ['https://api.siliconflow.cn/v1/chat/completions', 'authorization'] },
  hyperbolic: { 'openai-chat': ['https://api.hyperbolic.xyz/v1/chat/completions', 'authorization'] },
  friendliai: { 'openai-chat': ['https://api.friendli.ai/serverless/v1/chat/completions', 'authorization'] },
  deepinfra: {
    'openai-chat': ['https://api.deepinfra.com/v1/openai/chat/completions', 'authorization'],
    'anthropic-messages': ['https://api.deepinfra.com/anthropic/v1/messages', 'authorization'],
  },
  sambanova: { 'openai-chat': ['https://api.sambanova.ai/v1/chat/completions', 'authorization'] },
  novita: { 'openai-chat': ['https://api.novita.ai/openai/v1/chat/completions', 'authorization'] },
  chutes: { 'openai-chat': ['https://llm.chutes.ai/v1/chat/completions', 'authorization'] },
  huggingface: { 'openai-chat': ['https://router.huggingface.co/v1/chat/completions', 'authorization'] },
  'github-models': { 'openai-chat': ['https://models.github.ai/inference/chat/completions', 'x-github-api-version authorization'] },
  'opencode-zen': {
    'openai-chat': ['https://opencode.ai/zen/v1/chat/completions', 'authorization'],
    'openai-responses': ['https://opencode.ai/zen/v1/responses', 'authorization'],
    'anthropic-messages': ['https://opencode.ai/zen/v1/messages', 'x-api-key'],
    gemini: ['https://opencode.ai/zen/v1/models/m:streamGenerateContent?alt=sse', 'x-goog-api-key'],
  },
  'opencode-go': {
    'openai-chat': ['https://opencode.ai/zen/go/v1/chat/completions', 'authorization'],
    'anthropic-messages': ['https://opencode.ai/zen/go/v1/messages', 'x-api-key'],
  },
  'vercel-ai-gateway': {
    'openai-chat': ['https://ai-gateway.vercel.sh/v1/chat/completions', 'authorization'],
    'openai-responses': ['https://ai-gateway.vercel.sh/v1/responses', 'authorization'],
    'anthropic-messages': ['https://ai-gateway.vercel.sh/v1/messages', 'x-api-key'],
  },
  'cloudflare-ai': { 'openai-chat': ['https://api.cloudflare.com/client/v4/accounts/acc/ai/v1/chat/completions', 'authorization'] },
  pollinations: { 'openai-chat': ['https://gen.pollinations.ai/v1/chat/completions', 'authorization'] },
  puter: { 'openai-chat': ['https://api.puter.com/puterai/openai/v1/chat/completions', 'authorization'] },
  blackbox: { 'openai-chat': ['https://api.blackbox.ai/v1/chat/completions', 'authorization'] },
  modelscope: { 'openai-chat': ['https://api-inference.modelscope.cn/v1/chat/completions', 'authorization'] },
  baseten: { 'openai-chat': ['https://inference.baseten.co/v1/chat/completions', 'authorization'] },
  lambda: { 'openai-chat': ['https://api.lambda.ai/v1/chat/completions', 'authorization'] },
  scaleway: { 'openai-chat': ['https://api.scaleway.ai/v1/chat/completions', 'authorization'] },
  nscale: { 'openai-chat': ['https://inference.api.nscale.com/v1/chat/completions', 'authorization'] },
  ovhcloud: {
    'openai-chat': ['https://oai.endpoints.kepler.ai.cloud.ovh.net/v1/chat/completions', 'authorization'],
    'openai-responses': ['https://oai.endpoints.kepler.ai.cloud.ovh.net/v1/responses', 'authorization'],
  },
  wandb: { 'openai-chat': ['https://api.inference.wandb.ai/v1/chat/completions', 'authorization'] },
  featherless: { 'openai-chat': ['https://api.featherless.ai/v1/chat/completions', 'authorization'] },
  venice: { 'openai-chat': ['https://api.venice.ai/api/v1/chat/completions', 'authorization'] },
  synthetic: { 'openai-chat': ['https://api.synthetic.new/openai/v1/chat/completions', 'authorization'] },
  nanogpt: { 'openai-chat': ['https://nano-gpt.com/api/v1/chat/completions', 'authorization'] },
  poe: {
    'openai-chat': ['https://api.poe.com/v1/chat/completions', 'authorization'],
    'openai-responses': ['https://api.poe.com/v1/responses', 'authorization'],
  },
  requesty: { 'openai-chat': ['https://router.requesty.ai/v1/chat/completions', 'authorization'] },
  llm7: { 'openai-chat': ['https://api.llm7.io/v1/chat/completions', 'authorization'] },
  crof: { 'openai-chat': ['https://crof.ai/v1/chat/completions', 'authorization'] },
  'kilo-gateway': { 'openai-chat': ['https://api.kilo.ai/api/gateway/chat/completions', 'authorization'] },
  cline: { 'openai-chat': ['https://api.cline.bot/api/v1/chat/completions', 'authorization'] },
  'vscode-copilot': { 'openai-chat': ['bridge://editor/copilot/chat/completions', ''] },
  'vscode-lm': { 'openai-chat': ['bridge://editor/lm/chat/completions', ''] },
  azure: {
    'openai-responses': ['https://res.openai.azure.com/openai/v1/responses', 'api-key'],
    'openai-chat': ['https://res.openai.azure.com/openai/v1/chat/completions', 'api-key'],
  },
  'azure-deployments': {
    'openai-chat': ['https://res.openai.azure.com/openai/deployments/m/chat/completions?api-version=2024-10-21', 'api-key'],
  },
  bedrock: { 'bedrock-converse': ['https://bedrock-runtime.eu-west-1.amazonaws.com/model/m/converse-stream', 'authorization'] },
  'bedrock-mantle': {
    'openai-chat': ['https://bedrock-mantle.eu-west-1.api.aws/v1/chat/completions', 'authorization'],
    'openai-responses': ['https://bedrock-mantle.eu-west-1.api.aws/v1/responses', 'authorization'],
    'anthropic-messages': ['https://bedrock-mantle.eu-west-1.api.aws/anthropic/v1/messages', 'authorization'],
  },
  vertex: {
    gemini: [
      'https://eu-west-1-aiplatform.googleapis.com/v1/projects/proj/locations/eu-west-1/publishers/google/models/m:streamGenerateContent?alt=sse',
      'authorization',
    ],
  },
  'vertex-express': {
    gemini: ['https://aiplatform.googleapis.com/v1/publishers/google/models/m:streamGenerateContent?alt=sse', 'x-goog-api-key'],
  },
  'vertex-partner': {
    'openai-chat': [
      'https://eu-west-1-aiplatform.googleapis.com/v1/projects/proj/locations/eu-west-1/endpoints/openapi/chat/completions',
      'authorization',
    ],
    'anthropic-messages': [
      'https://eu-west-1-aiplatform.googleapis.com/v1/projects/proj/locations/eu-west-1/publishers/anthropic/models/m:streamRawPredict',
      'authorization',
    ],
  },
  'ollama-local': { 'openai-chat': ['http://localhost:11434/v1/chat/completions', 'authorization'] },
  lmstudio: { 'openai-chat': ['http://localhost:1234/v1/chat/completions', 'authorization'] },
  vllm: { 'openai-chat': ['http://localhost:8000/v1/chat/completions', 'authorization'] },
  'ollama-cloud': { 'openai-chat': ['https://ollama.com/v1/chat/completions', 'authorization'] },
  'openai-compatible': { 'openai-chat': ['https://own.example/v1/chat/completions', 'authorization'] },
  'openai-responses-compatible': { 'openai-responses': ['https://own.example/v1/responses', 'authorization'] },
  'anthropic-compatible': { 'anthropic-messages': ['https://own.example/v1/messages', 'x-api-key'] },
  'gemini-compatible': { gemini: ['https://own.example/v1beta/models/m:streamGenerateContent?alt=sse', 'x-goog-api-key'] },
  'cohere-compatible': { 'cohere-chat': ['https://own.example/v2/chat', 'authorization'] },
  'ollama-compatible': { ollama: ['https://own.example/api/chat', 'authorization'] },
  demo: { 'openai-chat': ['http://demo.invalid/v1/chat/completions', ''] },
};

describe('the catalogue', () => {
  it('has at least 75 providers, each with a row in this table', () => {
    expect(providers.length).toBeGreaterThanOrEqual(75);
    expect(providers.map(({ id }) => id).sort()).toEqual(Object.keys(TABLE).sort());
  });

  for (const provider of providers) {
    it(`asks ${provider.id} where its vendor says, with its own form of key`, () => {
      const account = accountFor(provider);
      const found = endpointsOf(provider, account).map(({ dialect, endpoint }) => {
        const headers = Object.keys(requestHeaders(provider, endpoint, dialect, 'a-key', account));
        const url = requestUrl(provider, endpoint, dialect, { model: 'm', stream: true, account });
        return [dialect, [url, headers.filter((name) => name !== 'anthropic-version').join(' ')]];
      });
      expect(found).toEqual(Object.entries(TABLE[provider.id] ?? {}));
    });
  }

  it('has no id or prefix twice', () => {
    for (const key of ['id', 'prefix'] as const) {
      const values = providers.map((provider) => provider[key]);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('has no prefix that is another provider’s id', () => {
    for (const { id, prefix } of providers) expect([undefined, id]).toContain(providers.find((other) => other.id === prefix)?.id);
  });

  it('holds nothing that looks like a secret', () => {
    const secret = /\b(?:sk|gsk|xai|nvapi|hf|ghp|github_pat)[-_][A-Za-z0-9_-]{16,}|AIza[\w-]{30,}|-----BEGIN|GOCSPX/;
    for (const provider of providers) expect(JSON.stringify(provider)).not.toMatch(secret);
  });

  it('says what the terms are wherever they restrict the user', () => {
    const noticed = providers.filter(({ terms }) => terms.status !== 'ok');
    expect(noticed.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['glm', 'glm-cn', 'kimi-coding-apikey', 'kilo-gateway', 'cline', 'bailian-coding-plan', 'cohere']),
    );
    for (const { terms } of noticed) expect(terms.notice).toMatch(/\S.{20,}\.$/);
  });

  it('offers no login that its vendor forbids, and no session cookie', () => {
    const left = ['claude', 'codex', 'gemini-cli', 'antigravity', 'github', 'kiro', 'cursor', 'qwen', 'iflow', 'qoder', 'xai-oauth'];
    expect(left.filter((id) => providerById(id))).toEqual([]);
    expect(providers.filter(({ terms }) => terms.status === 'prohibited' || terms.status === 'discontinued')).toEqual([]);
  });

  it('keeps keys out of plain HTTP but for hosts on this machine', () => {
    for (const provider of providers) {
      for (const { baseUrl } of Object.values(provider.endpoints)) {
        expect(baseUrl).toMatch(/^https:\/\/|^\{baseUrl\}|^http:\/\/(?:localhost|demo\.invalid)|^bridge:\/\/editor\//);
      }
    }
  });

  it('reaches through the editor exactly what is marked so, and shows the terms', () => {
    const bridged = providers.filter(({ endpoints }) => Object.values(endpoints).some(({ baseUrl }) => isBridged(baseUrl)));
    expect(bridged.map(({ id }) => id)).toEqual(['vscode-copilot', 'vscode-lm']);
    expect(providers.filter(({ inEditor }) => inEditor)).toEqual(bridged);
    for (const { terms, auth } of bridged) expect([auth.type, terms.notice]).toEqual(['none', expect.stringMatching(/consent/)]);
  });

  it('keeps the demo offline and lets no other provider be', () => {
    expect(providers.filter(({ offline }) => offline).map(({ id }) => id)).toEqual(['demo']);
    expect(providerById('demo')?.models.seed.map(({ id }) => id)).toEqual(['echo', 'tools']);
  });

  it('takes a base URL for exactly the custom providers', () => {
    expect(providers.filter(({ customBaseUrl }) => customBaseUrl).map(({ id }) => id)).toEqual([
      'openai-compatible',
      'openai-responses-compatible',
      'anthropic-compatible',
      'gemini-compatible',
      'cohere-compatible',
      'ollama-compatible',
    ]);
  });
});

describe('defineProvider', () => {
  const sound: Provider = {
    id: 'x',
    name: 'X',
    prefix: 'x',
    tier: 'api-key',
    auth: { type: 'bearer' },
    endpoints: { 'openai-chat': { baseUrl: 'https://x.example/v1' } },
    models: { seed: [] },
    terms: { status: 'ok' },
  };
  const unsound: [string, Partial<Provider>, RegExp][] = [
    ['an id with capitals', { id: 'X y' }, /id "X y"/],
    ['no endpoint', { endpoints: {} }, /no endpoint/],
    ['an unknown parameter', { endpoints: { gemini: { baseUrl: 'https://{where}.example' } } }, /uses \{where\}/],
    ['an unknown parameter in a header', { headers: { a: '{b}' } }, /headers uses \{b\}/],
    ['a base with a slash', { endpoints: { gemini: { baseUrl: 'https://x.example/' } } }, /ends in a slash/],
    ['a model twice', { models: { seed: [{ id: 'm' }, { id: 'm' }] } }, /m is listed twice/],
    ['a model in a dialect without endpoint', { models: { seed: [{ id: 'm', dialect: 'gemini' }] } }, /gemini, which has no endpoint/],
    ['models bound to such a dialect', { modelDialects: [{ match: /a/, dialect: 'gemini' }] }, /gemini, which has no endpoint/],
  ];
  it('gives a sound definition back', () => expect(defineProvider(sound)).toBe(sound));
  it.each(unsound)('refuses %s', (_, change, problem) => {
    expect(() => defineProvider({ ...sound, ...change })).toThrow(problem);
  });
});

describe('nearestProviders', () => {
  it.each([
    ['opnrouter', 'openrouter'],
    ['OpenAI', 'openai'],
    ['antropic', 'anthropic'],
    ['claude', 'anthropic'],
    ['grok', 'xai'],
    ['deepsek', 'deepseek'],
    ['z.ai', 'glm'],
    ['ollama', 'ollama-local'],
    ['openai_compatible', 'openai-compatible'],
  ])('finds what was meant by %s', (typed, id) => {
    expect(nearestProviders(typed, 3).map((provider) => provider.id)).toContain(id);
  });

  it('gives as many as asked for, whatever was typed', () => {
    expect(nearestProviders('', 4)).toHaveLength(4);
    expect(nearestProviders('x'.repeat(10_000), 2)).toHaveLength(2);
  });
});
