import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/conversation/json.ts';
import { providers } from '../../src/providers/catalogue.ts';
import type { Quirk, QuirkFacts } from '../../src/providers/provider.ts';
import { alternateTurns } from '../../src/providers/quirks/alternate-turns.ts';
import { anthropicSampling } from '../../src/providers/quirks/anthropic-sampling.ts';
import { developerToSystem } from '../../src/providers/quirks/developer-to-system.ts';
import { dropFields, dropOpenaiBookkeeping } from '../../src/providers/quirks/drop-fields.ts';
import { fixedTemperature } from '../../src/providers/quirks/fixed-temperature.ts';
import { messageFields } from '../../src/providers/quirks/message-fields.ts';
import { mistralSeed } from '../../src/providers/quirks/mistral-seed.ts';
import { mistralToolIds } from '../../src/providers/quirks/mistral-tool-ids.ts';
import { noEffortWithTools } from '../../src/providers/quirks/no-effort-with-tools.ts';
import { noParallelToolCalls } from '../../src/providers/quirks/no-parallel-tool-calls.ts';
import { noSamplingOnReasoning } from '../../src/providers/quirks/no-sampling-on-reasoning.ts';
import { noStreamOptions } from '../../src/providers/quirks/no-stream-options.ts';
import { noTools } from '../../src/providers/quirks/no-tools.ts';
import { qwenForcedTool, qwenThinking } from '../../src/providers/quirks/qwen-thinking.ts';
import { reasoningAsReasoning, requireReasoningContent, stripReasoningContent } from '../../src/providers/quirks/reasoning-content.ts';
import { noReasoningEffort, reasoningEfforts } from '../../src/providers/quirks/reasoning-efforts.ts';
import { reasoningEnabled } from '../../src/providers/quirks/reasoning-enabled.ts';
import { splitReasoning } from '../../src/providers/quirks/split-reasoning.ts';
import { ernieSystemToUser, glmSystemToUser } from '../../src/providers/quirks/system-to-user.ts';
import { thinkingSwitch } from '../../src/providers/quirks/thinking-switch.ts';
import { maxCompletionTokens, maxTokens } from '../../src/providers/quirks/token-limit.ts';
import { vertexAnthropic } from '../../src/providers/quirks/vertex-anthropic.ts';
import { xaiNoEffort, xaiReasoningFields } from '../../src/providers/quirks/xai-reasoning.ts';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(Object.freeze(value))) frozen(inner);
  return value;
}

function apply(quirk: Quirk, body: JsonObject, facts: Partial<QuirkFacts> = {}): { body: JsonObject; warnings: string[] } {
  const warnings: string[] = [];
  const all: QuirkFacts = { model: 'm', dialect: 'openai-chat', stream: true, ...facts };
  const applies = quirk.when?.(all) ?? true;
  return { body: applies ? quirk.apply(frozen(body), all, (message) => warnings.push(message)) : body, warnings };
}

const user = (content: string) => ({ role: 'user', content });
const call = (id: string) => ({ id, type: 'function', function: { name: 'look', arguments: '{"at":1}' } });
const kimi = thinkingSwitch({ models: /k2\.[56]/ });
const deepseek = thinkingSwitch({ models: /v4/, keepsEffort: /v4/ });
const groqQwen = reasoningEfforts(/qwen/, ['none', 'high'], { high: 'default' });

interface Case {
  holds: string;
  quirk: Quirk;
  facts?: Partial<QuirkFacts>;
  from: JsonObject;
  to: JsonObject;
  /** A word of the one warning; absent: none is given. */
  warns?: string;
}

