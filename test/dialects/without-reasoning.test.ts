import { describe, expect, it } from 'vitest';
import type { DialectId } from '../../src/conversation/dialect-id.ts';
import { PROVIDER_DIALECTS } from '../../src/conversation/dialect-id.ts';
import type { JsonObject } from '../../src/conversation/json.ts';
import type { ReasoningFilter } from '../../src/dialects/dialect.ts';
import { providerDialect } from '../../src/dialects/registry.ts';
import { recordings } from '../recordings.ts';

const foreign = (...proofs: string[]): ReasoningFilter => ({
  model: 'model',
  drop: (proof) => proof !== undefined && proofs.includes(proof),
  refused: false,
});
const all: ReasoningFilter = { model: 'model', drop: () => true, refused: true };

function without(dialect: DialectId, body: JsonObject, filter: ReasoningFilter): JsonObject {
  const before = JSON.stringify(body);
  const after = providerDialect(dialect).replay?.without(body, filter) ?? body;
  expect(JSON.stringify(body), 'the body that was given is not changed').toBe(before);
  return after;
}

const thinking = (signature: string) => ({ type: 'thinking', thinking: 'hm', signature });
const use = { type: 'tool_use', id: 't', name: 'look', input: {} };
const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'seen' }] };

describe('Messages', () => {
  const asked = { role: 'user', content: 'look' };
  const budget = { thinking: { type: 'enabled', budget_tokens: 2000 } };
  const clearing = { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }, { type: 'clear_tool_uses_20250919' }] };

  it('keeps what is not foreign', () => {
    const body = { messages: [asked, { role: 'assistant', content: [thinking('mine'), thinking('theirs'), use] }, result], ...budget };
    const left = { ...body, messages: [asked, { role: 'assistant', content: [thinking('mine'), use] }, result] };
    expect(without('anthropic-messages', body, foreign('theirs'))).toEqual(left);
    expect(without('anthropic-messages', body, foreign('nobody’s'))).toBe(body);
  });

  it('leaves a budget off for the answer to a tool’s result whose turn has no thinking any more', () => {
    const body = {
      messages: [asked, { role: 'assistant', content: [thinking('theirs'), use] }, result, { role: 'system', content: 'note' }],
      context_management: clearing,
      ...budget,
    };
    expect(without('anthropic-messages', body, foreign('theirs'))).toEqual({
      messages: [asked, { role: 'assistant', content: [use] }, result, { role: 'system', content: 'note' }],
      thinking: { type: 'disabled' },
      context_management: { edits: [{ type: 'clear_tool_uses_20250919' }] },
    });
  });

  it('leaves a budget on in a turn of its own, and adaptive thinking always', () => {
    const talk = { messages: [asked, { role: 'assistant', content: [thinking('theirs'), { type: 'text', text: 'a' }] }, asked], ...budget };
    expect(without('anthropic-messages', talk, foreign('theirs'))).toMatchObject(budget);
    const adaptive = {
      messages: [asked, { role: 'assistant', content: [thinking('theirs'), use] }, result],
      thinking: { type: 'adaptive' },
    };
    expect(without('anthropic-messages', adaptive, foreign('theirs'))).toMatchObject({ thinking: { type: 'adaptive' } });
  });

  it('leaves a budget off where the vendor missed thinking that was never there', () => {
    const body = { messages: [asked, { role: 'assistant', content: [use] }, result], ...budget };
    expect(without('anthropic-messages', body, foreign('x'))).toBe(body);
    expect(without('anthropic-messages', body, all)).toMatchObject({ thinking: { type: 'disabled' } });
  });

  it('leaves out a turn that was nothing but thinking', () => {
    const body = { messages: [asked, { role: 'assistant', content: [thinking('theirs')] }, asked] };
    expect(without('anthropic-messages', body, all)).toEqual({ messages: [asked, asked] });
  });
});

describe('Responses', () => {
  const reasoning = (encrypted_content: string) => ({ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content });
  const call = { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'look', arguments: '{}' };
  const output = { type: 'function_call_output', call_id: 'c', output: 'seen' };

  it('takes the ids that point at missing reasoning, and no others', () => {
    const { id: _id, ...bare } = call;
    const user = { role: 'user', content: 'q', id: 'msg_u', type: 'message' };
    const body = { input: [user, reasoning('theirs'), call, output, reasoning('mine'), call, user] };
    expect(without('openai-responses', body, foreign('theirs'))).toEqual({
      input: [user, bare, output, reasoning('mine'), call, user],
    });
  });

  it('leaves compacted context, which is all there is of the conversation', () => {
    const body = {
      input: [
        { type: 'compaction', id: 'cmp_1', encrypted_content: 'x' },
        { role: 'user', content: 'q' },
      ],
    };
    expect(without('openai-responses', body, all)).toBe(body);
    expect(without('openai-responses', { input: 'text' }, all)).toEqual({ input: 'text' });
  });
});

