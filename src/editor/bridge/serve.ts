import { randomUUID } from 'node:crypto';
import { Collector } from '../../conversation/collect.ts';
import { GatewayError } from '../../conversation/error.ts';
import { type JsonObject, parseJson } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReplyContext } from '../../dialects/dialect.ts';
import { openaiChat } from '../../dialects/openai-chat/index.ts';
import type { EditorApi, EditorModel } from './editor-api.ts';
import { BridgeFailure, consentNeeded, failureOf } from './failure.ts';
import { AnswerReader } from './from-editor.ts';
import { type BridgedProvider, type ModelSource, modelList, modelNamed, modelsOf, PROVIDERS } from './models.ts';
import type { Answerer, Call, Reply } from './port-server.ts';
import { editorMessages, editorOptions } from './to-editor.ts';

export interface Serving extends ModelSource {
  api: EditorApi;
  /** Whether the user has turned the bridge on. */
  enabled(): boolean;
  /** As `languageModelAccessInformation.canSendRequest`: asks nobody. */
  canSend(model: EditorModel): boolean | undefined;
  /** A request was refused for lack of consent. */
  consentWanted(model: EditorModel): void;
  /** A list has been told. */
  listed(provider: BridgedProvider, models: readonly EditorModel[]): void;
}

/** So many requests at once: more come only from models that lead back here by a way we do not know. */
const MOST_AT_ONCE = 32;

/** A small server of OpenAI's chat dialect over the models of the editor: `GET /<provider>/models`, `POST /<provider>/chat/completions`. */
export function answererOf(serving: Serving): Answerer {
  let running = 0;
  return async (call, reply, signal) => {
    running += 1;
    try {
      if (!serving.enabled()) throw new BridgeFailure(403, 'bridge_off', "The use of this editor's models is turned off in VS Code.");
      if (running > MOST_AT_ONCE)
        throw new BridgeFailure(429, 'rate_limit_exceeded', 'Too many requests to the models of the editor at once.');
      await route(serving, call, reply, signal);
    } catch (error) {
      if (!(error instanceof BridgeFailure)) throw error;
      await json(reply, error.status, error.body);
    } finally {
      running -= 1;
    }
  };
}

async function route(serving: Serving, { method, path, body = '' }: Call, reply: Reply, signal: AbortSignal): Promise<void> {
  const provider = PROVIDERS.find((each) => path.startsWith(`/${each}/`));
  const rest = provider && path.slice(provider.length + 1);
  if (provider && method === 'GET' && rest === '/models') return await answerList(serving, provider, reply);
  if (provider && method === 'POST' && rest === '/chat/completions') return await answerChat(serving, provider, body, reply, signal);
  throw new BridgeFailure(404, 'not_found', 'There is no such route on the bridge.');
}

async function answerList(serving: Serving, provider: BridgedProvider, reply: Reply): Promise<void> {
  const models = await modelsOf(provider, serving);
  serving.listed(provider, models);
  await json(reply, 200, modelList(provider, models));
}

async function answerChat(serving: Serving, provider: BridgedProvider, body: string, reply: Reply, signal: AbortSignal): Promise<void> {
  const request = readRequest(body);
  const model = await modelNamed(provider, request.model, serving);
  // A request should not open the dialog of consent by itself, and never again after a no.
  if (serving.canSend(model) !== true) {
    serving.consentWanted(model);
    throw consentNeeded(model.vendor, model.id);
  }
  const context = contextOf(request);
  const events = eventsOf(serving.api, model, request, context.newId(), signal);
  // Quotas and refusals come with the first part at times: until then the answer can still have a status of its own.
  const first = await events.next().catch((error: unknown) => {
    if (error instanceof BridgeFailure && error.code === 'consent_needed') serving.consentWanted(model);
    throw error;
  });
  if (request.stream) await stream(events, first, context, model, reply);
  else await whole(events, first, context, reply);
}

function readRequest(body: string): ChatRequest {
  const read = openaiChat.readRequest(parseJson(body), {});
  if (!read.ok) throw new BridgeFailure(400, read.error.code ?? 'invalid_request', read.error.message);
  return read.value;
}

type Events = AsyncGenerator<StreamEvent[], StreamEvent[]>;

/** The events of one answer, a part at a time. Throws BridgeFailure. Cancels the request when the signal aborts, and when nobody reads on. */
async function* eventsOf(api: EditorApi, model: EditorModel, request: ChatRequest, id: string, signal: AbortSignal): Events {
  const source = new api.CancellationTokenSource();
  const cancel = (): void => source.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const reader = new AnswerReader(api, model.id);
  try {
    const messages = editorMessages(api, request);
    const { stream } = await model.sendRequest(messages, editorOptions(api, request), source.token);
    let opening = reader.start(`chatcmpl-${id}`);
    for await (const part of stream) {
      signal.throwIfAborted();
      const events = reader.push(part);
      if (events.length === 0) continue;
      yield [...opening, ...events];
      opening = [];
    }
    return [...opening, ...reader.end()];
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(error, model);
  } finally {
    signal.removeEventListener('abort', cancel);
    source.cancel();
    source.dispose();
  }
}

type Step = IteratorResult<StreamEvent[], StreamEvent[]>;

async function stream(events: Events, first: Step, context: ReplyContext, model: EditorModel, reply: Reply): Promise<void> {
  const writer = openaiChat.streamWriter(context);
  const write = async (list: StreamEvent[]): Promise<void> => await reply.write(list.map((event) => writer.push(event)).join(''));
  reply.head(200, { 'content-type': 'text/event-stream' });
  try {
    let step = first;
    for (; !step.done; step = await events.next()) await write(step.value);
    await write(step.value);
    await reply.write(writer.end());
  } catch (error) {
    if (!(error instanceof BridgeFailure)) throw error;
    const { status, code, message, body } = failureOf(error, model);
    const raw = { dialect: openaiChat.id, body: body as JsonObject };
    await reply.write(writer.push({ type: 'error', error: new GatewayError({ class: 'overload', status, code, message, raw }) }));
  } finally {
    // The reader is gone, or has it all.
    await events.return([]);
  }
}

async function whole(events: Events, first: Step, context: ReplyContext, reply: Reply): Promise<void> {
  const collector = new Collector(openaiChat.id);
  let step = first;
  for (; !step.done; step = await events.next()) for (const event of step.value) collector.push(event);
  for (const event of step.value) collector.push(event);
  const result = collector.result();
  if (!result.ok) throw new BridgeFailure(502, 'empty_response', result.error.message);
  await json(reply, 200, openaiChat.writeResponse(result.value, context));
}

async function json(reply: Reply, status: number, body: JsonObject): Promise<void> {
  reply.head(status, { 'content-type': 'application/json' });
  await reply.write(JSON.stringify(body));
}

function contextOf(request: ChatRequest): ReplyContext {
  return { request, model: request.model, warn: () => {}, now: Date.now, newId: () => randomUUID().replaceAll('-', '') };
}
