import type { Provider } from '../provider.ts';
import { anthropicCompatible } from './anthropic-compatible.ts';
import { demo } from './demo.ts';
import { geminiCompatible } from './gemini-compatible.ts';
import { openaiCompatible } from './openai-compatible.ts';
import { openaiResponsesCompatible } from './openai-responses-compatible.ts';

export const catalogue: readonly Provider[] = [openaiCompatible, openaiResponsesCompatible, anthropicCompatible, geminiCompatible, demo];