describe('Chat', () => {
  const calls = (signature?: string) => [
    {
      id: 'c',
      type: 'function',
      function: { name: 'look', arguments: '{}' },
      ...(signature ? { extra_content: { google: { thought_signature: signature } } } : {}),
    },
  ];
  const signed = {
    role: 'assistant',
    reasoning_content: 'hm',
    reasoning_opaque: 'opaque',
    reasoning_details: [
      { type: 'reasoning.encrypted', data: 'enc' },
      { type: 'reasoning.text', text: 'hm', signature: 'sig' },
      { type: 'reasoning.summary', summary: 'hm' },
    ],
    tool_calls: calls('google'),
  };

  it('loses each proof by itself, and keeps plain reasoning', () => {
    const body = { messages: [signed] };
    expect(without('openai-chat', body, foreign('enc', 'opaque', 'google'))).toEqual({
      messages: [{ role: 'assistant', reasoning_content: 'hm', reasoning_details: signed.reasoning_details.slice(1), tool_calls: calls() }],
    });
    expect(without('openai-chat', body, all)).toEqual({
      messages: [{ role: 'assistant', reasoning_content: 'hm', tool_calls: calls() }],
    });
    expect(without('openai-chat', body, foreign('x'))).toBe(body);
  });

  it('gives Gemini its stand-in', () => {
    const filter = { ...foreign('google'), model: 'google/gemini-3-pro' };
    expect(without('openai-chat', { messages: [{ role: 'assistant', tool_calls: calls('google') }] }, filter)).toEqual({
      messages: [{ role: 'assistant', tool_calls: calls('skip_thought_signature_validator') }],
    });
  });
});

describe('Gemini', () => {
  const body = (key: string) => ({
    contents: [
      { role: 'user', parts: [{ text: 'q' }] },
      {
        role: 'model',
        parts: [
          { text: 'hm', thought: true, [key]: 's1' },
          { text: 'so', [key]: 's2' },
          { text: '', [key]: 's3' },
          { functionCall: { name: 'f', args: {} }, [key]: 's4' },
        ],
      },
    ],
  });

  it.each(['thoughtSignature', 'thought_signature'])('loses %s, and what is nothing without it', (key) => {
    const parts = [{ text: 'so' }, { functionCall: { name: 'f', args: {} } }];
    const left = {
      contents: [
        { role: 'user', parts: [{ text: 'q' }] },
        { role: 'model', parts },
      ],
    };
    expect(without('gemini', body(key), foreign('s1', 's2', 's3', 's4'))).toEqual(left);
    const given = body(key);
    expect(without('gemini', given, foreign('x'))).toBe(given);
  });

  it('gives Gemini 3 its stand-in, also where the client lost the signature', () => {
    const filter = { ...all, model: 'gemini-3-pro' };
    const missing = { contents: [{ role: 'model', parts: [{ functionCall: { name: 'f', args: {} } }] }] };
    const part = { functionCall: { name: 'f', args: {} }, thoughtSignature: 'skip_thought_signature_validator' };
    expect(without('gemini', missing, filter)).toEqual({ contents: [{ role: 'model', parts: [part] }] });
    const given = { contents: [{ role: 'model', parts: [part] }] };
    expect(without('gemini', given, filter)).toBe(given);
  });
});

describe('Converse', () => {
  const reasoning = { reasoningContent: { reasoningText: { text: 'hm', signature: 'theirs' } } };
  const hidden = { reasoningContent: { redactedContent: 'aGlk' } };
  const turns = (...blocks: JsonObject[]) => [
    { role: 'assistant', content: [...blocks, { toolUse: { toolUseId: 't', name: 'look', input: {} } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'seen' }] } }] },
  ];
  const budget = { additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 2000 } } };

  it('loses signed and redacted thinking, and its budget with it', () => {
    const given = { messages: turns(reasoning, hidden), ...budget };
    expect(without('bedrock-converse', given, foreign('theirs'))).toEqual({ ...given, messages: turns(hidden) });
    expect(without('bedrock-converse', given, foreign('theirs', 'aGlk'))).toEqual({
      messages: turns(),
      additionalModelRequestFields: { thinking: { type: 'disabled' } },
    });
  });
});

describe('every recorded request', () => {
  const inDialect = (dialect: DialectId): [string, JsonObject][] =>
    recordings((entry) => entry.format === dialect && entry.hasRequest).flatMap(({ name, request }) =>
      request?.body ? [[name, request.body]] : [],
    );

  it.each(PROVIDER_DIALECTS)('of %s is left alone when nothing in it is foreign, and shows a mark when it holds a proof', (dialect) => {
    for (const [name, body] of inDialect(dialect)) {
      let proofs = 0;
      const filter = { ...foreign(), drop: (proof?: string) => proof !== undefined && ++proofs < 0 };
      expect(without(dialect, body, filter), name).toBe(body);
      const marks = providerDialect(dialect).replay?.marks ?? [];
      if (proofs > 0)
        expect(
          marks.some((mark) => JSON.stringify(body).includes(mark)),
          name,
        ).toBe(true);
    }
  });
});
