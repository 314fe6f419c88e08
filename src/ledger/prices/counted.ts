import type { Usage as CountedUsage } from '@pydantic/genai-prices';
import type { Usage } from '../../conversation/usage.ts';

/**
 * Our usage in the form `@pydantic/genai-prices` takes (its README: cache tokens are parts of `input_tokens`). Parts that a vendor
 * reports larger than the whole are cut to it: the library refuses them, and a cost slightly too high beats none.
 */
export function countedUsage(usage: Usage): CountedUsage {
  const { input, output } = usage;
  const cacheRead = part(usage.cacheRead, input);
  const cacheWrite = part(usage.cacheWrite ?? usage.cacheWrite1h, (input ?? 0) - (cacheRead ?? 0));
  return {
    input_tokens: input,
    output_tokens: output,
    cache_read_tokens: cacheRead,
    cache_write_tokens: cacheWrite,
    cache_write_1h_tokens: part(usage.cacheWrite1h, cacheWrite),
    web_searches: usage.webSearches,
  };
}

/** The same with the kinds of tokens that few models price apart. */
export function detailedUsage(usage: Usage): CountedUsage {
  return {
    ...countedUsage(usage),
    output_reasoning_tokens: part(usage.reasoning, usage.output),
    input_audio_tokens: part(usage.inputAudio, usage.input),
    output_audio_tokens: part(usage.outputAudio, usage.output),
    // Nobody tells how much of the cached input was audio; the library wants a number where both are there.
    ...(usage.inputAudio && usage.cacheRead ? { cache_audio_read_tokens: 0 } : {}),
  };
}

function part(count: number | undefined, whole: number | undefined): number | undefined {
  return count === undefined ? undefined : Math.min(count, Math.max(0, whole ?? count));
}
