import { asArray, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ModelFamily } from './model-family.ts';

/**
 * Google's value for history that the model did not write itself ("transferring a trace from a different model", FAQ of
 * ai.google.dev/gemini-api/docs/thought-signatures): Gemini 3 refuses a step whose first functionCall has no signature.
 */
export const FOREIGN_SIGNATURE = 'skip_thought_signature_validator';

/** Adds it where Gemini 3 checks: the first call of each model turn; for image models the first part and every image. Changes `contents` in place. */
export function addMissingSignatures(contents: JsonObject[], family: ModelFamily): void {
  if (family.major === undefined || family.major < 3) return;
  for (const content of contents) {
    if (content.role !== 'model') continue;
    const parts = asArray(content.parts).filter(isObject);
    for (const part of checkedParts(parts, family.image)) part.thoughtSignature ??= FOREIGN_SIGNATURE;
  }
}

function checkedParts(parts: JsonObject[], image: boolean): JsonObject[] {
  const call = parts.find((part) => part.functionCall !== undefined);
  const checked = call ? [call] : [];
  if (!image) return checked;
  const answer = parts.filter((part) => part.thought !== true);
  return [...checked, ...answer.slice(0, 1), ...answer.filter((part) => part.inlineData !== undefined)];
}
