import { GatewayError, type Parsed } from '../../conversation/error.ts';
import { asNumber, asObject, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import type { RequestRoute, WriteContext } from '../dialect.ts';
import { camelFields } from './fields.ts';
import { readRequest } from './request-read.ts';
import { writeRequest } from './request-write.ts';

/** A `countTokens` body: `contents` alone, Vertex's flat form (contents, tools, systemInstruction), or a whole `generateContentRequest`. */
export function readCountTokens(body: unknown, route: RequestRoute): Parsed<ChatRequest> {
  if (!isObject(body)) {
    return {
      ok: false,
      error: new GatewayError({ class: 'request', code: 'INVALID_ARGUMENT', message: 'The request body must be a JSON object.' }),
    };
  }
  const inner = asObject(camelFields(body).generateContentRequest);
  return readRequest(inner ?? body, route);
}

/**
 * The body for `countTokens`. AI Studio counts tools and the system instruction only inside `generateContentRequest`, which must name the
 * model (recording google-count-tokens-with-gemini); Vertex takes the flat form, the inner object of this one.
 */
export function writeCountTokens(request: ChatRequest, context: WriteContext): JsonObject {
  const body = writeRequest(request, context);
  return { generateContentRequest: { model: `models/${context.model}`, ...body } };
}

/** The total, when the answer states one. */
export function readCount(body: JsonObject): number | undefined {
  return asNumber(body.totalTokens ?? body.total_tokens);
}

export function writeCount(total: number): JsonObject {
  return { totalTokens: total };
}
