import { describe, expect, it } from 'vitest';
import { asArray, asObject, isObject, type Json, type JsonObject } from '../../../src/conversation/json.ts';
import { anthropicMessages, countTokens } from '../../../src/dialects/anthropic-messages/index.ts';
import { recordings } from '../../recordings.ts';
import { bare, read, withRequest, write } from './support.ts';

/** The one meaning of the forms the API holds equal: a string for one text block, neighbours of one role for one turn. */
function meaning(body: JsonObject): Json {
  const turns: JsonObject[] = [];
  for (const item of asArray(body.messages).filter(isObject)) {
    const turn: JsonObject = { ...item, content: blocks(item.content) };
    const last = turns.at(-1);
    if (last && last.role === turn.role) last.content = [...asArray(last.content), ...asArray(turn.content)];
    else turns.push(turn);
  }
  const { stream, output_format, ...rest } = body;
  const output = isObject(output_format) ? { output_config: { ...asObject(body.output_config), format: output_format } } : {};
  const system = body.system === undefined ? {} : { system: blocks(body.system) };
  return bare({ ...rest, ...output, ...system, messages: turns, ...(stream ? { stream } : {}) });
}

function blocks(content: Json | undefined): Json[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return asArray(content).map((block) =>
    isObject(block) && block.type === 'tool_result' && block.content !== undefined ? { ...block, content: blocks(block.content) } : block,
  );
}

describe('recorded requests', () => {
  it.each(withRequest.map((recording) => [recording.name, recording] as const))('%s: written back as it came', (_name, recording) => {
    const body = recording.request?.body ?? {};
    const { body: written, warnings } = write(read(body), String(body.model));
    expect(meaning(written)).toEqual(meaning(body));
    expect(warnings).toEqual([]);
  });

  it('there are 35 of them', () => expect(withRequest).toHaveLength(35));
});

describe('recorded counts', () => {
  const counts = recordings((entry) => entry.format === 'count-tokens' && entry.provider === 'anthropic' && entry.status === 200);

  it.each(counts.map((recording) => [recording.name, recording] as const))('%s: asked and read', (_name, recording) => {
    const body = recording.request?.body ?? {};
    const parsed = countTokens.readCountTokens(body);
    if (!parsed.ok) throw parsed.error;
    const written = countTokens.writeCountTokens(parsed.value, { model: String(body.model), warn: () => undefined });
    expect(meaning(written)).toEqual(meaning(body));
    const answer = asObject(recording.response.body) ?? {};
    expect(countTokens.writeCount(countTokens.readCount(answer) ?? Number.NaN)).toEqual(answer);
  });

  it('a count is not made up', () => expect(countTokens.readCount({})).toBeUndefined());
});

describe('a bad request', () => {
  const problem = (body: unknown) => {
    const parsed = anthropicMessages.readRequest(body, {});
    return parsed.ok ? undefined : { class: parsed.error.class, param: parsed.error.param, message: parsed.error.message };
  };
  const good = { model: 'm', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] };

  it('names a missing max_tokens', () => {
    expect(problem({ ...good, max_tokens: undefined })).toEqual({
      class: 'request',
      param: 'max_tokens',
      message: 'max_tokens: Field required',
    });
  });

  it('names the field of a block by its path', () => {
    const content = [{ type: 'text', text: 'a' }, { type: 'text' }];
    expect(problem({ ...good, messages: [{ role: 'user', content }] })).toMatchObject({
      param: 'messages.0.content.1.text',
      message: 'messages.0.content.1.text: Field required',
    });
  });

  it('names the field of a block inside a tool result', () => {
    const content = [{ type: 'tool_result', tool_use_id: 'a', content: [{ type: 'image' }] }];
    expect(problem({ ...good, messages: [{ role: 'user', content }] })?.param).toBe('messages.0.content.0.content.0.source');
  });

  it('names an unknown role, a missing model, content of a wrong kind', () => {
    expect(problem({ ...good, messages: [{ role: 'robot', content: '' }] })?.param).toBe('messages.0.role');
    expect(problem({ ...good, model: undefined })?.param).toBe('model');
    expect(problem({ ...good, messages: [{ role: 'user', content: 5 }] })?.param).toBe('messages.0.content');
    expect(problem({ ...good, messages: [{ role: 'user' }] })?.message).toBe('messages.0.content: Field required');
    expect(problem({ ...good, messages: [{ role: 'user', content: [7] }] })?.param).toBe('messages.0.content.0');
    expect(problem({ ...good, system: 5 })?.param).toBe('system');
    expect(problem('no JSON object')?.class).toBe('request');
  });

  it('is good with fields and blocks that are not known', () => {
    expect(problem({ ...good, soon: { a: 1 }, messages: [{ role: 'user', content: [{ type: 'hologram', depth: 3 }] }] })).toBeUndefined();
  });
});
