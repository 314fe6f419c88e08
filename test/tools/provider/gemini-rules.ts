import type { JsonObject } from '../../../src/conversation/json.ts';
export const geminiProblems = (_body: JsonObject): string[] => [];
export const keepsSignatures = (model: string): boolean => /^gemini-[3-9]/.test(model);
