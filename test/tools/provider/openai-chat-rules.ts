import type { JsonObject } from '../../../src/conversation/json.ts';
export const chatProblems = (_body: JsonObject): string[] => [];
