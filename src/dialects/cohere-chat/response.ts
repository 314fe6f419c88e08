import type { ContentPart } from '../../conversation/content.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatResponse } from '../../conversation/response.ts';
import type { ReadContext } from '../dialect.ts';
import { customInput, customToolNames } from '../shared/custom-tools.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { citesText, readCitations, readLogprobs } from './citations.ts';
import { brokenOff, readError } from './error.ts';
import { toolNamesFor } from './request.ts';
import { readFinish, readUsage } from './usage.ts';

const DIALECT = 'cohere-chat';

/** A whole answer of `POST /v2/chat` (V2ChatResponse). `tool_plan` is the model thinking aloud before its calls: it is shown as reasoning. */
export function readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse> {
  const message = asObject(body.message);
  if (!message) return { ok: false, error: noMessage(body, context) };
  const broken = brokenOff(body.finish_reason, undefined);
  if (broken) return { ok: false, error: broken };
  const content = readContent(message, context);
  const usage = asObject(body.usage);
  const id = asString(body.id);
  const logprobs = readLogprobs(asArray(body.logprobs));
  const finish = readFinish(
    body.finish_reason,
    content.some((part) => part.type === 'tool-call'),
  );
  return {
    ok: true,
    value: {
      dialect: DIALECT,
      ...(id === undefined ? {} : { id }),
      choices: [{ index: 0, content, finish, ...(logprobs.length > 0 ? { logprobs } : {}) }],
      ...(usage ? { usage: readUsage(usage) } : {}),
    },
  };
}

function noMessage(body: JsonObject, context: ReadContext): GatewayError {
  if (asString(body.message) !== undefined || asString(body.error) !== undefined) {
    return readError(500, {}, body, context.rules ?? [], context.now());
  }
  const message = 'The provider answered with something that is no message.';
  return new GatewayError({ class: 'empty', code: 'empty_response', message, raw: { dialect: DIALECT, body } });
}

function readContent(message: JsonObject, context: ReadContext): ContentPart[] {
  const plan = asString(message.tool_plan);
  const blocks: Json[] = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : asArray(message.content);
  const citations = asArray(message.citations).filter(isObject).filter(citesText);
  const names = toolNamesFor(context.request);
  const custom = customToolNames(context.request);
  return [
    ...(plan ? [{ type: 'reasoning', text: plan } satisfies ContentPart] : []),
    ...blocks.flatMap((block, index) => (isObject(block) ? readBlock(block, citationsOf(citations, index)) : [])),
    ...asArray(message.tool_calls)
      .filter(isObject)
      .map((call) => readCall(call, names, custom, context)),
  ];
}

const citationsOf = (citations: readonly JsonObject[], index: number): JsonObject[] =>
  citations.filter((citation) => (citation.content_index ?? 0) === index);

function readBlock(block: JsonObject, raw: readonly JsonObject[]): ContentPart[] {
  const thinking = asString(block.thinking);
  if (thinking !== undefined) return [{ type: 'reasoning', text: thinking }];
  const text = asString(block.text);
  if (text === undefined) return [{ type: 'server', dialect: DIALECT, name: asString(block.type) ?? 'unknown', raw: block }];
  // Models that call tools may send an empty text beside them.
  if (text === '') return [];
  const citations = raw.flatMap((citation) => readCitations(citation, text));
  return [{ type: 'text', text, ...(citations.length > 0 ? { citations } : {}) }];
}

function readCall(call: JsonObject, names: ToolNames, custom: ReadonlySet<string>, { newId }: ReadContext): ContentPart {
  const of = asObject(call.function);
  const name = names.toClient(asString(of?.name) ?? '');
  const id = asString(call.id) || `call_${newId()}`;
  const args = asString(of?.arguments) || '{}';
  if (custom.has(name)) return { type: 'tool-call', id, name, kind: 'custom', arguments: customInput(args) };
  return { type: 'tool-call', id, name, arguments: args };
}
