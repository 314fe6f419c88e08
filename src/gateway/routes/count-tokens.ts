import type { Context, Hono } from 'hono';
import type { DialectId } from '../../conversation/dialect-id.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { isObject, type JsonObject, parseJson } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { countTokens as anthropicCount } from '../../dialects/anthropic-messages/index.ts';
import type { WriteContext } from '../../dialects/dialect.ts';
import { countTokens as geminiCount } from '../../dialects/gemini/index.ts';
import { clientDialect } from '../../dialects/registry.ts';
import { countTokensUrl } from '../../providers/endpoint.ts';
import { callAccount, failureOf, textOf } from '../../routing/call-account.ts';
import { needsOf } from '../../routing/needs.ts';
import { applyRules } from '../../routing/rules/apply.ts';
import { withoutForeignSignatures } from '../../routing/signatures/foreign.ts';
import type { Target } from '../../routing/target.ts';
import { estimateTokens } from '../../tokens/estimate.ts';
import { parseBody, readBody } from '../body.ts';
import type { Env, Gateway } from '../context.ts';
import { errorResponse, headerText } from '../error-response.ts';
import { askerOf, planFor } from '../plan-for.ts';

/** How a dialect asks for a count and tells it. */
interface CountForm {
  writeCountTokens(request: ChatRequest, context: WriteContext): JsonObject;
  readCount(body: JsonObject): number | undefined;
}

const FORMS: Partial<Record<DialectId, CountForm>> = { 'anthropic-messages': anthropicCount, gemini: geminiCount };

const FETCH_MS = 10_000;

interface Count {
  tokens: number;
  /** Counted here, by a general tokenizer, because the provider offers no count or did not answer. */
  estimated: boolean;
}

/** `/messages/count_tokens` (Anthropic) and `/responses/input_tokens` (OpenAI). */
export function countRoutes(app: Hono<Env>, gateway: Gateway, prefix: string): void {
  app.post(`${prefix}/messages/count_tokens`, async (c) => {
    const read = (body: JsonObject): Parsed<ChatRequest> => anthropicCount.readCountTokens(body);
    return await answer(c, gateway, 'anthropic-messages', read, (tokens) => anthropicCount.writeCount(tokens));
  });
  app.post(`${prefix}/responses/input_tokens`, async (c) => {
    const read = (body: JsonObject): Parsed<ChatRequest> => clientDialect('openai-responses').readRequest(body, {});
    return await answer(c, gateway, 'openai-responses', read, (tokens) => ({ object: 'response.input_tokens', input_tokens: tokens }));
  });
}

/** `models/{m}:countTokens`. */
export async function countGemini(c: Context<Env>, gateway: Gateway, model: string): Promise<Response> {
  return await answer(
    c,
    gateway,
    'gemini',
    (body) => geminiCount.readCountTokens(body, { model }),
    (tokens) => geminiCount.writeCount(tokens),
  );
}

async function answer(
  c: Context<Env>,
  gateway: Gateway,
  dialect: 'anthropic-messages' | 'gemini' | 'openai-responses',
  read: (body: JsonObject) => Parsed<ChatRequest>,
  write: (tokens: number) => JsonObject,
): Promise<Response> {
  try {
    const text = await readBody(c.env.incoming, gateway.config().settings.security.maxBodyBytes);
    const body = parseBody(text);
    const parsed = read(body);
    if (!parsed.ok) throw parsed.error;
    const { request } = applyRules(parsed.value, gateway.config().settings.rules);
    const needs = needsOf(request, text.length);
    const asker = askerOf(c, gateway, request, body);
    // Whoever would answer counts; when nobody may be asked now, the estimate does.
    const target = planFor(c, gateway, { model: request.model, client: dialect, needs, asker }).steps[0]?.target;
    const count = await countFor(gateway, request, target);
    return c.json(write(count.tokens), 200, headersOf(c.get('requestId'), target, count));
  } catch (error) {
    if (error instanceof GatewayError) return errorResponse(c, error, dialect);
    throw error;
  }
}

function headersOf(requestId: string, target: Target | undefined, count: Count): Record<string, string> {
  return {
    'x-request-id': requestId,
    'x-omniroute-attempts': count.estimated ? '0' : '1',
    ...(target ? { 'x-omniroute-target': headerText(target.name), 'x-omniroute-account': headerText(target.account.config.name) } : {}),
    ...(count.estimated ? { 'x-omniroute-estimated': 'true' } : {}),
  };
}

async function countFor(gateway: Gateway, request: ChatRequest, target: Target | undefined): Promise<Count> {
  const counted = target && (await askProvider(gateway, request, target));
  return counted === undefined ? { tokens: await estimateTokens(request), estimated: true } : { tokens: counted, estimated: false };
}

/** The provider's own count, or `undefined` where it has none. Its refusal of the request (unknown model, bad key) is the answer. */
async function askProvider(gateway: Gateway, request: ChatRequest, target: Target): Promise<number | undefined> {
  const { account, endpoint, dialect, model } = target;
  const form = FORMS[dialect];
  const url = form && countTokensUrl(account.provider, endpoint, dialect, model, account.config);
  if (!form || !url) return undefined;
  const called = await callAccount(gateway, target, {
    method: 'POST',
    url,
    body: JSON.stringify(form.writeCountTokens(withoutForeignSignatures(request, target, gateway.signatures), { model, warn: () => {} })),
    signal: AbortSignal.timeout(FETCH_MS),
  });
  const text = await textOf(called);
  const body = parseJson(text);
  if (lacksCounting(called.response.status, body)) return undefined;
  if (called.response.status >= 400) throw failureOf(target, called, text, gateway.now());
  return isObject(body) ? form.readCount(body) : undefined;
}

/** Compatible hosts often have no such route: their 404 is none of the vendor's own, which names what was not found. */
function lacksCounting(status: number, body: unknown): boolean {
  if (status === 405 || status === 501) return true;
  const error = isObject(body) ? body.error : undefined;
  return status === 404 && !(isObject(error) && typeof error.message === 'string');
}
