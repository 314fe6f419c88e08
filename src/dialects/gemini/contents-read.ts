import type { ContentPart, Message, Role, ToolCallPart, ToolResultContent, ToolResultPart } from '../../conversation/content.ts';
import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import { CallIds } from './call-ids.ts';
import { camelPart, kept, readPlainPart } from './part-read.ts';
import { signatureFromClient } from './signature.ts';

/** `systemInstruction`: a content object, or plain text (SDKs take both from their callers). */
export function readSystem(instruction: Json | undefined): Message[] {
  if (typeof instruction === 'string') return [{ role: 'system', content: [{ type: 'text', text: instruction }] }];
  const content = asObject(instruction);
  return content ? [readContent(content, 'system', new CallIds())] : [];
}

export function readContents(contents: Json[]): Message[] {
  const ids = new CallIds();
  return contents.flatMap((content) => (isObject(content) ? [readContent(content, roleOf(content.role), ids)] : []));
}

/** No role means user; `function` is the older name of the turn that holds results. */
function roleOf(role: Json | undefined): Role {
  return role === 'model' ? 'assistant' : role === 'system' ? 'system' : 'user';
}

function readContent(content: JsonObject, role: Role, ids: CallIds): Message {
  const { role: given, parts, ...rest } = content;
  const usual = role === 'assistant' ? 'model' : 'user';
  const odd = asString(given) && given !== usual ? { role: given } : {};
  return {
    role,
    content: asArray(parts).flatMap((part) => (isObject(part) ? [readPart(part, ids)] : [])),
    // A turn's unusual role goes back as it came; on a system instruction it says nothing.
    ...kept({ ...rest, ...(role === 'system' ? {} : odd) }),
  };
}

function readPart(part: JsonObject, ids: CallIds): ContentPart {
  if (isObject(part.functionCall)) return readCall(part, part.functionCall, ids);
  if (isObject(part.functionResponse)) return readResult(part, part.functionResponse, ids);
  const signature = asString(part.thoughtSignature);
  return readPlainPart(part, signature ? signatureFromClient(signature) : undefined);
}

function readCall(part: JsonObject, call: JsonObject, ids: CallIds): ToolCallPart {
  const { functionCall: _call, thoughtSignature, ...rest } = part;
  const { id, name, args, ...callRest } = call;
  const signature = asString(thoughtSignature);
  const title = asString(name) ?? '';
  return {
    type: 'tool-call',
    id: ids.called(title, asString(id)),
    name: title,
    arguments: JSON.stringify(args ?? {}),
    ...(signature ? { signature: signatureFromClient(signature) } : {}),
    ...kept({ ...rest, functionCall: callRest }),
  };
}

function readResult(part: JsonObject, result: JsonObject, ids: CallIds): ToolResultPart {
  const { functionResponse: _result, ...rest } = part;
  const { id, name, response, parts, ...resultRest } = result;
  const title = asString(name) ?? '';
  const media = asArray(parts).flatMap((item) => (isObject(item) ? mediaOf(item) : []));
  return {
    type: 'tool-result',
    callId: ids.answered(title, asString(id)),
    name: title,
    content: [{ type: 'text', text: textOf(response) }, ...media],
    ...(isObject(response) ? { json: response } : {}),
    ...(isObject(response) && isError(response) ? { isError: true } : {}),
    ...kept({ ...rest, functionResponse: resultRest }),
  };
}

/** "Use `output` for the output and `error` for error details" (FunctionResponse in the API reference); `result` is what SDK helpers write. */
const TEXT_FIELDS = ['output', 'result', 'content', 'error'];

function textOf(response: Json | undefined): string {
  const object = asObject(response);
  if (!object) return response === undefined || response === null ? '' : JSON.stringify(response);
  const [only, ...others] = Object.keys(object);
  const text = only !== undefined && others.length === 0 && TEXT_FIELDS.includes(only) ? asString(object[only]) : undefined;
  return text ?? JSON.stringify(object);
}

function isError(response: JsonObject): boolean {
  const fields = Object.keys(response);
  return fields.length === 1 && fields[0] === 'error';
}

function mediaOf(item: JsonObject): ToolResultContent[] {
  const part = readPlainPart(camelPart(item), undefined);
  return part.type === 'image' || part.type === 'audio' || part.type === 'file' || part.type === 'text' ? [part] : [];
}
