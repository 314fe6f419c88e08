/** The wire formats. The first four are spoken on both sides; the rest by providers only. */
export const CLIENT_DIALECTS = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'] as const;
export const PROVIDER_DIALECTS = [...CLIENT_DIALECTS, 'bedrock-converse', 'cohere-chat', 'ollama'] as const;

export type ClientDialectId = (typeof CLIENT_DIALECTS)[number];
export type DialectId = (typeof PROVIDER_DIALECTS)[number];

import type { JsonObject } from './json.ts';

/**
 * What one dialect alone knows about a request, message, part or tool: written back only to that same dialect,
 * so that nothing is lost on a round trip and nothing foreign reaches a strict API.
 */
export type Extensions = Partial<Record<DialectId, JsonObject>>;
