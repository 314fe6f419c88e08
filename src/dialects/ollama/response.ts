import type { ContentPart } from '../../conversation/content.ts';
import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asString, type JsonObject } from '../../conversation/json.ts';
import type { ChatResponse } from '../../conversation/response.ts';
import type { ReadContext } from '../dialect.ts';
import { restoreCustomCalls } from '../shared/custom-tools.ts';
import { failureIn } from './error.ts';
import { isAnswer, readCall, saidIn } from './message.ts';
import { toolNamesFor } from './request.ts';
import { createdOf, readFinish, readLogprobs, readUsage } from './usage.ts';

const DIALECT = 'ollama';

/** A whole answer of `POST /api/chat` with `stream: false` (ChatResponse). */
export function readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse> {
  const failure = failureIn(body, context.rules ?? [], context.now());
  if (failure) return { ok: false, error: failure };
  if (!isAnswer(body)) {
    const message = 'The provider answered with something that is no message.';
    return { ok: false, error: new GatewayError({ class: 'empty', code: 'empty_response', message, raw: { dialect: DIALECT, body } }) };
  }
  const content = readContent(body, context);
  const called = content.some((part) => part.type === 'tool-call');
  const logprobs = readLogprobs(body.logprobs);
  const [model, created, usage] = [asString(body.model), createdOf(body), readUsage(body)];
  const response: ChatResponse = {
    dialect: DIALECT,
    ...(model === undefined ? {} : { model }),
    ...(created === undefined ? {} : { created }),
    choices: [{ index: 0, content, finish: readFinish(body.done_reason, called), ...(logprobs.length > 0 ? { logprobs } : {}) }],
    ...(usage ? { usage } : {}),
  };
  return { ok: true, value: restoreCustomCalls(response, context.request) };
}

function readContent(body: JsonObject, context: ReadContext): ContentPart[] {
  const { thinking, text, calls } = saidIn(body);
  const names = toolNamesFor(context.request);
  return [
    ...(thinking ? [{ type: 'reasoning', text: thinking } satisfies ContentPart] : []),
    ...(text ? [{ type: 'text', text } satisfies ContentPart] : []),
    ...calls.map((call) => readCall(call, names, context)),
  ];
}
