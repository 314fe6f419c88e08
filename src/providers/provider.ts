import type { DialectId } from '../conversation/dialect-id.ts';
import type { JsonObject } from '../conversation/json.ts';
import type { FailureRule } from '../dialects/shared/classify.ts';

/** Order of the fall-back: what is already paid first, what costs nothing last. */
export type Tier = 'subscription' | 'api-key' | 'cheap' | 'free' | 'local';

/** How the credential goes into a request. */
export type AuthForm =
  | { type: 'none' }
  /** `Authorization: Bearer <key>`; `optional` where the host also answers without a key. */
  | { type: 'bearer'; optional?: boolean; fallbackKey?: string }
  | { type: 'header'; header: string; prefix?: string }
  | { type: 'query'; parameter: string }
  /** A Google service account's JSON key, exchanged for an access token; or a plain API key, sent as `x-goog-api-key`. */
  | { type: 'google-service-account' };

/** A value the user gives beside the key; stands in URLs as `{name}`. */
export interface ProviderParameter {
  name: string;
  label: string;
  example: string;
  default?: string;
  /** True where an empty value is fine: a header that needs it is then left out. */
  optional?: boolean;
  /**
   * Not asked of the user: follows from another parameter. `values` are the exceptions; in `otherwise`, `{value}` stands for the
   * other parameter's value. A value the user gives all the same wins.
   */
  derived?: { from: string; values: Record<string, string>; otherwise: string };
}

export interface Endpoint {
  /** Base URL, perhaps with `{parameter}`s and no trailing slash. The dialect's own path is appended (`/chat/completions`, `/responses`, `/messages`, `/models/{m}:generateContent`). */
  baseUrl: string;
  /** The whole path after the base where it is not the dialect's own; may hold `{model}` and `{action}` (`{action}`: Gemini's method, Bedrock's `converse`/`converse-stream`). */
  path?: string;
  /** Where `path` differs for a streamed request. */
  streamPath?: string;
  /** Fixed query, e.g. `api-version`. */
  query?: Record<string, string>;
  auth?: AuthForm;
  headers?: Record<string, string>;
  /** Names of quirks in `quirks/`, applied in order after the provider's own. */
  quirks?: Quirk[];
  /** True where the vendor counts tokens in this dialect (`/messages/count_tokens`, `:countTokens`). Absent: not offered. */
  countTokens?: boolean;
}

/** What a quirk may know. */
export interface QuirkFacts {
  /** The vendor's model id. */
  model: string;
  dialect: DialectId;
  stream: boolean;
}

/** A named, reusable repair of a request body in the target's dialect: never a test on a provider's id. */
export interface Quirk {
  name: string;
  /** Absent: always. */
  when?(facts: QuirkFacts): boolean;
  /** Gives the repaired body; must not change the one it was given. `warn` tells the user what was left out. */
  apply(body: JsonObject, facts: QuirkFacts, warn: (message: string) => void): JsonObject;
}

export interface ModelInfo {
  id: string;
  name?: string;
  /** Tokens the model takes in all. */
  contextWindow?: number;
  maxOutput?: number;
  tools?: boolean;
  vision?: boolean;
  reasoning?: boolean;
  /** The dialect this model must be asked in where the provider speaks several. */
  dialect?: DialectId;
}

export interface ModelList {
  /** Whole URL or a path appended to the first endpoint's base; absent where the vendor has no reliable list. */
  url?: string;
  /** `openai`: `{data:[{id}]}`; `array`: a bare array of `{id}`; `anthropic`: `{data:[{id, display_name}]}`; `gemini`: `{models:[{name}]}`; `cohere`: `{models:[{name}]}` of chat models; `ollama`: `{models:[{model}]}`. */
  shape?: 'openai' | 'array' | 'anthropic' | 'gemini' | 'cohere' | 'ollama' | 'fireworks' | 'bedrock' | 'cloudflare';
  /** False where the list is public: then it proves nothing about the key. */
  needsKey?: boolean;
  /** Used until the live list is read, and when it cannot be. */
  seed: ModelInfo[];
}

/** Models (by their ids, also those read from a live list) that must be asked in one dialect. The first match counts. */
export interface ModelDialect {
  match: RegExp;
  dialect: DialectId;
}

/** How rate-limit headers of this provider read (facts: 3.2). `reset` tells the form of the reset value. */
export interface RateLimitHeader {
  window: 'requests' | 'tokens' | 'input-tokens' | 'output-tokens';
  /** Length of the window where the vendor fixes one: minute, day. */
  per?: 'minute' | 'day' | 'month';
  limit: string;
  remaining: string;
  reset?: string;
  resetForm?: 'duration' | 'seconds' | 'epoch-seconds' | 'epoch-milliseconds' | 'rfc3339';
}

/** Where the provider tells what is left of an account, by GET with its key (facts: 3.1). The forms are read in `accounts/quota/forms`. */
export type QuotaReader =
  /** One amount at `field` (`data.available_balance`), in `unit`: `usd`, `credits` or a currency's code. `perUnit`: how many of the body's make one. */
  | { form: 'balance'; url: string; field: string; unit: string; perUnit?: number }
  /** `usageCount`: what the body's `…_usage_count` means; absent: not known, not read. */
  | { form: 'minimax'; url: string; usageCount?: 'used' | 'remaining' }
  | { form: 'deepseek' | 'openrouter' | 'zai' | 'kimi-code' | 'opencode-go' | 'nanogpt' | 'crof'; url: string };

