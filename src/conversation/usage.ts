/**
 * Tokens of one answer, in one form for every vendor. Unknown is `undefined`, never 0.
 *
 * `input` is ALL input: cache reads and cache writes included (Anthropic reports them apart; its reader adds them up).
 * `output` is ALL output: reasoning included (Gemini reports thoughts apart; its reader adds them up).
 */
export interface Usage {
  input?: number;
  cacheRead?: number;
  cacheWrite?: number;
  /** Of `cacheWrite`, the part written with a one-hour lifetime (Anthropic prices it higher). */
  cacheWrite1h?: number;
  output?: number;
  reasoning?: number;
  /** The vendor's own total, where it states one that is not input + output (tool-use prompts at Gemini). */
  total?: number;
  inputAudio?: number;
  outputAudio?: number;
  /** Server-side web searches, billed apart. */
  webSearches?: number;
}

/** The later report wins field by field: streams repeat usage with growing numbers. */
export function mergeUsage(earlier: Usage | undefined, later: Usage): Usage {
  const merged: Usage = { ...earlier };
  for (const [key, value] of Object.entries(later) as [keyof Usage, number | undefined][]) {
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}
