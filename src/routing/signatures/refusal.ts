import type { GatewayError } from '../../conversation/error.ts';

/**
 * The words in which vendors refuse the reasoning of earlier turns. Anthropic (also behind Bedrock, Vertex, OpenRouter):
 * anthropics/claude-code#10627, #56708, #63203, #2171, anomalyco/opencode#48637; OpenAI: openai/codex#8145, #13724; xAI:
 * Wei-Shaw/sub2api#4535, chenyme/grok2api#688; Gemini: langgenius/dify#29187, anomalyco/opencode#4832; items kept by OpenAI:
 * recording openai-responses-thinking-with-modified-history-1.
 */
const WORDS: readonly RegExp[] = [
  /invalid [`'"]?(?:signature|data)[`'"]? in [`'"]?(?:redacted_)?thinking[`'"]? block/i,
  /[`'"]?(?:redacted_)?thinking[`'"]? blocks?\b.{0,80}(?:cannot be modified|must remain|must match)/is,
  /expected [`'"]?thinking[`'"]? or [`'"]?redacted_thinking[`'"]?, but found/i,
  /\b(?:redacted_thinking\.data|thinking\.signature): field required/i,
  /encrypted[ _]content\b.{0,200}(?:could not be (?:verified|decrypted|parsed)|did not match|is invalid)/is,
  /could not (?:decrypt|decode) the (?:provided )?(?:encrypted_content|compaction blob)/i,
  /thought[ _]?signature/i,
  /item (?:with id )?'rs_\w+'.{0,80}(?:not found|required following item)/is,
  /without its required 'reasoning' item/i,
];

/** True when the vendor refused the request for the reasoning in it: without that reasoning it may be answered. */
export function refusesReasoning(error: GatewayError): boolean {
  if (error.status !== 400 && error.status !== 422 && error.status !== 404 && error.class !== 'request') return false;
  return error.code === 'invalid_encrypted_content' || WORDS.some((words) => words.test(error.message));
}
