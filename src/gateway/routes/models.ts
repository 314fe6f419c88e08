import type { Context, Hono } from 'hono';
import { GatewayError } from '../../conversation/error.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { least } from '../../routing/model-view.ts';
import type { ListedModel } from '../../routing/models.ts';
import type { Env, Gateway } from '../context.ts';
import { errorResponse } from '../error-response.ts';
import { type OwnName, routable } from '../routable.ts';

interface Entry {
  name: string;
  title: string;
  owner: string;
  context: number | undefined;
  output: number | undefined;
}

/** The models that would route, in OpenAI's, Anthropic's or Gemini's shape. */
export function modelRoutes(app: Hono<Env>, gateway: Gateway): void {
  for (const prefix of ['/v1', '', '/v1/v1']) {
    app.get(`${prefix}/models`, (c) => listV1(c, gateway));
    app.get(`${prefix}/models/*`, (c) => oneV1(c, gateway, nameAfter(c, `${prefix}/models/`)));
  }
  for (const version of ['/v1beta', '/v1alpha', '/v1beta1']) {
    app.get(`${version}/models`, async (c) => c.json({ models: (await entries(c, gateway)).map(geminiModel) }));
    app.get(`${version}/models/*`, (c) => oneGemini(c, gateway, nameAfter(c, `${version}/models/`)));
  }
}

async function listV1(c: Context<Env>, gateway: Gateway): Promise<Response> {
  const all = await entries(c, gateway);
  if (!wantsAnthropic(c)) return c.json({ object: 'list', data: all.map(openaiModel) });
  const limit = Number(c.req.query('limit')) || 20;
  const after = all.findIndex((entry) => entry.name === c.req.query('after_id'));
  const page = all.slice(after + 1, after + 1 + limit);
  return c.json({
    data: page.map(anthropicModel),
    has_more: after + 1 + limit < all.length,
    first_id: page[0]?.name ?? null,
    last_id: page.at(-1)?.name ?? null,
  });
}

async function oneV1(c: Context<Env>, gateway: Gateway, name: string): Promise<Response> {
  const entry = (await entries(c, gateway)).find((candidate) => candidate.name === name);
  if (!entry) return errorResponse(c, unknown(name), wantsAnthropic(c) ? 'anthropic-messages' : 'openai-chat');
  return c.json(wantsAnthropic(c) ? anthropicModel(entry) : openaiModel(entry));
}

async function oneGemini(c: Context<Env>, gateway: Gateway, name: string): Promise<Response> {
  const entry = (await entries(c, gateway)).find((candidate) => candidate.name === name);
  return entry ? c.json(geminiModel(entry)) : errorResponse(c, unknown(name), 'gemini');
}

async function entries(c: Context<Env>, gateway: Gateway): Promise<Entry[]> {
  const { own, models } = await routable(c, gateway);
  return [...own.map(ownEntry), ...models.map(entryOf)];
}

/** A name of the user's own, or of automatic routing, promises what each of its targets can. */
function ownEntry({ name, targets }: OwnName): Entry {
  const infos = targets.map(({ info }) => info);
  return {
    name,
    title: name,
    owner: 'omniroute',
    context: least(infos.map((info) => info?.contextWindow)) ?? undefined,
    output: least(infos.map((info) => info?.maxOutput)) ?? undefined,
  };
}

function entryOf({ name, account, info }: ListedModel): Entry {
  return {
    name,
    title: `${info.name ?? info.id} (${account.provider.name})`,
    owner: account.provider.id,
    context: info.contextWindow,
    output: info.maxOutput,
  };
}

function openaiModel(entry: Entry): JsonObject {
  // `context_length` is what OpenRouter and others add; tools read it where it is there.
  return {
    id: entry.name,
    object: 'model',
    created: 0,
    owned_by: entry.owner,
    ...(entry.context ? { context_length: entry.context } : {}),
  };
}

function anthropicModel(entry: Entry): JsonObject {
  return {
    type: 'model',
    id: entry.name,
    display_name: entry.title,
    created_at: '1970-01-01T00:00:00Z',
    ...(entry.context ? { max_input_tokens: entry.context } : {}),
    ...(entry.output ? { max_tokens: entry.output } : {}),
  };
}

function geminiModel(entry: Entry): JsonObject {
  return {
    name: `models/${entry.name}`,
    displayName: entry.title,
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
    ...(entry.context ? { inputTokenLimit: entry.context } : {}),
    ...(entry.output ? { outputTokenLimit: entry.output } : {}),
  };
}

const wantsAnthropic = (c: Context<Env>): boolean => c.req.header('anthropic-version') !== undefined;

function nameAfter(c: Context<Env>, base: string): string {
  try {
    return decodeURIComponent(new URL(c.req.url).pathname.slice(base.length));
  } catch {
    return '';
  }
}

function unknown(name: string): GatewayError {
  return new GatewayError({
    class: 'capability',
    status: 404,
    code: 'model_not_found',
    param: 'model',
    message: `There is no model "${name.slice(0, 200)}" here.`,
  });
}
