import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/conversation/error.ts';
import { providerDialect } from '../../../src/dialects/registry.ts';
import { refusesReasoning } from '../../../src/routing/signatures/refusal.ts';
import { recordings } from '../../recordings.ts';

const refused = (message: string, init: { status?: number; code?: string } = {}): boolean =>
  refusesReasoning(new GatewayError({ class: 'request', message, status: 400, ...init }));

describe('a refusal of earlier reasoning', () => {
  it.each([
    'messages.1.content.0: Invalid `signature` in `thinking` block',
    'messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation. Remove the block, or set `thinking.block_binding.prefix_mismatch_behavior` to "drop_block".',
    'messages.23.content.2: Invalid `data` in `redacted_thinking` block',
    'messages.5.content.1: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.',
    'messages.3.content.10: When providing `thinking` or `redacted_thinking` blocks, the blocks must match the parameters during the original request.',
    'messages.5.content.0.type: Expected `thinking` or `redacted_thinking`, but found `text`. When `thinking` is enabled, a final `assistant` message must start with a thinking block',
    'messages.0.content.0.redacted_thinking.data: Field required',
    'messages.1.content.0.thinking.signature: Field required',
    'The encrypted content gAAA...DQ== could not be verified.',
    'The encrypted content for item rs_0a18166210d72b5e could not be verified. Reason: Encrypted content could not be decrypted or parsed.',
    'Could not decrypt the provided encrypted_content. Ensure the value is the unmodified encrypted_content from a previous response.',
    'Could not decode the compaction blob. Ensure it is unmodified from the compact response.',
    'Corrupted thought signature.',
    'Unable to submit request because Thought signature is not valid.',
    'Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly.',
    "Invalid value at 'contents[1].parts[0].thought_signature' (TYPE_BYTES), Base64 decoding failed",
    "Item 'rs_68c42de022c881948db7ed1cc2529f2e0202c9ad459e0d23' of type 'reasoning' was provided without its required following item.",
    "Item with id 'rs_68c42de022c8' not found. Items are not persisted when `store` is set to false.",
    "Item 'fc_68c42de0' of type 'function_call' was provided without its required 'reasoning' item: 'rs_68c42d'.",
  ])('is known by its words: %s', (message) => {
    expect(refused(message)).toBe(true);
  });

  it('is known by its code', () => {
    expect(refused('bad encrypted state', { code: 'invalid_encrypted_content' })).toBe(true);
  });

  it.each([
    'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
    '`max_tokens` must be greater than `thinking.budget_tokens`.',
    'thinking: Extra inputs are not permitted',
    'Thinking may not be enabled when tool_choice forces tool use.',
    'messages: roles must alternate',
    'Thinking level is not supported for this model.',
    "Unsupported parameter: 'reasoning.effort'",
  ])('is not any word about thinking: %s', (message) => {
    expect(refused(message)).toBe(false);
  });

  it('is no failure of the provider', () => {
    expect(refusesReasoning(new GatewayError({ class: 'overload', status: 503, message: 'thought signature service is down' }))).toBe(
      false,
    );
    expect(refusesReasoning(new GatewayError({ class: 'auth', status: 401, message: 'Invalid signature' }))).toBe(false);
  });

  it('is, of the recorded errors, only the one about reasoning', () => {
    const about = recordings((entry) => entry.file.startsWith('errors/')).filter(({ response: { status, body, text } }) => {
      const error = providerDialect('openai-responses').readError(status, {}, body ?? text, [], 0);
      return refusesReasoning(error);
    });
    expect(about.map(({ name }) => name)).toEqual(['openai-responses-thinking-with-modified-history-1']);
  });
});
