import { describe, expect, it } from 'vitest';
import { asObject } from '../../../src/conversation/json.ts';
import { adaptiveEffort } from '../../../src/routing/rules/adaptive.ts';
import { applyRules, applyTargetRules } from '../../../src/routing/rules/apply.ts';
import { read, rulesOf, write } from './helpers.ts';

const HI = [{ role: 'user', content: 'hi' }];
const target = (model: string, reasoning?: boolean) => ({
  name: `p/${model}`,
  model,
  ...(reasoning === undefined ? {} : { info: { id: model, reasoning } }),
});

describe('a cap of output tokens', () => {
  const capped = (cap: number) => rulesOf({ maxTokens: [{ cap: 100_000 }, { cap }, { cap: 1, models: ['other'] }] });

  it('is the lowest that fits, set where the client set none, and never raises', () => {
    const limit = (body: object) => applyRules(read('openai-chat', { messages: HI, ...body }), capped(8000)).request.sampling.maxTokens;
    expect(limit({})).toBe(8000);
    expect(limit({ max_tokens: 9000 })).toBe(8000);
    expect(limit({ max_completion_tokens: 500 })).toBe(500);
  });

  it('lowers a thinking budget with it, so that Anthropic’s limit stays above its budget and below the cap', () => {
    const client = read('anthropic-messages', { max_tokens: 32_000, thinking: { type: 'enabled', budget_tokens: 16_000 }, messages: HI });
    const body = write('anthropic-messages', applyRules(client, capped(8000)).request, 'claude-sonnet-4-5');
    expect(body).toMatchObject({ max_tokens: 8000, thinking: { type: 'enabled', budget_tokens: 4000 } });
  });

  it.each(['minimal', 'low', 'medium', 'high', 'xhigh'])(
    'holds at an Anthropic model for a chat client’s effort %s',
    (reasoning_effort) => {
      for (const cap of [500, 1500, 3000, 8000, 30_000]) {
        for (const limits of [{}, { max_tokens: 400 }, { max_tokens: 2500 }, { max_tokens: 50_000 }]) {
          const client = read('openai-chat', { messages: HI, reasoning_effort, ...limits });
          const body = write('anthropic-messages', applyRules(client, capped(cap)).request, 'claude-sonnet-4-5');
          expect(body.max_tokens).toBeLessThanOrEqual(cap);
          expect(Number(asObject(body.thinking)?.budget_tokens ?? 0)).toBeLessThan(Number(body.max_tokens));
        }
      }
    },
  );

  it('keeps the effort for models that know efforts alone', () => {
    const { request } = applyRules(read('openai-chat', { messages: HI, reasoning_effort: 'high' }), capped(8000));
    expect(write('openai-chat', request, 'gpt-5.1')).toMatchObject({ reasoning_effort: 'high', max_completion_tokens: 8000 });
  });

  it('lowers the budgets of Qwen and OpenRouter clients where they stand', () => {
    const { request } = applyRules(read('openai-chat', { messages: HI, enable_thinking: true, thinking_budget: 30_000 }), capped(8000));
    expect(write('openai-chat', request, 'qwen3-max')).toMatchObject({ enable_thinking: true, thinking_budget: 4000, max_tokens: 8000 });
  });

  it('changes nothing where the client asks for less', () => {
    const client = read('anthropic-messages', { max_tokens: 4000, thinking: { type: 'enabled', budget_tokens: 2000 }, messages: HI });
    expect(applyRules(client, capped(8000)).changed).toBe(false);
  });
});

