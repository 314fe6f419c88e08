import { asNumber, type JsonObject } from '../../conversation/json.ts';

/** The figure in an answer of `count_tokens`, or `undefined`. */
export function readCount(body: JsonObject): number | undefined {
  return asNumber(body.input_tokens);
}

export function writeCount(tokens: number): JsonObject {
  return { input_tokens: tokens };
}