const CHANGES: Case[] = [
  {
    holds: 'developer becomes system',
    quirk: developerToSystem,
    from: { messages: [{ role: 'developer', content: 'a' }, user('b')] },
    to: { messages: [{ role: 'system', content: 'a' }, user('b')] },
  },
  {
    holds: 'all instructions go before the first user message',
    quirk: glmSystemToUser,
    facts: { model: 'glm-4.7' },
    from: {
      messages: [{ role: 'system', content: 'a' }, { role: 'developer', content: 'b' }, { role: 'assistant', content: 'x' }, user('c')],
    },
    to: { messages: [{ role: 'assistant', content: 'x' }, user('a\n\nb\n\nc')] },
  },
  {
    holds: 'instructions go before a picture',
    quirk: ernieSystemToUser,
    facts: { model: 'ernie-5.0' },
    from: {
      messages: [
        { role: 'system', content: 'a' },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'u' } }] },
      ],
    },
    to: {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image_url', image_url: { url: 'u' } },
          ],
        },
      ],
    },
  },
  {
    holds: 'instructions alone become the user message',
    quirk: glmSystemToUser,
    facts: { model: 'glm-5' },
    from: { messages: [{ role: 'system', content: 'a' }] },
    to: { messages: [user('a')] },
  },
  {
    holds: 'the limit has its new name for OpenAI’s reasoning models',
    quirk: maxCompletionTokens,
    facts: { model: 'openai/gpt-5-mini' },
    from: { max_tokens: 5 },
    to: { max_completion_tokens: 5 },
  },
  { holds: 'the limit has its old name elsewhere', quirk: maxTokens, from: { max_completion_tokens: 5 }, to: { max_tokens: 5 } },
  {
    holds: 'the vendor’s own name of the limit wins where both are there',
    quirk: maxTokens,
    from: { max_completion_tokens: 5, max_tokens: 7 },
    to: { max_tokens: 7 },
  },
  {
    holds: 'sampling is dropped aloud on reasoning models',
    quirk: noSamplingOnReasoning,
    facts: { model: 'gpt-5.1' },
    from: { temperature: 0.2, top_p: 1, n: 1, max_completion_tokens: 5 },
    to: { max_completion_tokens: 5 },
    warns: 'temperature;',
  },
  {
    holds: 'default sampling is dropped silently',
    quirk: noSamplingOnReasoning,
    facts: { model: 'o3', dialect: 'openai-responses' },
    from: { temperature: 1, input: 'x' },
    to: { input: 'x' },
  },
  {
    holds: 'reasoning is off beside tools where chat refuses both',
    quirk: noEffortWithTools,
    facts: { model: 'gpt-5.6' },
    from: { tools: [{ type: 'function' }] },
    to: { tools: [{ type: 'function' }], reasoning_effort: 'none' },
  },
  {
    holds: 'and the user hears of it when he asked for an effort',
    quirk: noEffortWithTools,
    facts: { model: 'gpt-5.4' },
    from: { tools: [{ type: 'function' }], reasoning_effort: 'high' },
    to: { tools: [{ type: 'function' }], reasoning_effort: 'none' },
    warns: 'reasoning is off',
  },
  {
    holds: 'named fields are dropped aloud',
    quirk: dropFields(['logprobs']),
    from: { logprobs: true, a: 1 },
    to: { a: 1 },
    warns: 'logprobs',
  },
  { holds: 'bookkeeping is dropped silently', quirk: dropOpenaiBookkeeping('user'), from: { store: false, user: 'u', a: 1 }, to: { a: 1 } },
  {
    holds: 'messages keep only fields the host knows',
    quirk: messageFields(),
    from: { messages: [{ role: 'assistant', content: 'a', reasoning_content: 'r', name: 'n', refusal: null, tool_calls: [] }] },
    to: { messages: [{ role: 'assistant', content: 'a', tool_calls: [] }] },
  },
  {
    holds: 'replayed thoughts are dropped',
    quirk: stripReasoningContent,
    from: { messages: [{ role: 'assistant', content: 'a', reasoning_content: 'r', reasoning_details: [] }] },
    to: { messages: [{ role: 'assistant', content: 'a' }] },
  },
  {
    holds: 'replayed thoughts get Cerebras’ name',
    quirk: reasoningAsReasoning,
    from: { messages: [{ role: 'assistant', content: 'a', reasoning_content: 'r' }] },
    to: { messages: [{ role: 'assistant', content: 'a', reasoning: 'r' }] },
  },
  {
    holds: 'a tool call without thoughts gets a placeholder and some content',
    quirk: requireReasoningContent(/v4/),
    facts: { model: 'deepseek-v4-pro' },
    from: { messages: [{ role: 'assistant', content: null, tool_calls: [call('a')] }] },
    to: { messages: [{ role: 'assistant', content: '', tool_calls: [call('a')], reasoning_content: ' ' }] },
  },
  {
    holds: 'a call and its result get the same id of nine characters',
    quirk: mistralToolIds,
    from: {
      messages: [
        { role: 'assistant', tool_calls: [call('call_1'), call('abcDEF123')] },
        { role: 'tool', tool_call_id: 'call_1', content: 'x' },
      ],
    },
    to: {
      messages: [
        { role: 'assistant', tool_calls: [call('74196fe72'), call('abcDEF123')] },
        { role: 'tool', tool_call_id: '74196fe72', content: 'x' },
      ],
    },
  },
  { holds: 'the seed has Mistral’s name', quirk: mistralSeed, from: { seed: 7 }, to: { random_seed: 7 } },
  {
    holds: 'stream_options go',
    quirk: noStreamOptions,
    from: { stream: true, stream_options: { include_usage: true } },
    to: { stream: true },
  },
  { holds: 'parallel_tool_calls true goes silently', quirk: noParallelToolCalls, from: { parallel_tool_calls: true }, to: {} },
  {
    holds: 'parallel_tool_calls false goes aloud',
    quirk: noParallelToolCalls,
    from: { parallel_tool_calls: false },
    to: {},
    warns: 'one tool call',
  },
  {
    holds: 'an effort turns thinking on',
    quirk: kimi,
    facts: { model: 'kimi-k2.6' },
    from: { reasoning_effort: 'low' },
    to: { thinking: { type: 'enabled' } },
  },
  {
    holds: 'no effort turns thinking off',
    quirk: deepseek,
    facts: { model: 'deepseek-v4-pro' },
    from: { reasoning_effort: 'none' },
    to: { thinking: { type: 'disabled' } },
  },
  {
    holds: 'an effort stays beside the switch where the model takes both',
    quirk: deepseek,
    facts: { model: 'deepseek-v4-pro' },
    from: { reasoning_effort: 'high' },
    to: { thinking: { type: 'enabled' }, reasoning_effort: 'high' },
  },
  {
    holds: 'a thinking setting of the user’s own wins',
    quirk: kimi,
    facts: { model: 'kimi-k2.5' },
    from: { thinking: { type: 'disabled' }, reasoning_effort: 'high' },
    to: { thinking: { type: 'disabled' } },
  },
  {
    holds: 'a model that always thinks cannot be told not to',
    quirk: kimi,
    facts: { model: 'kimi-k2-thinking' },
    from: { reasoning_effort: 'none' },
    to: {},
    warns: 'no switch',
  },
  {
    holds: 'Qwen thinks within a budget',
    quirk: qwenThinking,
    facts: { model: 'qwen3.6-plus' },
    from: { reasoning_effort: 'low' },
    to: { enable_thinking: true, thinking_budget: 1024 },
  },
  {
    holds: 'Qwen is told not to think',
    quirk: qwenThinking,
    facts: { model: 'qwen3-max' },
    from: { reasoning_effort: 'none' },
    to: { enable_thinking: false },
  },
  {
    holds: 'open-weight Qwen thinks in a stream only',
    quirk: qwenThinking,
    facts: { model: 'qwen3-32b', stream: false },
    from: { reasoning_effort: 'high' },
    to: { enable_thinking: false },
    warns: 'streamed',
  },
  {
    holds: 'a forced tool call turns Qwen’s thinking off',
    quirk: qwenForcedTool,
    facts: { model: 'qwen3.6-plus' },
    from: { tool_choice: 'required', enable_thinking: true, thinking_budget: 9 },
    to: { tool_choice: 'required', enable_thinking: false },
    warns: 'thinking is off',
  },
  {
    holds: 'a Qwen that always thinks is left to choose',
    quirk: qwenForcedTool,
    facts: { model: 'qwen3-235b-a22b-thinking-2507' },
    from: { tool_choice: { type: 'function', function: { name: 'look' } } },
    to: { tool_choice: 'auto' },
    warns: 'may choose',
  },
  {
    holds: 'the nearest effort is taken',
    quirk: reasoningEfforts(/./, ['low', 'medium', 'high']),
    from: { reasoning_effort: 'max' },
    to: { reasoning_effort: 'high' },
  },
  {
    holds: 'an effort gets the vendor’s word',
    quirk: groqQwen,
    facts: { model: 'qwen/qwen3-32b' },
    from: { reasoning_effort: 'low' },
    to: { reasoning_effort: 'default' },
  },
  {
    holds: 'thinking that cannot be turned off is left to the model',
    quirk: reasoningEfforts(/./, ['low', 'high']),
    from: { reasoning_effort: 'none' },
    to: {},
    warns: 'none',
  },
  {
    holds: 'an effort goes where the model takes none',
    quirk: noReasoningEffort(/llama/),
    facts: { model: 'llama-3' },
    from: { reasoning_effort: 'low' },
    to: {},
    warns: 'low',
  },
  {
    holds: 'Together’s hybrids are turned off',
    quirk: reasoningEnabled,
    from: { reasoning_effort: 'none' },
    to: { reasoning: { enabled: false } },
  },
  {
    holds: 'and on',
    quirk: reasoningEnabled,
    from: { reasoning_effort: 'low' },
    to: { reasoning: { enabled: true }, reasoning_effort: 'low' },
  },
  {
    holds: 'neighbours of one role become one message',
    quirk: alternateTurns,
    from: {
      messages: [
        user('a'),
        user('b'),
        { role: 'assistant', content: 'c' },
        { role: 'user', content: [{ type: 'text', text: 'd' }] },
        user('e'),
      ],
    },
    to: {
      messages: [
        user('a\n\nb'),
        { role: 'assistant', content: 'c' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'd' },
            { type: 'text', text: 'e' },
          ],
        },
      ],
    },
  },
  {
    holds: 'tools are left out, earlier calls told as text',
    quirk: noTools,
    from: {
      tools: [{ type: 'function' }],
      tool_choice: 'auto',
      messages: [
        user('a'),
        { role: 'assistant', content: null, tool_calls: [call('x')] },
        { role: 'tool', tool_call_id: 'x', content: 'found' },
      ],
    },
    to: {
      messages: [
        user('a'),
        { role: 'assistant', content: 'Called the tool look with {"at":1}.' },
        { role: 'user', content: 'Result of the tool call:\nfound' },
      ],
    },
    warns: 'no tools',
  },
  {
    holds: 'a fixed temperature is left to the vendor',
    quirk: fixedTemperature(/k2\.5/),
    facts: { model: 'kimi-k2.5' },
    from: { temperature: 0.3 },
    to: {},
    warns: 'temperature',
  },
  {
    holds: 'stop and penalties go on xAI’s reasoning models',
    quirk: xaiReasoningFields,
    facts: { model: 'grok-4.3' },
    from: { stop: ['x'], presence_penalty: 1, temperature: 1 },
    to: { temperature: 1 },
    warns: 'stop, presence_penalty',
  },
  {
    holds: 'effort goes on grok-4',
    quirk: xaiNoEffort,
    facts: { model: 'grok-4-0709' },
    from: { reasoning_effort: 'high' },
    to: {},
    warns: 'high',
  },
  {
    holds: 'Claude on Vertex has a version and no model in its body',
    quirk: vertexAnthropic,
    facts: { dialect: 'anthropic-messages' },
    from: { model: 'claude-x', messages: [] },
    to: { anthropic_version: 'vertex-2023-10-16', messages: [] },
  },
  {
    holds: 'the newest Claude takes no sampling',
    quirk: anthropicSampling,
    facts: { dialect: 'anthropic-messages', model: 'claude-opus-4-8' },
    from: { temperature: 0.2, top_k: 5, max_tokens: 9 },
    to: { max_tokens: 9 },
    warns: 'temperature, top_k',
  },
  {
    holds: 'the newest Claude behind a router takes no sampling either',
    quirk: anthropicSampling,
    facts: { dialect: 'anthropic-messages', model: 'anthropic/claude-opus-4.7' },
    from: { temperature: 1, top_p: 0.9 },
    to: {},
    warns: 'top_p',
  },
  {
    holds: 'newer Claude takes temperature or top_p',
    quirk: anthropicSampling,
    facts: { dialect: 'anthropic-messages', model: 'claude-sonnet-4-5-20250929' },
    from: { temperature: 0.2, top_p: 0.9 },
    to: { temperature: 0.2 },
    warns: 'top_p',
  },
  {
    holds: 'MiniMax is asked to keep thoughts apart',
    quirk: splitReasoning,
    from: { model: 'm' },
    to: { model: 'm', reasoning_split: true },
  },
];

