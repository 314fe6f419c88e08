import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asArray, asObject, asString, isObject, type JsonObject, unknownFields, withoutNulls } from '../../conversation/json.ts';
import type { ChatResponse } from '../../conversation/response.ts';
import type { ReadContext } from '../dialect.ts';
import { AnswerBlocks } from './answer-read.ts';
import { errorInBody } from './error.ts';
import { readStop } from './stop.ts';
import { readUsage } from './usage.ts';
import { DIALECT } from './vocabulary.ts';

const KNOWN = new Set(['id', 'type', 'role', 'content', 'model', 'stop_reason', 'stop_sequence', 'stop_details', 'usage']);

/** A whole message. An `{"type":"error"}` body, and one without content and usage, is `ok: false`. */
export function readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse> {
  const failed = errorInBody(body, context.now());
  if (failed) return { ok: false, error: failed };
  if (!Array.isArray(body.content) && body.stop_reason === undefined) return { ok: false, error: notAMessage(body) };
  const blocks = new AnswerBlocks(context);
  const content = asArray(body.content)
    .filter(isObject)
    .map((block) => blocks.readWhole(block));
  const called = content.some((part) => part.type === 'tool-call');
  const id = asString(body.id);
  const model = asString(body.model);
  const usage = asObject(body.usage);
  const extra = unknownFields(withoutNulls(body), KNOWN);
  return {
    ok: true,
    value: {
      dialect: DIALECT,
      ...(id === undefined ? {} : { id }),
      ...(model === undefined ? {} : { model }),
      choices: [{ index: 0, content, finish: readStop(body, called) }],
      ...(usage ? { usage: readUsage(usage) } : {}),
      ...(extra ? { extensions: { [DIALECT]: extra } } : {}),
    },
  };
}

function notAMessage(body: JsonObject): GatewayError {
  const message = 'The provider answered with something that is no message.';
  return new GatewayError({ class: 'empty', code: 'empty_response', message, raw: { dialect: DIALECT, body } });
}
