import { describe, expect, it } from 'vitest';
import { CLIENT_DIALECTS, type ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import { asArray, asObject, type Json, type JsonObject } from '../../../src/conversation/json.ts';
import { applyRules, applyTargetRules } from '../../../src/routing/rules/apply.ts';
import { recordings } from '../../recordings.ts';
import { read, rulesOf, write } from './helpers.ts';

const RULE = 'Answer in metric units.';
const RULES = rulesOf({ systemPrompts: [{ text: RULE }] });
const FIRST = rulesOf({ systemPrompts: [{ text: RULE, position: 'prepend' }] });

const CASES = CLIENT_DIALECTS.flatMap((dialect) =>
  recordings((entry) => entry.hasRequest && entry.format === dialect).flatMap(({ file, request, model, stream }) => {
    const parsed = clientRequest(dialect, request?.body, model, stream);
    return parsed ? [[file, dialect, parsed, model ?? 'm'] as const] : [];
  }),
);

function clientRequest(dialect: ClientDialectId, body: unknown, model: string | null, _stream: boolean) {
  try {
    return read(dialect, body, model ?? 'm');
  } catch {
    return undefined;
  }
}

/** Takes the rule's text out of the place where the dialect has its system text, and gives what is then left. */
function withoutRule(dialect: ClientDialectId, body: JsonObject): Json {
  const bare = (text: Json | undefined): Json | undefined =>
    typeof text === 'string' ? text.replace(`\n\n${RULE}`, '').replace(`${RULE}\n\n`, '').replace(RULE, '') : text;
  const parts = (list: Json | undefined): Json[] => asArray(list).filter((part) => asObject(part)?.text !== RULE);
  const slim = (object: JsonObject): JsonObject => JSON.parse(JSON.stringify(object)) as JsonObject;
  switch (dialect) {
    case 'openai-chat': {
      const messages = asArray(body.messages).map((message) => {
        const { content, ...rest } = asObject(message) ?? {};
        if (rest.role !== 'system' && rest.role !== 'developer') return message;
        return { ...rest, content: Array.isArray(content) ? parts(content) : bare(content) };
      });
      return slim({ ...body, messages: messages.filter((message) => asObject(message)?.content !== '') });
    }
    case 'openai-responses':
      return slim({ ...body, instructions: bare(body.instructions) || undefined });
    case 'anthropic-messages': {
      const blocks = typeof body.system === 'string' ? [{ type: 'text', text: body.system }] : parts(body.system);
      return slim({ ...body, system: blocks.filter((block) => asObject(block)?.text !== RULE) });
    }
    case 'gemini': {
      const { parts: given, ...rest } = asObject(body.systemInstruction) ?? {};
      return slim({ ...body, systemInstruction: { ...rest, parts: parts(given) } });
    }
  }
}

describe('a system prompt for every request', () => {
  it('is tried on at least ten recorded requests of each dialect', () => {
    for (const dialect of CLIENT_DIALECTS) expect(CASES.filter(([, one]) => one === dialect).length).toBeGreaterThan(10);
  });

  it.each(CASES)('%s: nothing but the system text changes', (_file, dialect, request, model) => {
    for (const rules of [RULES, FIRST]) {
      const ruled = applyRules(request, rules);
      expect(ruled.changed).toBe(true);
      const before = write(dialect, request, model);
      const after = write(dialect, ruled.request, model);
      expect(JSON.stringify(after).split(JSON.stringify(RULE).slice(1, -1))).toHaveLength(2);
      expect(withoutRule(dialect, after)).toEqual(withoutRule(dialect, before));
    }
  });

  it.each(CASES)('%s: the request that came in stays as it was', (_file, _dialect, request) => {
    const before = structuredClone(request);
    applyRules(request, rulesOf({ systemPrompts: [{ text: RULE }], maxTokens: [{ cap: 5 }], reasoning: [{ mode: 'auto' }] }));
    expect(request).toEqual(before);
  });

  it('stands before and behind the client’s own words, in the order of the config', () => {
    const rules = rulesOf({
      systemPrompts: [
        { text: 'A', position: 'prepend' },
        { text: 'C' },
        { text: 'B', position: 'prepend' },
        { text: 'D', position: 'append' },
      ],
    });
    const { request } = applyRules(
      read('openai-chat', {
        messages: [
          { role: 'developer', content: 'X' },
          { role: 'user', content: 'hi' },
        ],
      }),
      rules,
    );
    expect(write('openai-chat', request, 'gpt-4o').messages).toEqual([
      { role: 'developer', content: 'A\n\nB\n\nX\n\nC\n\nD' },
      { role: 'user', content: 'hi' },
    ]);
  });

  it('leaves what stands before a cache mark as it was, and the mark where it was', () => {
    const system = [
      { type: 'text', text: 'One' },
      { type: 'text', text: 'Two', cache_control: { type: 'ephemeral', ttl: '1h' } },
    ];
    const request = read('anthropic-messages', { max_tokens: 10, system, messages: [{ role: 'user', content: 'hi' }] });
    const { request: ruled } = applyRules(request, RULES);
    expect(write('anthropic-messages', ruled, 'claude-sonnet-4-5').system).toEqual([...system, { type: 'text', text: RULE }]);
    const { request: first } = applyRules(request, FIRST);
    expect(write('anthropic-messages', first, 'claude-sonnet-4-5').system).toEqual([{ type: 'text', text: RULE }, ...system]);
  });

  it('becomes instructions of a Responses request whose system words stand in its input, and these stay there', () => {
    const input = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'hi' },
    ];
    const { request } = applyRules(read('openai-responses', { input }), RULES);
    const body = write('openai-responses', request, 'gpt-5.1');
    expect(body.instructions).toBe(RULE);
    expect(asArray(body.input).map((item) => asObject(item)?.role)).toEqual(['system', 'user']);
  });

  it('leaves a system message in the middle, and a named one, alone', () => {
    const messages = [
      { role: 'system', name: 'example_user', content: 'like this' },
      { role: 'user', content: 'hi' },
      { role: 'system', content: 'later' },
      { role: 'user', content: 'go on' },
    ];
    const { request } = applyRules(read('openai-chat', { messages }), RULES);
    expect(write('openai-chat', request, 'gpt-4o').messages).toEqual(messages.toSpliced(1, 0, { role: 'system', content: RULE } as never));
  });

  it('is for the names its patterns fit: the one asked for at once, the target’s at the attempt, never twice', () => {
    const request = read('openai-chat', { messages: [{ role: 'user', content: 'hi' }] }, 'work');
    const target = { name: 'anth/claude-opus-4-6', model: 'claude-opus-4-6' };
    const asked = rulesOf({ systemPrompts: [{ text: RULE, models: ['w*'] }] });
    const ruled = applyRules(request, asked);
    expect(ruled.changed).toBe(true);
    expect(applyTargetRules(ruled.request, asked, target)).toBe(ruled.request);
    const everywhere = applyRules(request, RULES).request;
    expect(applyTargetRules(everywhere, RULES, target)).toBe(everywhere);
    const aimed = rulesOf({ systemPrompts: [{ text: RULE, models: ['anth/*'] }] });
    expect(applyRules(request, aimed).changed).toBe(false);
    expect(applyTargetRules(request, aimed, target).messages[0]?.role).toBe('system');
    expect(applyTargetRules(request, aimed, { name: 'other/x', model: 'x' })).toBe(request);
  });

  it('does nothing at all when no rule is set', () => {
    const request = read('openai-chat', { messages: [{ role: 'user', content: 'hi' }] });
    const ruled = applyRules(request, rulesOf());
    expect(ruled.request).toBe(request);
    expect(ruled).toMatchObject({ changed: false, warnings: [] });
    expect(applyTargetRules(request, rulesOf(), { name: 'a/b', model: 'b' })).toBe(request);
  });
});
