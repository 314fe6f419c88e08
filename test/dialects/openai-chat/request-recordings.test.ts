import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject, withoutNulls } from '../../../src/conversation/json.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { failed, ok, read, writeContext } from './support.ts';

/** The forms of one meaning brought to one form: what a vendor reads alike. */
function meaning(body: JsonObject): Json {
  const { stream, stream_options, tools, ...rest } = withoutNulls(body);
  const messages = (rest.messages as JsonObject[]).map(messageMeaning);
  const offered = (tools as JsonObject[] | undefined)?.map((tool) => ({ type: 'function', ...tool }));
  return {
    ...rest,
    messages,
    ...(typeof rest.stop === 'string' ? { stop: [rest.stop] } : {}),
    ...(offered?.length ? { tools: offered } : {}),
    ...(stream === true ? { stream, stream_options: { ...(stream_options as JsonObject | undefined), include_usage: true } } : {}),
  } as JsonObject;
}

function messageMeaning(message: JsonObject): JsonObject {
  const { content, tool_calls, ...rest } = withoutNulls(message);
  const parts = typeof content === 'string' ? [{ type: 'text', text: content }] : ((content as JsonObject[] | undefined) ?? []);
  const calls = (tool_calls as JsonObject[] | undefined)?.map(({ index: _index, ...call }) => call);
  return {
    ...rest,
    content: parts
      .map((part) => withoutNulls(part))
      .map(partMeaning)
      .filter((part) => part.text !== ''),
    ...(calls ? { tool_calls: calls } : {}),
  };
}

/** Next to its type a part means what its own field says (recording huggingface-image-url-input fills the other with null). */
function partMeaning(part: JsonObject): JsonObject {
  return isObject(part.image_url) ? { ...part, image_url: withoutNulls(part.image_url) } : part;
}

describe('recorded openai-chat requests', () => {
  const recorded = [...ok, ...failed].filter((recording) => recording.request);

  it.each(recorded.map((recording) => [recording.name, recording] as const))('%s comes out as it went in', (_name, recording) => {
    const body = recording.request?.body as JsonObject;
    const context = writeContext(String(body.model));
    expect(meaning(openaiChat.writeRequest(read(body), context))).toEqual(meaning(body));
    expect(context.warnings).toEqual([]);
  });

  it('are there', () => {
    expect(recorded.length).toBeGreaterThan(60);
  });
});
