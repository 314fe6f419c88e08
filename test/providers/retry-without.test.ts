import { describe, expect, it } from 'vitest';
import { unsupportedParameter, withoutParameter } from '../../src/providers/retry-without.ts';

describe('unsupportedParameter', () => {
  it.each([
    ["Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", 'max_tokens'],
    ["Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.", 'temperature'],
    ['Unrecognized request argument supplied: reasoning_content', 'reasoning_content'],
    ["Unknown parameter: 'reasoning.budget'.", 'reasoning.budget'],
    ['unknown field "chat_template"', 'chat_template'],
    ['Unknown field: verbosity', 'verbosity'],
    ['context_management: Extra inputs are not permitted', 'context_management'],
    ['tools.0.custom.strict: Extra inputs are not permitted', 'tools.0.custom.strict'],
    ['`temperature` is deprecated for this model.', 'temperature'],
    ["'messages.0' : for 'role:user' the following must be satisfied[('messages.0' : property 'name' is unsupported)]", 'name'],
    [
      "messages.2.assistant.reasoning_content: property 'messages.2.assistant.reasoning_content' is unsupported",
      'messages.2.assistant.reasoning_content',
    ],
    ['body.messages.2.assistant.reasoning_content: Extra inputs are not permitted', 'messages.2.assistant.reasoning_content'],
    ['Model grok-4 does not support parameter presencePenalty.', 'presencePenalty'],
    ['Invalid JSON payload received. Unknown name "topLogprobs" at \'generation_config\': Cannot find field.', 'topLogprobs'],
    ['parameter `stop` is not supported', 'stop'],
  ])('%s → %s', (message, parameter) => {
    expect(unsupportedParameter(message)).toBe(parameter);
  });

  it.each([
    "Unsupported parameter: 'messages'",
    "Unknown parameter: 'model'.",
    'stream: Extra inputs are not permitted',
    "Unknown parameter: 'input'.",
    'Unknown name "contents": Cannot find field.',
    'Unknown name "systemInstruction": Cannot find field.',
    'system: Extra inputs are not permitted',
    "Unsupported value: 'messages[0].role' does not support 'developer' with this model.",
    "Unknown parameter: 'input[3]'.",
    "Invalid 'messages[3]'. Content blocks are expected to be either text or image_url type.",
    'prompt is too long: 3333404 tokens > 200000 maximum',
    "The requested model 'x' does not exist.",
    'Incorrect API key provided: sk-x. You can find your API key at https://platform.openai.com/account/api-keys.',
    'Rate limit reached',
    '',
  ])('says nothing for: %s', (message) => {
    expect(unsupportedParameter(message)).toBeUndefined();
  });

  it('takes no long time over a long message', () => {
    const started = performance.now();
    unsupportedParameter(`unknown parameter ${'a.'.repeat(50_000)} ${"'a".repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('withoutParameter', () => {
  it.each([
    ['a field', { model: 'm', temperature: 1 }, 'temperature', { model: 'm' }],
    ['a field inside another', { reasoning: { effort: 'low', summary: 'auto' } }, 'reasoning.summary', { reasoning: { effort: 'low' } }],
    [
      'a field in a list',
      { tools: [{ type: 'a', strict: true }, { type: 'b' }] },
      'tools[0].strict',
      { tools: [{ type: 'a' }, { type: 'b' }] },
    ],
    ['past a union’s tag in the path', { tools: [{ name: 'a', strict: true }] }, 'tools.0.custom.strict', { tools: [{ name: 'a' }] }],
    ['under the body’s own spelling', { presence_penalty: 1 }, 'presencePenalty', {}],
    ['under the body’s other spelling', { generationConfig: { topK: 1 } }, 'generation_config.top_k', { generationConfig: {} }],
    ['a bare name one level down', { generationConfig: { topLogprobs: 1, a: 1 } }, 'topLogprobs', { generationConfig: { a: 1 } }],
    [
      'a bare name in every message',
      { messages: [{ role: 'user', name: 'n' }, { role: 'user' }] },
      'name',
      { messages: [{ role: 'user' }, { role: 'user' }] },
    ],
    [
      'from every message what one must not have',
      {
        messages: [
          { role: 'assistant', reasoning_content: 'a' },
          { role: 'assistant', reasoning_content: 'b' },
        ],
      },
      'messages.0.assistant.reasoning_content',
      { messages: [{ role: 'assistant' }, { role: 'assistant' }] },
    ],
  ])('takes out %s', (_, body, path, expected) => {
    const before = structuredClone(body);
    expect(withoutParameter(body, path)).toEqual(expected);
    expect(body).toEqual(before);
  });

  it.each(['model', 'messages', 'stream', 'input', 'messages[0]', 'messages[0].role', 'absent', 'reasoning.absent', 'tools[9].strict'])(
    'gives the same object back for %s',
    (path) => {
      const body = {
        model: 'm',
        stream: true,
        input: 'x',
        messages: [{ role: 'user', content: 'a' }],
        reasoning: { effort: 'low' },
        tools: [],
      };
      expect(withoutParameter(body, path)).toBe(body);
    },
  );
});