export type TermsStatus =
  | 'ok'
  | 'allowed-with-key'
  | 'restricted'
  | 'unclear'
  | 'unsupported'
  | 'high-risk'
  | 'prohibited'
  | 'discontinued';

export interface Modalities {
  embeddings?: string;
  images?: string;
  speechToText?: string;
  textToSpeech?: string;
  moderation?: string;
  rerank?: string;
}

/** One provider, as data. What is absent is not offered. */
export interface Provider {
  id: string;
  name: string;
  /** The default prefix of its models: `prefix/model`. Unique in the catalogue. */
  prefix: string;
  /** Other words a person may look for it by: the vendor, the plan, the family of models. Not ids. */
  aliases?: string[];
  tier: Tier;
  auth: AuthForm;
  /** In order of preference; a request of one of these dialects passes through in it. */
  endpoints: Partial<Record<DialectId, Endpoint>>;
  /** True where the user must give the base URL (custom and local nodes). */
  customBaseUrl?: boolean;
  parameters?: ProviderParameter[];
  /** Fixed headers; a value may hold `{parameter}`s, and is left out where an optional one is empty. */
  headers?: Record<string, string>;
  /** Which models are bound to one of the dialects, where the provider speaks several. */
  modelDialects?: ModelDialect[];
  quirks?: Quirk[];
  /** Answered inside the gateway, never over HTTP; never chosen by automatic routing. */
  offline?: boolean;
  /** Reached through VS Code alone, where it runs the gateway; turned on by a command of the editor, not added like others. */
  inEditor?: boolean;
  /** The answer's text may hold `<think>…</think>`: taken out into reasoning, also on the same dialect. */
  thinkTags?: boolean;
  models: ModelList;
  errors?: FailureRule[];
  rateLimits?: RateLimitHeader[];
  /** Absent: the provider tells nothing of quotas but in headers. */
  quota?: QuotaReader;
  /** True where the vendor counts rate and quota limits of each model by itself: a refusal then locks account × model only. */
  limitsPerModel?: boolean;
  terms: { status: TermsStatus; notice?: string };
  /** Usual names of the environment variable that holds a key. */
  env?: string[];
  /** Where a person gets a key. */
  keyUrl?: string;
  modalities?: Modalities;
  /** What could not be verified, for docs and tests. */
  unverified?: string[];
}

/** Checks what types cannot (every problem named) and gives the definition back. */
export function defineProvider(provider: Provider): Provider {
  const problems = [...nameProblems(provider), ...endpointProblems(provider), ...modelProblems(provider)];
  if (problems.length > 0) throw new Error(`provider ${provider.id}: ${problems.join('; ')}`);
  return provider;
}

function nameProblems(provider: Provider): string[] {
  const problems: string[] = [];
  if (!/^[a-z0-9][a-z0-9-]*$/.test(provider.id)) problems.push(`id "${provider.id}" is not lower-case with dashes`);
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(provider.prefix)) problems.push(`prefix "${provider.prefix}" may hold a-z, 0-9, dot and dash`);
  return problems;
}

function endpointProblems(provider: Provider): string[] {
  const problems: string[] = [];
  if (Object.keys(provider.endpoints).length === 0) problems.push('no endpoint');
  const parameters = (provider.parameters ?? []).map((parameter) => parameter.name);
  const known = new Set(['model', 'action', ...parameters]);
  for (const { name, derived } of provider.parameters ?? []) {
    if (derived && !parameters.includes(derived.from))
      problems.push(`parameter ${name} is derived from ${derived.from}, which is no parameter`);
  }
  const check = (place: string, texts: string[]): void => {
    for (const [, name] of texts.join(' ').matchAll(/\{(\w+)\}/g)) {
      if (name !== undefined && !known.has(name)) problems.push(`${place} uses {${name}}, which is no parameter`);
    }
  };
  check('headers', Object.values(provider.headers ?? {}));
  check('models.url', [provider.models.url ?? '']);
  for (const [dialect, endpoint] of Object.entries(provider.endpoints)) {
    const { baseUrl, path = '', streamPath = '', query = {}, headers = {} } = endpoint;
    check(`endpoints.${dialect}`, [baseUrl, path, streamPath, ...Object.values(query), ...Object.values(headers)]);
    if (baseUrl.endsWith('/')) problems.push(`endpoints.${dialect}.baseUrl ends in a slash`);
  }
  return problems;
}

function modelProblems(provider: Provider): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const { id, dialect } of provider.models.seed) {
    if (seen.has(id)) problems.push(`model ${id} is listed twice`);
    seen.add(id);
    if (dialect && !provider.endpoints[dialect]) problems.push(`model ${id} asks for ${dialect}, which has no endpoint`);
  }
  for (const { match, dialect } of provider.modelDialects ?? []) {
    if (!provider.endpoints[dialect]) problems.push(`modelDialects ${match} asks for ${dialect}, which has no endpoint`);
  }
  return problems;
}
