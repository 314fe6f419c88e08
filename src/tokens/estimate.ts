import type { ContentPart } from '../conversation/content.ts';
import type { ChatRequest, Tool } from '../conversation/request.ts';

/** What an image costs on average at the vendors that publish it (OpenAI 765 for 1024², Anthropic about 1,600, Gemini 258 a tile). */
const IMAGE_TOKENS = 1000;
/** What a turn costs beside its text (OpenAI's cookbook counts three). */
const MESSAGE_TOKENS = 3;

/**
 * An estimate of a request's input tokens by OpenAI's o200k vocabulary: within some 10–20 % for other vendors' models. Only for
 * counting before a request; usage is always what the provider reports.
 */
export async function estimateTokens(request: ChatRequest): Promise<number> {
  // Loaded when first needed: the vocabulary is larger than all of the gateway.
  const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
  const count = (text: string): number => (text === '' ? 0 : countTokens(text, { disallowedSpecial: new Set() }));
  let tokens = 0;
  for (const message of request.messages) {
    tokens += MESSAGE_TOKENS;
    for (const part of message.content) tokens += partTokens(part, count);
  }
  for (const tool of request.tools ?? []) tokens += count(toolText(tool));
  return tokens;
}

function partTokens(part: ContentPart, count: (text: string) => number): number {
  switch (part.type) {
    case 'text':
    case 'refusal':
    case 'reasoning':
      return count(part.text);
    case 'tool-call':
      return count(part.name) + count(part.arguments);
    case 'tool-result':
      return part.content.reduce((sum, inner) => sum + partTokens(inner, count), 0);
    case 'image':
      return IMAGE_TOKENS;
    case 'file':
      return part.text ? count(part.text) : IMAGE_TOKENS;
    case 'audio':
      return IMAGE_TOKENS;
    case 'server':
      return count(JSON.stringify(part.raw));
  }
}

function toolText(tool: Tool): string {
  switch (tool.type) {
    case 'function':
      return JSON.stringify([tool.name, tool.description, tool.parameters]);
    case 'custom':
      return JSON.stringify([tool.name, tool.description, tool.format]);
    case 'server':
      return JSON.stringify(tool.raw);
  }
}
