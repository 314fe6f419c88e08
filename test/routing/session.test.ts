import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/conversation/json.ts';
import { anthropicMessages } from '../../src/dialects/anthropic-messages/index.ts';
import type { ClientDialect } from '../../src/dialects/dialect.ts';
import { gemini } from '../../src/dialects/gemini/index.ts';
import { openaiChat } from '../../src/dialects/openai-chat/index.ts';
import { openaiResponses } from '../../src/dialects/openai-responses/index.ts';
import { SESSION_HEADERS, sessionOf } from '../../src/routing/session.ts';

function session(dialect: ClientDialect, body: JsonObject, headers: Record<string, string> = {}): string {
  const read = dialect.readRequest(body, { model: 'm' });
  if (!read.ok) throw read.error;
  return sessionOf((name) => headers[name], read.value, body).id;
}

const user = (content: Json): JsonObject => ({ role: 'user', content });
const chat = (...messages: JsonObject[]): JsonObject => ({ model: 'm', messages });
const hello = chat({ role: 'system', content: 'be kind' }, user('hello'));

describe('the id of a conversation', () => {
  it.each(SESSION_HEADERS)('is the client’s, from %s, whatever is said', (name) => {
    const one = session(openaiChat, hello, { [name]: 'abc' });
    expect(session(openaiChat, chat(user('something else')), { [name]: 'abc' })).toBe(one);
    expect(session(openaiChat, hello, { [name]: 'abd' })).not.toBe(one);
  });

  it.each<[string, JsonObject]>([
    ['prompt_cache_key', { prompt_cache_key: 'abc' }],
    ['OpenRouter’s session_id', { session_id: 'abc' }],
    ['Qwen Code’s metadata', { metadata: { sessionId: 'abc', promptId: 'p' } }],
  ])('is in the body: %s', (_name, extra) => {
    expect(session(openaiChat, { ...hello, ...extra })).toBe(session(openaiChat, { ...chat(user('other')), ...extra }));
    expect(session(openaiChat, { ...hello, ...extra })).not.toBe(session(openaiChat, hello));
  });

  it.each([
    ['user_1f_account__session_11111111-2222', 'user_1f_account__session_11111111-3333'],
    ['{"device_id":"d","account_uuid":"","session_id":"one"}', '{"device_id":"d","account_uuid":"","session_id":"two"}'],
  ])('is the session in Claude Code’s user id: %s', (one, two) => {
    const asked = (userId: string, text: string) =>
      session(anthropicMessages, { model: 'm', max_tokens: 9, messages: [user(text)], metadata: { user_id: userId } });
    expect(asked(one, 'a')).toBe(asked(one, 'b'));
    expect(asked(one, 'a')).not.toBe(asked(two, 'a'));
  });

  it('is not a person’s id', () => {
    const asked = (text: string) => session(openaiChat, { ...chat(user(text)), user: 'me', metadata: { user_id: 'me' } });
    expect(asked('a')).not.toBe(asked('b'));
  });

  it('is a hash: nothing of a header, id or text stands in it', () => {
    for (const headers of [{}, { 'x-session-id': 'my-secret-project' }] as Record<string, string>[])
      expect(session(openaiChat, hello, headers)).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a conversation without an id', () => {
  it('is known by its system text and first user turn', () => {
    const later = chat({ role: 'system', content: 'be kind' }, user('hello'), { role: 'assistant', content: 'hi' }, user('and now?'));
    expect(session(openaiChat, later)).toBe(session(openaiChat, hello));
    expect(session(openaiChat, chat({ role: 'system', content: 'be rude' }, user('hello')))).not.toBe(session(openaiChat, hello));
    expect(session(openaiChat, chat({ role: 'system', content: 'be kind' }, user('hello!')))).not.toBe(session(openaiChat, hello));
  });

  it('does not mix system and user text up', () => {
    expect(session(openaiChat, chat({ role: 'system', content: 'a' }, user('b')))).not.toBe(session(openaiChat, chat(user('ab'))));
  });

  it.each<[string, ClientDialect, JsonObject, JsonObject]>([
    [
      'Messages',
      anthropicMessages,
      { model: 'm', max_tokens: 9, system: 's', messages: [user('q')] },
      { model: 'm', max_tokens: 9, system: 's', messages: [user('q'), { role: 'assistant', content: 'a' }, user('r')] },
    ],
    [
      'Responses',
      openaiResponses,
      { model: 'm', instructions: 's', input: 'q' },
      { model: 'm', instructions: 's', input: [user('q'), { role: 'assistant', content: 'a' }, user('r')] },
    ],
    [
      'Gemini',
      gemini,
      { systemInstruction: { parts: [{ text: 's' }] }, contents: [{ role: 'user', parts: [{ text: 'q' }] }] },
      {
        systemInstruction: { parts: [{ text: 's' }] },
        contents: [
          { role: 'user', parts: [{ text: 'q' }] },
          { role: 'model', parts: [{ text: 'a' }] },
          { role: 'user', parts: [{ text: 'r' }] },
        ],
      },
    ],
  ])('in %s too', (_name, dialect, first, later) => {
    expect(session(dialect, later)).toBe(session(dialect, first));
  });

  it('counts the pictures of the first turn', () => {
    const seeing = (data: string) =>
      chat(
        user([
          { type: 'text', text: 'what?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } },
        ]),
      );
    const big = 'A'.repeat(200_000);
    expect(session(openaiChat, seeing(big))).toBe(session(openaiChat, seeing(big)));
    expect(session(openaiChat, seeing(big))).not.toBe(session(openaiChat, seeing(`${big}AAAA`)));
    expect(session(openaiChat, seeing(big))).not.toBe(session(openaiChat, seeing(`B${big.slice(1)}`)));
  });

  it('has an id even when nobody has spoken yet', () => {
    expect(session(openaiChat, chat({ role: 'system', content: 'x' }))).not.toBe(
      session(openaiChat, chat({ role: 'system', content: 'y' })),
    );
  });
});
