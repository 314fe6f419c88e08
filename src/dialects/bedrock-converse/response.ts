import type { Citation, ContentPart, ReasoningPart } from '../../conversation/content.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asArray, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ChatResponse } from '../../conversation/response.ts';
import type { Signature } from '../../conversation/signature.ts';
import type { ReadContext } from '../dialect.ts';
import { customInput, customToolNames } from '../shared/custom-tools.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { toolNamesFor } from './request.ts';
import { readStop, readUsage } from './usage.ts';

const DIALECT = 'bedrock-converse';

/** A whole answer of `converse` (AWS API reference, Converse, response syntax). */
export function readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse> {
  const message = asObject(asObject(body.output)?.message);
  if (!message) {
    const error = { code: 'empty_response', message: asString(body.message) ?? 'The provider answered with something that is no message.' };
    return { ok: false, error: new GatewayError({ class: 'empty', ...error, raw: { dialect: DIALECT, body } }) };
  }
  const names = toolNamesFor(context.request);
  const custom = customToolNames(context.request);
  const content = asArray(message.content)
    .filter(isObject)
    .map((block) => wholeCall(readBlock(block, names, context.model), custom));
  const usage = asObject(body.usage);
  const called = content.some((part) => part.type === 'tool-call');
  return {
    ok: true,
    value: {
      dialect: DIALECT,
      choices: [{ index: 0, content, finish: readStop(body.stopReason, called) }],
      ...(usage ? { usage: readUsage(usage) } : {}),
    },
  };
}

function wholeCall(part: ContentPart, custom: ReadonlySet<string>): ContentPart {
  if (part.type !== 'tool-call' || !custom.has(part.name)) return part;
  return { ...part, kind: 'custom', arguments: customInput(part.arguments) };
}

function readBlock(block: JsonObject, names: ToolNames, model: string): ContentPart {
  if (typeof block.text === 'string') return { type: 'text', text: block.text };
  const call = asObject(block.toolUse);
  if (call) {
    const name = names.toClient(asString(call.name) ?? '');
    return { type: 'tool-call', id: asString(call.toolUseId) ?? '', name, arguments: JSON.stringify(call.input ?? {}) };
  }
  const reasoning = asObject(block.reasoningContent);
  if (reasoning) return readReasoning(reasoning, model);
  const cited = asObject(block.citationsContent);
  if (cited) return readCited(cited);
  const [name = 'unknown'] = Object.keys(block);
  return { type: 'server', dialect: DIALECT, name, raw: block };
}

/** What this model signed, for it alone. */
export const signed = (value: string, model: string): Signature => ({ value, dialect: DIALECT, model });

function readReasoning(reasoning: JsonObject, model: string): ReasoningPart {
  const redacted = asString(reasoning.redactedContent);
  if (redacted !== undefined) return { type: 'reasoning', text: '', redacted: true, signature: signed(redacted, model) };
  const text = asObject(reasoning.reasoningText);
  const signature = asString(text?.signature);
  return { type: 'reasoning', text: asString(text?.text) ?? '', ...(signature ? { signature: signed(signature, model) } : {}) };
}

function readCited(cited: JsonObject): ContentPart {
  const text = asArray(cited.content)
    .map((item) => asString(asObject(item)?.text) ?? '')
    .join('');
  const citations = asArray(cited.citations).filter(isObject).map(readCitation);
  return { type: 'text', text, ...(citations.length > 0 ? { citations } : {}) };
}

export function readCitation(raw: JsonObject): Citation {
  const url = asString(asObject(asObject(raw.location)?.web)?.url);
  const title = asString(raw.title);
  const quoted = asArray(raw.sourceContent)
    .map((item) => asString(asObject(item)?.text) ?? '')
    .join('');
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(quoted ? { citedText: quoted } : {}),
    raw: { dialect: DIALECT, value: raw },
  };
}