describe('reasoning by rule', () => {
  const high = rulesOf({
    reasoning: [
      { mode: 'passthrough', models: ['quiet'] },
      { mode: 'custom', effort: 'high' },
    ],
  });

  it('is not added for a model that is not known to reason', () => {
    const request = read('openai-chat', { messages: HI });
    expect(applyTargetRules(request, high, target('gpt-4o'))).toBe(request);
    expect(applyTargetRules(request, high, target('some-model'))).toBe(request);
    expect(applyTargetRules(request, high, target('gpt-5.1', false))).toBe(request);
    expect(applyTargetRules(request, high, target('some-model', true)).reasoning).toEqual({ effort: 'high' });
    expect(applyTargetRules(request, high, target('gpt-5.1')).reasoning).toEqual({ effort: 'high' });
  });

  it('lets the first rule that fits count', () => {
    const request = read('openai-chat', { messages: HI }, 'quiet');
    expect(applyTargetRules(request, high, target('gpt-5.1'))).toBe(request);
  });

  it('takes the place of what a chat client asked for in any vendor’s words', () => {
    for (const words of [{ reasoning_effort: 'low' }, { reasoning: { effort: 'low' } }, { thinking: { type: 'disabled' } }]) {
      const request = applyTargetRules(read('openai-chat', { messages: HI, ...words }), high, target('gpt-5.1'));
      const body = write('openai-chat', request, 'gpt-5.1');
      expect(body.reasoning_effort).toBe('high');
      expect(body).not.toHaveProperty('reasoning');
      expect(body).not.toHaveProperty('thinking');
    }
  });

  it('reaches Responses beside the client’s own summary, and "auto" takes the effort away', () => {
    const client = read('openai-responses', { input: 'hi', reasoning: { effort: 'low', summary: 'detailed' } });
    const set = write('openai-responses', applyTargetRules(client, high, target('gpt-5.1')), 'gpt-5.1');
    expect(set.reasoning).toEqual({ effort: 'high', summary: 'detailed' });
    const auto = write(
      'openai-responses',
      applyTargetRules(client, rulesOf({ reasoning: [{ mode: 'auto' }] }), target('gpt-5.1')),
      'gpt-5.1',
    );
    expect(auto.reasoning).toEqual({ summary: 'detailed' });
  });

  it.each([
    ['claude-opus-4-6', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
    ['claude-sonnet-4-5', { thinking: { type: 'enabled', budget_tokens: 24_576 } }],
    ['claude-3-5-haiku-latest', {}],
  ])('switches thinking on at %s in the form it takes, also for an Anthropic client that asked for none', (model, form) => {
    const client = read('anthropic-messages', { max_tokens: 60_000, messages: HI });
    const body = write('anthropic-messages', applyTargetRules(client, high, target(model)), model);
    expect({ thinking: body.thinking, output_config: body.output_config }).toEqual({
      thinking: undefined,
      output_config: undefined,
      ...form,
    });
  });

  it('switches thinking off', () => {
    const none = rulesOf({ reasoning: [{ mode: 'custom', effort: 'none' }] });
    const client = read('anthropic-messages', { max_tokens: 9000, thinking: { type: 'enabled', budget_tokens: 2000 }, messages: HI });
    const body = write('anthropic-messages', applyTargetRules(client, none, target('claude-sonnet-4-5')), 'claude-sonnet-4-5');
    expect(asObject(body.thinking)?.type ?? 'disabled').toBe('disabled');
  });

  it.each([
    ['gemini-2.5-flash', { thinkingBudget: 24_576 }],
    ['gemini-3-pro-preview', { thinkingLevel: 'high' }],
    ['gemini-2.0-flash', undefined],
  ])('is written for %s', (model, config) => {
    const client = read('gemini', { contents: [{ parts: [{ text: 'hi' }] }] });
    const body = write('gemini', applyTargetRules(client, high, target(model)), model);
    expect(asObject(body.generationConfig)?.thinkingConfig).toEqual(config);
  });

  it('and a cap hold together', () => {
    const rules = rulesOf({ reasoning: [{ mode: 'custom', budget: 20_000 }], maxTokens: [{ cap: 6000 }] });
    const client = applyRules(read('anthropic-messages', { max_tokens: 60_000, messages: HI }), rules).request;
    const body = write('anthropic-messages', applyTargetRules(client, rules, target('claude-sonnet-4-5')), 'claude-sonnet-4-5');
    expect(body).toMatchObject({ max_tokens: 6000, thinking: { type: 'enabled', budget_tokens: 3000 } });
  });

  it('is the same when applied twice', () => {
    for (const mode of ['auto', 'adaptive'] as const) {
      const rules = rulesOf({ reasoning: [{ mode }] });
      const once = applyTargetRules(read('openai-chat', { messages: HI, reasoning_effort: 'low' }), rules, target('gpt-5.1'));
      expect(applyTargetRules(once, rules, target('gpt-5.1'))).toBe(once);
    }
  });
});

describe('adaptive effort', () => {
  const tools = [{ type: 'function', function: { name: 'read', parameters: {} } }];
  const step = [
    { role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'read', arguments: '{}' } }] },
    { role: 'tool', tool_call_id: 'c', content: 'done' },
  ];
  it.each([
    ['a greeting', [{ role: 'user', content: 'hi' }], undefined, 'low'],
    ['a hard question', [{ role: 'user', content: 'Why does this deadlock?' }], undefined, 'medium'],
    ['a hard task with tools', [{ role: 'user', content: 'Refactor the parser' }], tools, 'high'],
    ['a step of that task', [{ role: 'user', content: 'Refactor the parser' }, ...step], tools, 'medium'],
    ['a step of an easy one', [{ role: 'user', content: 'Rename the file' }, ...step], tools, 'low'],
    ['a long text', [{ role: 'user', content: 'x '.repeat(1000) }], undefined, 'medium'],
    ['a step in a long conversation', [{ role: 'user', content: `plan ${'x '.repeat(80_000)}` }, ...step], tools, 'high'],
  ])('%s', (_what, messages, offered, effort) => {
    expect(adaptiveEffort(read('openai-chat', { messages, ...(offered ? { tools: offered } : {}) }))).toBe(effort);
  });
});
