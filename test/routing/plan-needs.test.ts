import { describe, expect, it } from 'vitest';
import type { ContentPart } from '../../src/conversation/content.ts';
import type { ChatRequest } from '../../src/conversation/request.ts';
import { needsOf } from '../../src/routing/needs.ts';

function request(content: ContentPart[], more: Partial<ChatRequest> = {}): ChatRequest {
  return { dialect: 'openai-chat', model: 'm', messages: [{ role: 'user', content }], sampling: {}, stream: false, ...more };
}

const IMAGE: ContentPart = { type: 'image', source: { kind: 'base64', mimeType: 'image/png', data: 'A'.repeat(1_000_000) } };
const text = (chars: number): ContentPart => ({ type: 'text', text: 'x'.repeat(chars) });

describe('needsOf', () => {
  it('counts a quarter token for each character of the body', () => {
    expect(needsOf(request([text(100)]), 4001)).toEqual({ tools: false, vision: false, inputTokens: 1001 });
  });

  it('takes the client’s limit of the output', () => {
    expect(needsOf(request([], { sampling: { maxTokens: 7 } }), 0).outputTokens).toBe(7);
  });

  it('asks for tools where a function or custom tool is offered, not for a vendor’s own', () => {
    const server = { type: 'server', kind: 'web-search', dialect: 'openai-chat', raw: {} } as const;
    expect(needsOf(request([], { tools: [server] }), 0).tools).toBe(false);
    expect(needsOf(request([], { tools: [server, { type: 'function', name: 'f' }] }), 0).tools).toBe(true);
    expect(needsOf(request([], { tools: [{ type: 'custom', name: 'f' }] }), 0).tools).toBe(true);
  });

  it('sees images, also in tool results, and counts none of their bytes as text', () => {
    const inside: ContentPart = { type: 'tool-result', callId: 'c', content: [IMAGE] };
    for (const part of [IMAGE, inside]) {
      expect(needsOf(request([part, text(400)]), 1_000_600)).toEqual({ tools: false, vision: true, inputTokens: 1150 });
    }
  });

  it('counts a recording and a document, too, without asking for vision', () => {
    const source = { kind: 'base64', mimeType: 'x/y', data: 'A'.repeat(8000) } as const;
    const needs = needsOf(
      request([
        { type: 'audio', source },
        { type: 'file', source },
      ]),
      16_000,
    );
    expect(needs).toEqual({ tools: false, vision: false, inputTokens: 2000 });
    expect(needsOf(request([{ type: 'file', source, text: 'x'.repeat(400) }]), 0).inputTokens).toBe(100);
  });

  it('counts no signature, and no image inside a vendor’s own item', () => {
    const signature = { value: 's'.repeat(4000), dialect: 'openai-responses' } as const;
    const reasoning: ContentPart = { type: 'reasoning', text: 'abcd', signature };
    expect(needsOf(request([reasoning]), 4004).inputTokens).toBe(1);
    const raw = { type: 'image_generation_call', result: 'A'.repeat(40_000) };
    const server: ContentPart = { type: 'server', dialect: 'openai-responses', name: 'image_generation_call', raw };
    expect(needsOf(request([server]), 40_400).inputTokens).toBe(1100);
  });

  it('counts the messages where they hold more than the body: a stored conversation was put in front', () => {
    expect(needsOf(request([text(4000), { type: 'tool-call', id: 'c', name: 'f', arguments: 'x'.repeat(399) }]), 100).inputTokens).toBe(
      1100,
    );
  });
});
