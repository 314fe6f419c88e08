import type { ModelInfo } from '../providers/provider.ts';
import type { Needs } from './facts.ts';

/** The input is estimated within some 10–20 %: a window is too small only when it is clearly so. The provider has the last word. */
const CONTEXT_SLACK = 1.1;

/** What the model is known not to be able to do for this request, as a sentence; `undefined` when able, or not known. */
export function inability(info: ModelInfo | undefined, needs: Needs): string | undefined {
  switch (lack(info, needs)) {
    case 'tools':
      return 'the model has no tools';
    case 'vision':
      return 'the model takes no images';
    case 'context':
      return `the model takes ${info?.contextWindow} tokens, the request has about ${Math.round(needs.inputTokens)}`;
    case undefined:
      return undefined;
  }
}

/** What is missing, without a word: asked of thousands of models. */
export function lack(info: ModelInfo | undefined, needs: Needs): 'tools' | 'vision' | 'context' | undefined {
  if (!info) return undefined;
  if (needs.tools && info.tools === false) return 'tools';
  if (needs.vision && info.vision === false) return 'vision';
  const { contextWindow } = info;
  return contextWindow !== undefined && needs.inputTokens > contextWindow * CONTEXT_SLACK ? 'context' : undefined;
}
