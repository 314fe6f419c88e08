import { accountFor, configFor, gatewayWith, type RunningGateway } from '../sdk/house.ts';
import { jsonReply, type Reply } from '../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

/** What a raw client got. */
export interface Got {
  status: number;
  text: string;
  headers: Headers;
}

export interface AskOptions {
  model?: string;
  key?: string;
  text?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** A gateway with accounts that share the prefix `chat`, each at a scripted provider of its own. */
export interface Accounts {
  gateway: RunningGateway;
  providers: ScriptedProvider[];
  ask(options?: AskOptions): Promise<Got>;
  /** What `GET /admin/health` says of the limits, by account. */
  limits(): Promise<Record<string, { running: number; waiting: number; rpm?: number; windows: Record<string, unknown>[] }>>;
  /** All run in one process: what was on its way before these round trips has arrived after them. */
  arrived(): Promise<void>;
  close(): Promise<void>;
}

/** One account for each of `accounts`, which says what is special about it; `chat/m` names them all, the first one first. */
export async function accountsWith(
  accounts: Record<string, unknown>[],
  settings: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<Accounts> {
  const providers = await Promise.all(accounts.map(() => scriptedProvider()));
  const configs = accounts.map((special, at) => ({
    ...accountFor('openai-chat', providers[at]?.url ?? '', at),
    id: `account-${at}`,
    name: `account-${at}`,
    prefix: 'chat',
    ...special,
  }));
  const gateway = await gatewayWith({ ...configFor(configs, settings), ...more });
  const limits: Accounts['limits'] = async () => {
    const response = await fetch(`${gateway.url}/admin/health`, { headers: { 'x-api-key': gateway.key } });
    const { limits: entries } = (await response.json()) as {
      limits: ({ account: string } & Awaited<ReturnType<Accounts['limits']>>[string])[];
    };
    return Object.fromEntries(entries.map(({ account, ...entry }) => [account, entry]));
  };
  return {
    gateway,
    providers,
    ask: (options) => askAt(gateway, options),
    limits,
    arrived: async () => {
      for (let trip = 0; trip < 5; trip += 1) await limits();
    },
    close: async () => {
      await gateway.close();
      await Promise.all(providers.map((provider) => provider.close()));
    },
  };
}

/** One chat request that is not streamed. */
export async function askAt(target: { url: string; key: string }, options: AskOptions = {}): Promise<Got> {
  const { model = 'chat/m', key = target.key, text = 'Say something.', headers = {}, signal } = options;
  const response = await fetch(`${target.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: text }] }),
    ...(signal ? { signal } : {}),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** A whole chat answer. */
export function answer(content = 'answered', usage: { input: number; output: number } = { input: 9, output: 4 }, headers = {}): Reply {
  const body = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: usage.input, completion_tokens: usage.output, total_tokens: usage.input + usage.output },
  };
  return jsonReply(body, 200, headers);
}

/** The failure's code, as an OpenAI client reads it. */
export function codeOf({ text }: Got): string | undefined {
  return (JSON.parse(text) as { error?: { code?: string } }).error?.code;
}

/** Resolves as soon as `holds` does: for states that are reached soon, at no known moment. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const ends = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > ends) throw new Error('not within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
