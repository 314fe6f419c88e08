import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import type { Explained } from '../../src/routing/explain.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { jsonReply, type Reply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

/** Fields of an account; each has a scripted provider of its own, so that who was asked is who was meant. */
export type Member = { name: string } & Record<string, unknown>;

export interface Turn {
  role: 'user' | 'assistant';
  text: string;
}

export interface AskOptions {
  dialect?: ClientDialectId;
  /** A word is one user turn of that text. */
  turns?: string | readonly Turn[];
  headers?: Record<string, string>;
  /** Merged into the body. */
  body?: Record<string, unknown>;
}

/** An answer as far as routing shows in it. */
export interface Asked {
  status: number;
  account: string | null;
  target: string | null;
  attempts: number;
  warning: string;
  text: string;
}

/** A gateway and its accounts. */
export interface Crew {
  gateway: RunningGateway;
  at(name: string): ScriptedProvider;
  ask(model: string, options?: AskOptions): Promise<Asked>;
  explain(query: string): Promise<Explained>;
  admin(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** How many requests each account's provider has got, in the order of the members. */
  counts(): number[];
  /** Between two cases: everybody answers, nobody is cooling, nothing was asked. Where conversations are at home stays known. */
  afresh(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a provider for each member and a gateway with their accounts; everybody answers with his name. */
export async function crewOf(members: readonly Member[], config: Record<string, unknown> = {}): Promise<Crew> {
  const providers = new Map<string, ScriptedProvider>();
  for (const { name } of members) providers.set(name, await scriptedProvider());
  const at = (name: string): ScriptedProvider => {
    const provider = providers.get(name);
    if (!provider) throw new Error(`there is no "${name}"`);
    return provider;
  };
  const accounts = members.map((member) => ({
    ...accountFor('openai-chat', at(member.name).url),
    id: `id-${member.name}`,
    prefix: member.name,
    priority: 1,
    ...member,
  }));
  const { settings, ...others } = config;
  const gateway = await gatewayWith({ ...configFor(accounts, settings as Record<string, unknown>), ...others });
  const answerAll = (): void => {
    for (const [name, provider] of providers) provider.always(answerOf(name));
  };
  const admin = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const headers = { 'x-api-key': gateway.key, 'content-type': 'application/json' };
    const response = await fetch(`${gateway.url}/admin${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  answerAll();
  // Model lists are read once before anybody is asked.
  await (await fetch(`${gateway.url}/v1/models`, { headers: { 'x-api-key': gateway.key } })).arrayBuffer();
  return {
    gateway,
    at,
    admin,
    ask: (model, options) => ask(gateway, model, options),
    explain: async (query) => (await admin('GET', `/explain?${query}`)) as unknown as Explained,
    counts: () => [...providers.values()].map(({ seen }) => seen.length),
    afresh: async () => {
      await gateway.resetHealth();
      for (const provider of providers.values()) provider.reset();
      answerAll();
    },
    close: async () => {
      await gateway.close();
      for (const provider of providers.values()) await provider.close();
    },
  };
}

/** A chat completion that says who wrote it. */
export function answerOf(name: string): Reply {
  const message = { role: 'assistant', content: `from ${name}` };
  return jsonReply({
    id: 'c',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  });
}

export const overloaded = (): Reply => jsonReply({ error: { message: 'overloaded' } }, 503);
/** Out of quota, for hours. */
export const spent = (): Reply => jsonReply({ error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 429);

async function ask(gateway: RunningGateway, model: string, { dialect = 'openai-chat', turns = 'hi', headers = {}, body }: AskOptions = {}) {
  const spoken: readonly Turn[] = typeof turns === 'string' ? [{ role: 'user', text: turns }] : turns;
  const request = REQUESTS[dialect](model, spoken);
  const response = await fetch(gateway.url + request.path, {
    method: 'POST',
    headers: { 'x-api-key': gateway.key, ...headers },
    body: JSON.stringify({ ...request.body, ...body }),
  });
  return {
    status: response.status,
    account: response.headers.get('x-omniroute-account'),
    target: response.headers.get('x-omniroute-target'),
    attempts: Number(response.headers.get('x-omniroute-attempts')),
    warning: response.headers.get('x-omniroute-warning') ?? '',
    text: await response.text(),
  };
}

const messagesOf = (turns: readonly Turn[]) => turns.map(({ role, text }) => ({ role, content: text }));

const REQUESTS: Record<ClientDialectId, (model: string, turns: readonly Turn[]) => { path: string; body: Record<string, unknown> }> = {
  'openai-chat': (model, turns) => ({ path: '/v1/chat/completions', body: { model, messages: messagesOf(turns) } }),
  'openai-responses': (model, turns) => ({ path: '/v1/responses', body: { model, input: messagesOf(turns) } }),
  'anthropic-messages': (model, turns) => ({ path: '/v1/messages', body: { model, max_tokens: 500, messages: messagesOf(turns) } }),
  gemini: (model, turns) => ({
    path: `/v1beta/models/${model}:generateContent`,
    body: { contents: turns.map(({ role, text }) => ({ role: role === 'user' ? 'user' : 'model', parts: [{ text }] })) },
  }),
};
