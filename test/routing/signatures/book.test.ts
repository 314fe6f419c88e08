import { beforeEach, describe, expect, it } from 'vitest';
import type { Signature } from '../../../src/conversation/signature.ts';
import { SignatureBook } from '../../../src/routing/signatures/book.ts';
import { minterOf } from '../../../src/routing/signatures/minter.ts';
import { targetFor } from '../targets.ts';

const anthropic = targetFor({ account: 'a', provider: 'anthropic', dialect: 'anthropic-messages', model: 'claude' });
const signature = (value: string): Signature => ({ value, dialect: 'anthropic-messages' });

describe('the book of signatures', () => {
  let book: SignatureBook;
  beforeEach(() => {
    book = new SignatureBook();
  });

  it('has nothing to look for while only the target itself has signed', () => {
    expect(book.foreignTo(anthropic)).toBeUndefined();
    book.note(signature('one'), anthropic);
    expect(book.foreignTo(anthropic)).toBeUndefined();
    expect(book.foreignTo({ ...anthropic, model: 'claude-2' })).toBeDefined();
  });

  it('tells apart who signed, and lets pass what nobody is known to have signed', () => {
    book.note(signature('one'), anthropic);
    const foreign = book.foreignTo({ ...anthropic, model: 'claude-2' });
    expect([foreign?.('one'), foreign?.('unheard-of')]).toEqual([true, false]);
  });

  it('distrusts what was refused, for everybody, until it is signed again', () => {
    book.note(signature('one'), anthropic);
    book.distrust(['one', 'two']);
    const foreign = book.foreignTo(anthropic);
    expect([foreign?.('one'), foreign?.('two'), foreign?.('three')]).toEqual([true, true, false]);
    book.note(signature('one'), anthropic);
    expect(book.foreignTo(anthropic)?.('one')).toBe(false);
  });

  it('knows the proofs that a Chat answer packs into one signature', () => {
    const chat = targetFor({ account: 'o', provider: 'openrouter', dialect: 'openai-chat' });
    const entries = [
      { type: 'reasoning.text', signature: 'sig' },
      { type: 'reasoning.encrypted', data: 'enc' },
    ];
    book.note({ value: Buffer.from(JSON.stringify(entries)).toString('base64url'), dialect: 'openai-chat' }, chat);
    const foreign = book.foreignTo({ ...chat, model: 'other' });
    expect([foreign?.('sig'), foreign?.('enc')]).toEqual([true, true]);
  });

  it('stays small: the oldest of very many are forgotten', () => {
    for (let at = 0; at <= 20_000; at += 1) book.note(signature(`s${at}`), anthropic);
    const foreign = book.foreignTo({ ...anthropic, model: 'claude-2' });
    expect([foreign?.('s0'), foreign?.('s1'), foreign?.('s20000')]).toEqual([false, true, true]);
  });
});

describe('a minter', () => {
  const own = (account: string, baseUrl: string, dialect: 'openai-chat' | 'anthropic-messages' = 'anthropic-messages') =>
    minterOf(targetFor({ account, provider: 'anthropic-compatible', dialect, baseUrl }));

  it('is the provider, whichever the account', () => {
    expect(minterOf(targetFor({ account: 'b', provider: 'anthropic', dialect: 'anthropic-messages' }))).toBe(minterOf(anthropic));
    expect(own('a', 'http://127.0.0.1:1/v1')).not.toBe(minterOf(anthropic));
  });

  it('is the host where the user gives the address, however he spells it', () => {
    expect(own('a', 'http://127.0.0.1:1/v1')).toBe(own('b', ' http://127.0.0.1:1 '));
    expect(own('a', 'http://127.0.0.1:1/v1')).not.toBe(own('a', 'http://127.0.0.1:2/v1'));
    expect(own('a', '%%')).not.toBe(own('a', 'http://127.0.0.1:2/v1'));
  });

  it('is the account where content is encrypted for an organisation', () => {
    const responses = (account: string) => minterOf(targetFor({ account, provider: 'openai', dialect: 'openai-responses' }));
    expect(responses('a')).not.toBe(responses('b'));
  });

  it('tells nothing about itself to the client that keeps it in a seal', () => {
    expect(own('account-of-mine', 'http://user:secret@host.example/v1')).toMatch(/^[0-9a-f]{12}$/);
  });
});
