import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/conversation/json.ts';
import { sealSignature } from '../../../src/conversation/signature.ts';
import { countTokens } from '../../../src/dialects/anthropic-messages/index.ts';
import { gemini } from '../../../src/dialects/gemini/index.ts';
import { SignatureBook } from '../../../src/routing/signatures/book.ts';
import { withoutForeignSignatures } from '../../../src/routing/signatures/foreign.ts';
import { minterOf } from '../../../src/routing/signatures/minter.ts';
import { targetFor } from '../targets.ts';

const context = { model: 'claude', warn: () => {} };

describe('a count', () => {
  const here = targetFor({ account: 'a', provider: 'anthropic', dialect: 'anthropic-messages', model: 'claude' });
  const there = targetFor({
    account: 'b',
    provider: 'anthropic-compatible',
    dialect: 'anthropic-messages',
    model: 'claude',
    baseUrl: 'http://127.0.0.1:1/v1',
  });
  const body: JsonObject = {
    model: 'claude',
    messages: [
      { role: 'user', content: 'q' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 'noted' },
          { type: 'thinking', thinking: 'hm', signature: 'unknown' },
          { type: 'text', text: 'a' },
        ],
      },
      { role: 'user', content: 'r' },
    ],
  };
  const read = countTokens.readCountTokens(body);
  if (!read.ok) throw read.error;

  it('shows a provider no signature of another one', () => {
    const book = new SignatureBook();
    book.note({ value: 'noted', dialect: 'anthropic-messages' }, here);
    const seen = (target: typeof here): string =>
      JSON.stringify(countTokens.writeCountTokens(withoutForeignSignatures(read.value, target, book), context));
    expect(seen(here)).toMatch(/noted.*unknown/);
    expect(seen(there)).toContain('unknown');
    expect(seen(there)).not.toContain('noted');
  });

  it('nor one whose seal names another', () => {
    const target = targetFor({ account: 'g', provider: 'gemini', dialect: 'gemini', model: 'gemini-3-pro' });
    const signed = (minter: string) => {
      const data = sealSignature({ value: 'c2lnbmVk', dialect: 'gemini', model: 'gemini-3-pro', minter }, 'anthropic-messages');
      const content = [
        { type: 'tool_use', id: 't', name: 'f', input: {} },
        { type: 'redacted_thinking', data },
      ];
      const asked = countTokens.readCountTokens({
        model: 'x',
        messages: [
          { role: 'user', content: 'q' },
          { role: 'assistant', content },
        ],
      });
      if (!asked.ok) throw asked.error;
      const lean = withoutForeignSignatures(asked.value, target, new SignatureBook());
      return JSON.stringify(gemini.writeRequest(lean, { ...context, model: 'gemini-3-pro' }));
    };
    expect(signed(minterOf(target))).toContain('c2lnbmVk');
    expect(signed('another')).not.toContain('c2lnbmVk');
  });
});
