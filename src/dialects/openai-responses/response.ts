import { eventsOf } from '../../conversation/collect.ts';
import type { ContentPart, Message } from '../../conversation/content.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asArray, asNumber, asObject, asString, type JsonObject, parseJson } from '../../conversation/json.ts';
import type { ChatResponse, Finish, TokenLogprob } from '../../conversation/response.ts';
import type { ReadContext, ReplyContext } from '../dialect.ts';
import { CustomCallRestorer, customToolNames } from '../shared/custom-tools.ts';
import { logprobsOf } from './content.ts';
import { errorOf } from './error.ts';
import { ID, kept } from './extension.ts';
import { answerContext, partsOfOutput } from './items.ts';
import { OutputBuilder } from './output-builder.ts';
import { readUsage } from './usage.ts';

/** Reads a whole Response object. A body with an error, or whose `status` says it failed or is not finished, is `ok: false`. */
export function readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse> {
  const error = errorIn(body, context.now());
  if (error) return { ok: false, error };
  const output = asArray(body.output)
    .map(asObject)
    .filter((item) => item !== undefined);
  const answer = answerContext(context);
  const content = output.flatMap((item) => partsOfOutput(item, answer));
  const logprobs = output.flatMap(logprobsOfItem);
  const usage = readUsage(body.usage);
  return {
    ok: true,
    value: {
      dialect: ID,
      ...(asString(body.id) === undefined ? {} : { id: asString(body.id) }),
      ...(asString(body.model) === undefined ? {} : { model: asString(body.model) }),
      ...(asNumber(body.created_at) === undefined ? {} : { created: asNumber(body.created_at) }),
      choices: [{ index: 0, content, finish: finishOf(body, content), ...(logprobs.length > 0 ? { logprobs } : {}) }],
      ...(usage ? { usage } : {}),
    },
  };
}

function logprobsOfItem(item: JsonObject): TokenLogprob[] {
  return item.type === 'message' ? asArray(item.content).flatMap((part) => logprobsOf(asObject(part)?.logprobs)) : [];
}

/** The error that a Response object (or an error body in its place) reports, if any. */
export function errorIn(body: JsonObject, now: number): GatewayError | undefined {
  const status = asString(body.status);
  const fields = asObject(body.error);
  if (fields && (status === undefined || status === 'failed' || !Array.isArray(body.output)))
    return errorOf({ status: 200, fields, raw: { error: fields }, now });
  if (typeof body.error === 'string' && body.output === undefined)
    return errorOf({ status: 200, fields: { code: body.code, message: body.error }, raw: body, now });
  switch (status) {
    case 'failed':
    case 'cancelled':
      return new GatewayError({ class: 'overload', code: 'server_error', message: `The provider ended the response as ${status}.` });
    case 'queued':
    case 'in_progress':
      return new GatewayError({
        class: 'empty',
        code: 'response_unfinished',
        message: `The provider answered with a response that is ${status}.`,
      });
    default:
      return undefined;
  }
}

/** Why the answer ended. A call that the token limit cut through is no call to make: then it is `length`. */
export function finishOf(body: JsonObject, content: ContentPart[]): Finish {
  const reason = asString(asObject(body.incomplete_details)?.reason);
  const raw = reason ?? asString(body.status);
  const given = raw === undefined ? {} : { raw };
  const calls = content.flatMap((part) => (part.type === 'tool-call' ? [part] : []));
  const whole = calls.every((call) => call.kind === 'custom' || call.arguments === '' || parseJson(call.arguments) !== undefined);
  const cut = body.status === 'incomplete' || reason !== undefined;
  if (calls.length > 0 && (!cut || whole)) return { reason: 'tool-calls', ...given };
  if (reason === 'content_filter') return { reason: 'content-filter', ...given };
  if (cut) return { reason: reason === undefined || reason.includes('tokens') ? 'length' : 'other', ...given };
  return { reason: content.some((part) => part.type === 'refusal') ? 'refusal' : 'stop', ...given };
}

/** A whole answer as the Response object that the SDK's type demands, echoing the request. */
export function writeResponse(response: ChatResponse, context: ReplyContext): JsonObject {
  const builder = new OutputBuilder(context);
  const restorer = new CustomCallRestorer(customToolNames(context.request));
  for (const event of eventsOf(response)) for (const restored of restorer.push(event)) builder.push(restored);
  builder.end();
  return builder.response();
}

/** A stored conversation without its `instructions`: the API does not carry them over to the next response. */
export function withoutInstructions(messages: Message[]): Message[] {
  return messages.filter((message) => kept(message).instructions !== true);
}

/** The turns to append to a stored conversation after this answer. */
export function outputAsMessages(response: ChatResponse): Message[] {
  const content = response.choices[0]?.content ?? [];
  return content.length > 0 ? [{ role: 'assistant', content }] : [];
}
