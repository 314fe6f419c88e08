import type { JsonObject } from '../../../src/conversation/json.ts';
export const messagesProblems = (_body: JsonObject): string[] => [];