describe('quirks', () => {
  it.each(CHANGES)('$quirk.name: $holds', ({ quirk, facts, from, to, warns }) => {
    const result = apply(quirk, from, facts);
    expect(from).not.toEqual(to);
    expect(result.body).toEqual(to);
    expect(result.warnings).toHaveLength(warns === undefined ? 0 : 1);
    if (warns !== undefined) expect(result.warnings[0]).toContain(warns);
  });

  it.each(CHANGES)('$quirk.name leaves a repaired body alone: $holds', ({ quirk, facts, to }) => {
    const result = apply(quirk, to, facts);
    expect(result.body).toBe(to);
    expect(result.warnings).toEqual([]);
  });

  const plain: Record<string, JsonObject> = {
    'openai-chat': { model: 'm', messages: [{ role: 'system', content: 's' }, user('a'), { role: 'assistant', content: 'b' }, user('c')] },
    'openai-responses': { model: 'm', input: 'hello' },
    'anthropic-messages': { model: 'm', max_tokens: 5, messages: [user('a')] },
    gemini: { contents: [{ role: 'user', parts: [{ text: 'a' }] }] },
  };

  it.each(providers.map(({ id }) => id))('%s passes a plain request through as it is', (id) => {
    const provider = providers.find((each) => each.id === id);
    // These must add something to every request; see each quirk's reason.
    const adds = ['split-reasoning', 'vertex-anthropic'];
    for (const [dialect, endpoint] of Object.entries(provider?.endpoints ?? {})) {
      const body = plain[dialect];
      if (!body) continue;
      for (const quirk of [...(provider?.quirks ?? []), ...(endpoint.quirks ?? [])]) {
        if (!adds.includes(quirk.name)) expect(apply(quirk, body, { dialect: dialect as QuirkFacts['dialect'] }).body).toBe(body);
      }
    }
  });

  it.each([
    ['system for GLM 5.1', glmSystemToUser, { model: 'glm-5.1' }, { messages: [{ role: 'system', content: 'a' }] }],
    ['system for GLM 5.2', glmSystemToUser, { model: 'z-ai/glm-5.2' }, { messages: [{ role: 'system', content: 'a' }] }],
    ['the old limit on gpt-4o', maxCompletionTokens, { model: 'gpt-4o' }, { max_tokens: 1 }],
    ['the new limit on a router’s gpt-5', maxTokens, { model: 'openai/gpt-5' }, { max_completion_tokens: 1 }],
    ['sampling on chat models of the gpt-5 family', noSamplingOnReasoning, { model: 'gpt-5-chat-latest' }, { temperature: 0 }],
    ['sampling where reasoning is off', noSamplingOnReasoning, { model: 'gpt-5.4' }, { temperature: 0, reasoning_effort: 'none' }],
    ['effort without tools', noEffortWithTools, { model: 'gpt-5.4' }, { reasoning_effort: 'high' }],
    ['tools on gpt-5.1', noEffortWithTools, { model: 'gpt-5.1' }, { tools: [{}], reasoning_effort: 'high' }],
    [
      'real thoughts',
      requireReasoningContent(/./),
      {},
      { messages: [{ role: 'assistant', content: '', tool_calls: [call('a')], reasoning_content: 'r' }] },
    ],
    [
      'calls without thoughts where thinking is off',
      requireReasoningContent(/./),
      {},
      { thinking: { type: 'disabled' }, messages: [{ role: 'assistant', content: null, tool_calls: [call('a')] }] },
    ],
    ['stop on xAI models that do not reason', xaiReasoningFields, { model: 'grok-4.20-0309-non-reasoning' }, { stop: ['x'] }],
    ['effort on grok-4.3', xaiNoEffort, { model: 'grok-4.3' }, { reasoning_effort: 'high' }],
    ['effort on the multi-agent Grok', xaiNoEffort, { model: 'grok-4.20-multi-agent-0309' }, { reasoning_effort: 'high' }],
    ['a seed in another dialect', mistralSeed, { dialect: 'gemini' }, { seed: 1 }],
    [
      'sampling on older Claude',
      anthropicSampling,
      { dialect: 'anthropic-messages', model: 'claude-3-5-haiku-20241022' },
      { temperature: 1, top_p: 0.5 },
    ],
    [
      'one sampling parameter on newer Claude',
      anthropicSampling,
      { dialect: 'anthropic-messages', model: 'claude-sonnet-4-6' },
      { temperature: 0.5 },
    ],
    [
      'calls that stand apart',
      alternateTurns,
      {},
      {
        messages: [
          { role: 'assistant', tool_calls: [call('a')] },
          { role: 'assistant', content: 'x' },
        ],
      },
    ],
    ['an effort none of ours', reasoningEfforts(/./, ['low']), {}, { reasoning_effort: 'turbo' }],
  ] as [string, Quirk, Partial<QuirkFacts>, JsonObject][])('leave %s alone', (_, quirk, facts, body) => {
    expect(apply(quirk, body, facts)).toEqual({ body, warnings: [] });
    expect(apply(quirk, body, facts).body).toBe(body);
  });
});
