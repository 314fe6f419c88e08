/** The last segment of a model id: routers put the maker first (`openai/gpt-5.2`). */
function bare(model: string): string {
  return model.slice(model.lastIndexOf('/') + 1).toLowerCase();
}

/** OpenAI's reasoning models: they want `max_completion_tokens` and know more efforts (platform.openai.com/docs/guides/reasoning). */
export function isOpenAiReasoning(model: string): boolean {
  return /^(?:gpt-(?:[5-9]|\d{2,})|o[1-9](?:-|$))/.test(bare(model));
}

/** A model asked of OpenAI itself (or Azure): a router's id holds a slash, and the open-weight gpt-oss is served by others. */
export function servedByOpenAi(model: string): boolean {
  return !model.includes('/') && /^(?:gpt-(?!oss)|chatgpt|o[1-9](?:-|$)|codex)/i.test(model);
}

/** Models whose hosts take `cache_control` in chat parts (OpenRouter, LiteLLM, Vercel: all for Claude); strict hosts refuse the field. */
export function takesCacheMarks(model: string): boolean {
  return /claude/i.test(model);
}
