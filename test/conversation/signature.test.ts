import { describe, expect, it } from 'vitest';
import { PROVIDER_DIALECTS } from '../../src/conversation/dialect-id.ts';
import { holdsSealedSignature, openSignature, type Signature, sealSignature } from '../../src/conversation/signature.ts';

describe('a sealed signature', () => {
  it.each<Signature>([
    { value: 'abc.def', dialect: 'gemini', model: 'gemini-3-pro', minter: '0123456789ab' },
    { value: 'abc', dialect: 'gemini', model: 'gemini-3-pro' },
    { value: 'abc', dialect: 'openai-responses', minter: '0123456789ab' },
    { value: 'abc', dialect: 'openai-responses' },
  ])('opens to what it was: %o', (signature) => {
    const sealed = sealSignature(signature, 'anthropic-messages');
    expect(holdsSealedSignature(JSON.stringify({ sealed }))).toBe(true);
    expect(openSignature(sealed, 'anthropic-messages')).toEqual(signature);
  });

  it('of a version that named no minter still opens', () => {
    const tag = Buffer.from(JSON.stringify(['gemini', 'gemini-3-pro'])).toString('base64url');
    expect(openSignature(`omr1.${tag}.abc`, 'openai-chat')).toEqual({ value: 'abc', dialect: 'gemini', model: 'gemini-3-pro' });
  });

  it('is none in its own dialect, where clients may talk to the vendor themselves', () => {
    expect(sealSignature({ value: 'abc', dialect: 'gemini', minter: 'x' }, 'gemini')).toBe('abc');
    expect(openSignature('abc', 'gemini')).toEqual({ value: 'abc', dialect: 'gemini' });
  });

  it.each(['omr1.', 'omr1.abc', 'omr1.%%%.x', 'omr1.e30.x'])('that is damaged is taken for the vendor’s own: %s', (value) => {
    expect(openSignature(value, 'gemini')).toEqual({ value, dialect: 'gemini' });
  });
});

describe('a body', () => {
  it.each(PROVIDER_DIALECTS)('is known to hold what %s signed', (dialect) => {
    const client = dialect === 'gemini' ? 'openai-chat' : 'gemini';
    const sealed = sealSignature({ value: 'abc', dialect }, client);
    expect(holdsSealedSignature(`{"a":"${sealed}"}`)).toBe(true);
    expect(holdsSealedSignature(`{"a":"${Buffer.from(sealed).toString('base64')}"}`)).toBe(true);
  });

  it('is known to hold an id of our own, and no other words', () => {
    expect(holdsSealedSignature('{"id":"rs_omr1.x"}')).toBe(true);
    expect(holdsSealedSignature('{"a":"omr1. is how a seal begins; 1.WyJ is not"}')).toBe(false);
  });
});
