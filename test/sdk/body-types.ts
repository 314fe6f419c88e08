import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';

/** Enums of the Gemini SDK as the plain strings they are on the wire. */
const PLAIN = `type Plain<T> = unknown extends T ? unknown : T extends string ? \`\${T}\` : T extends (infer U)[] ? Plain<U>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;`;

/** What a request body must be, in the words of the vendor's SDK. */
export const REQUEST_TYPE: Record<ClientDialectId, string> = {
  'openai-chat': `import type OpenAI from 'openai';
export type Body = OpenAI.Chat.ChatCompletionCreateParams;`,
  'openai-responses': `import type OpenAI from 'openai';
export type Body = OpenAI.Responses.ResponseCreateParams;`,
  // The SDK's newest types no longer know the sampling parameters, which newest models refuse; the API still takes them for the
  // others (recordings anthropic-tools-stream, anthropic-completion-cache-write-1h-ttl).
  'anthropic-messages': `import type Anthropic from '@anthropic-ai/sdk';
export type Body = Anthropic.MessageCreateParams & { temperature?: number; top_p?: number; top_k?: number };`,
  // The REST body has the SDK's pieces in other places (https://ai.google.dev/api/generate-content#request-body); enums are plain strings there.
  gemini: `import type { Content, GenerationConfig, SafetySetting, ServiceTier, Tool, ToolConfig } from '@google/genai';
${PLAIN}
export type Body = Plain<{
  contents: Content[]; systemInstruction?: Content; tools?: Tool[]; toolConfig?: ToolConfig; generationConfig?: GenerationConfig;
  safetySettings?: SafetySetting[]; cachedContent?: string; serviceTier?: ServiceTier; store?: boolean;
}>;`,
};

/** Optional fields may be null: the vendor's own answers have nulls where its types have none (every recording of openai-responses). */
const NULLS = `type Nulls<T> = unknown extends T ? unknown : T extends (infer U)[] ? Nulls<U>[] : T extends object ? { [K in keyof T]: undefined extends T[K] ? Nulls<T[K]> | null : Nulls<T[K]> } : T;`;

/** What a whole answer must be. */
export const ANSWER_TYPE: Record<ClientDialectId, string> = {
  'openai-chat': `import type OpenAI from 'openai';
export type Body = OpenAI.Chat.ChatCompletion;`,
  'openai-responses': `import type OpenAI from 'openai';
${NULLS}
export type Body = Nulls<Omit<OpenAI.Responses.Response, 'output_text'>>;`,
  'anthropic-messages': `import type Anthropic from '@anthropic-ai/sdk';
export type Body = Anthropic.Message;`,
  gemini: `import type { Candidate, GenerateContentResponseUsageMetadata, GenerateContentResponsePromptFeedback } from '@google/genai';
${PLAIN}
export type Body = Plain<{
  candidates?: Candidate[]; usageMetadata?: GenerateContentResponseUsageMetadata; promptFeedback?: GenerateContentResponsePromptFeedback;
  modelVersion?: string; responseId?: string; createTime?: string;
}>;`,
};

/** What the events of a streamed answer must be. */
export const EVENTS_TYPE: Record<ClientDialectId, string> = {
  'openai-chat': `import type OpenAI from 'openai';
export type Body = OpenAI.Chat.ChatCompletionChunk[];`,
  'openai-responses': `import type OpenAI from 'openai';
${NULLS}
export type Body = Nulls<OpenAI.Responses.ResponseStreamEvent>[];`,
  'anthropic-messages': `import type Anthropic from '@anthropic-ai/sdk';
export type Body = (Anthropic.MessageStreamEvent | { type: 'ping' })[];`,
  gemini: ANSWER_TYPE.gemini.replace('export type Body', 'type Answer').concat('\nexport type Body = Answer[];'),
};

/** What the compiler says that `BEYOND_TYPES` has no reason for. */
export function unexplained(errors: string[]): string[] {
  return errors.filter((error) => !BEYOND_TYPES.some(({ says }) => says.test(error)));
}

/** What bodies hold beyond the types of the SDK, and why that is right. */
const BEYOND_TYPES: { says: RegExp; reason: string }[] = [
  {
    says: /"(reasoning|reasoning_content|reasoning_details|images|annotations)"' does not exist/,
    reason: 'How chat hosts tell reasoning, pictures and sources in a stream (DeepSeek, OpenRouter); OpenAI has no word for it.',
  },
  { says: /"extra_content"' does not exist/, reason: 'Where Google’s own OpenAI-compatible endpoint keeps thought signatures.' },
  {
    says: /"custom"' (is not assignable|does not exist)/,
    reason: 'The API streams custom tool calls; the SDK’s type of a chunk was not extended.',
  },
  { says: /"audio"' does not exist in type 'Delta'/, reason: 'Where the API streams sound; the SDK’s type of a chunk was not extended.' },
  {
    says: /"status"' does not exist in type '\{ call_id: string; input: string/,
    reason: 'Recorded custom tool calls of the vendor have it (recording openai-response-custom-tool-call); the SDK’s type does not.',
  },
  { says: /'"image"' is not assignable to type '"audio" \| "text"'/, reason: 'How pictures are asked for on chat (OpenRouter).' },
  { says: /'"video_url"' is not assignable/, reason: 'How chat hosts take videos (OpenRouter, vLLM); OpenAI has no word for it.' },
  { says: /'cache_write_tokens' is missing/, reason: 'New in the SDK; recorded answers of the vendor lack it.' },
  { says: /"max_tool_calls"' does not exist/, reason: 'Recorded answers of the vendor have it; the SDK’s type does not.' },
  { says: /"output_format"' does not exist/, reason: 'Recorded picture calls of the vendor have it; the SDK’s type does not.' },
  { says: /"bytes"' does not exist/, reason: 'The whole response has bytes in the same place.' },
  {
    says: /"error"' does not exist/,
    reason: 'The vendor sends it (recording openai-overloaded-event-in-200-stream), and the SDK throws only then.',
  },
];
