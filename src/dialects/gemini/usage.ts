import { asArray, asNumber, asObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { Usage } from '../../conversation/usage.ts';

/**
 * `usageMetadata` in our form. Google counts results of its own tools apart from the prompt and thoughts apart from the answer; both are
 * billed with them. A count of zero is left out on the wire (proto3): with thoughts alone the visible answer had no tokens.
 */
export function readUsage(value: Json | undefined): Usage | undefined {
  const meta = asObject(value);
  if (!meta) return undefined;
  const prompt = asNumber(meta.promptTokenCount);
  const toolUse = asNumber(meta.toolUsePromptTokenCount);
  const visible = asNumber(meta.candidatesTokenCount);
  const thoughts = asNumber(meta.thoughtsTokenCount);
  const usage: Usage = {
    input: prompt === undefined ? undefined : prompt + (toolUse ?? 0),
    cacheRead: asNumber(meta.cachedContentTokenCount),
    output: visible === undefined && thoughts === undefined ? undefined : (visible ?? 0) + (thoughts ?? 0),
    reasoning: thoughts,
    inputAudio: audioTokens(meta.promptTokensDetails),
    outputAudio: audioTokens(meta.candidatesTokensDetails),
  };
  usage.total = ownTotal(usage, asNumber(meta.totalTokenCount));
  const known = Object.entries(usage).filter(([, count]) => count !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** The vendor's total only where it says something the sum does not. */
function ownTotal(usage: Usage, total: number | undefined): number | undefined {
  if (usage.input === undefined && usage.output === undefined) return total;
  if (usage.input === undefined || usage.output === undefined) return undefined;
  return total === usage.input + usage.output ? undefined : total;
}

/** `Modality` AUDIO, by name or by number (integer enums). */
function audioTokens(details: Json | undefined): number | undefined {
  for (const each of asArray(details)) {
    const detail = asObject(each);
    if (detail && (detail.modality === 'AUDIO' || detail.modality === 4)) return asNumber(detail.tokenCount);
  }
  return undefined;
}

/** Our usage as `usageMetadata`; unknown counts are left out, which reads as zero there: the total is then the input alone. */
export function writeUsage(usage: Usage | undefined): JsonObject | undefined {
  if (!usage) return undefined;
  const meta: JsonObject = {};
  if (usage.input !== undefined) meta.promptTokenCount = usage.input;
  if (usage.cacheRead !== undefined) meta.cachedContentTokenCount = usage.cacheRead;
  if (usage.output !== undefined) meta.candidatesTokenCount = Math.max(0, usage.output - (usage.reasoning ?? 0));
  if (usage.reasoning !== undefined) meta.thoughtsTokenCount = usage.reasoning;
  const sum = usage.input === undefined ? undefined : usage.input + (usage.output ?? 0);
  const total = usage.total ?? sum;
  if (total !== undefined) meta.totalTokenCount = total;
  if (usage.inputAudio !== undefined) meta.promptTokensDetails = [{ modality: 'AUDIO', tokenCount: usage.inputAudio }];
  if (usage.outputAudio !== undefined) meta.candidatesTokensDetails = [{ modality: 'AUDIO', tokenCount: usage.outputAudio }];
  return Object.keys(meta).length > 0 ? meta : undefined;
}
