import { asObject, type JsonObject } from '../../conversation/json.ts';
import type { ChatResponse, Choice } from '../../conversation/response.ts';
import type { ReplyContext } from '../dialect.ts';
import { answerPart, citedText } from './answer-part.ts';
import { writeFinish } from './finish.ts';
import { groundingOf } from './grounding.ts';
import { writeLogprobs } from './logprobs.ts';
import { writeUsage } from './usage.ts';

/** A `GenerateContentResponse` as Google's own SDKs read it. */
export function writeResponse(response: ChatResponse, context: ReplyContext): JsonObject {
  const kept = response.dialect === 'gemini' ? response.extensions?.gemini : undefined;
  const { candidates: keptCandidates, ...rest } = kept ?? {};
  const usage = writeUsage(response.usage);
  return {
    ...rest,
    candidates: response.choices.map((choice) => ({
      ...candidate(choice, context),
      ...asObject(asObject(keptCandidates)?.[String(choice.index)]),
    })),
    ...(usage ? { usageMetadata: usage } : {}),
    modelVersion: response.model ?? context.model,
    responseId: response.id ?? context.newId(),
  };
}

function candidate(choice: Choice, context: ReplyContext): JsonObject {
  const texts = choice.content.flatMap((part) => (part.type === 'text' ? [{ text: part.text, citations: part.citations ?? [] }] : []));
  const { text, citations } = citedText(texts);
  const grounding = groundingOf(citations, text);
  return {
    content: { role: 'model', parts: choice.content.flatMap((part) => answerPart(part, context)) },
    finishReason: writeFinish(choice.finish),
    ...(choice.finish.message === undefined ? {} : { finishMessage: choice.finish.message }),
    index: choice.index,
    ...(grounding ? { groundingMetadata: grounding } : {}),
    ...(choice.logprobs ? { logprobsResult: writeLogprobs(choice.logprobs) } : {}),
  };
}
