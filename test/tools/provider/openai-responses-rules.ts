import type { JsonObject } from '../../../src/conversation/json.ts';
export const responsesProblems = (_body: JsonObject): string[] => [];
