import OpenAI from 'openai';
import type { ChatCompletion, ChatCompletionChunk } from 'openai/resources/chat/completions';
import {
  emptyChoice,
  FailedAnswer,
  type Neutral,
  type NeutralChoice,
  type NeutralFinish,
  type NeutralUsage,
  parsedArgs,
  SilentEnd,
} from './neutral.ts';
import { type Ask, TIMEOUT_MS } from './target.ts';

/** Fields of chat answers that vendors add to OpenAI's: https://api-docs.deepseek.com, https://openrouter.ai/docs, https://docs.mistral.ai. */
interface VendorMessage {
  content?: unknown;
  reasoning?: string | null;
  reasoning_content?: string | null;
  reasoning_details?: { text?: string; summary?: string }[];
  refusal?: string | null;
  audio?: { transcript?: string; id?: string } | null;
  images?: unknown[];
  tool_calls?: VendorToolCall[] | null;
  function_call?: { name?: string; arguments?: string } | null;
}

interface VendorToolCall {
  index?: number;
  id?: string | null;
  type?: string;
  function?: { name?: string | null; arguments?: string | null };
  custom?: { name?: string; input?: string };
}

interface Gathered extends NeutralChoice {
  calls: { key: string; id: string | undefined; name: string; text: string; custom: boolean }[];
  /** `null` until the vendor says why it stopped. */
  reason: string | null | undefined;
  /** Reasoning as told by `reasoning_details`: counts only where nothing else tells it. */
  details: string;
}

/** Asks through the `openai` SDK's chat completions. */
export async function askChat(ask: Ask): Promise<Neutral> {
  const client = clientFor(ask);
  const body = { ...ask.body, model: ask.model } as OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;
  if (!ask.stream) {
    const { stream_options: _, ...whole } = body;
    return readWhole(await client.chat.completions.create({ ...whole, stream: false }, { signal: ask.signal }));
  }
  const streamed = { ...body, stream: true as const, stream_options: { include_usage: true } };
  const chunks: ChatCompletionChunk[] = [];
  if (ask.strict) {
    const stream = client.chat.completions.stream(streamed, { signal: ask.signal });
    for await (const chunk of stream) chunks.push(chunk);
    await stream.finalChatCompletion();
  } else {
    for await (const chunk of await client.chat.completions.create(streamed, { signal: ask.signal })) {
      chunks.push(chunk);
      ask.onEvent?.();
    }
  }
  return gathered(chunks);
}

function clientFor({ target, headers }: Ask): OpenAI {
  return new OpenAI({ baseURL: `${target.url}/v1`, apiKey: target.key, maxRetries: 0, timeout: TIMEOUT_MS, defaultHeaders: headers ?? {} });
}

function readWhole(completion: ChatCompletion): Neutral {
  // Relays send an error body under status 200 (recordings: none yet; documented by OpenRouter).
  const error = (completion as unknown as { error?: { message?: string } }).error;
  if (error) throw new FailedAnswer(error.message ?? 'error in a 200');
  const choices = (completion.choices ?? []).map((choice) => {
    const into = begun();
    // Azure's content filter leaves the message out (recording azure-chat-content-filtering).
    add(into, (choice.message ?? {}) as unknown as VendorMessage);
    into.reason = choice.finish_reason;
    return ended(into);
  });
  return { choices, usage: usageOf(completion.usage) };
}

function gathered(chunks: ChatCompletionChunk[]): Neutral {
  const byIndex = new Map<number, Gathered>();
  let usage: NeutralUsage = {};
  for (const chunk of chunks) {
    const told = chunk.usage ?? (chunk as { x_groq?: { usage?: OpenAI.CompletionUsage } }).x_groq?.usage;
    if (told) usage = usageOf(told);
    for (const choice of chunk.choices ?? []) {
      const into = byIndex.get(choice.index) ?? begun();
      byIndex.set(choice.index, into);
      add(into, (choice.delta ?? {}) as unknown as VendorMessage);
      if (choice.finish_reason) into.reason = choice.finish_reason;
    }
  }
  const all = [...byIndex.entries()].sort(([a], [b]) => a - b).map(([, choice]) => choice);
  // Snowflake gives no reason, LiteLLM one for the first choice alone; the usage after it is then the only sign of a whole answer.
  const whole = all.some((choice) => choice.reason) || usage.output !== undefined;
  if (all.length === 0 || !whole) throw new SilentEnd('the stream ended without a finish reason');
  return { choices: all.map(ended), usage };
}

function begun(): Gathered {
  return { ...emptyChoice(), calls: [], reason: undefined, details: '' };
}

function add(into: Gathered, message: VendorMessage): void {
  addContent(into, message.content);
  into.text += message.refusal ?? '';
  if (message.refusal) into.finish = 'blocked';
  into.reasoning += message.reasoning_content || message.reasoning || '';
  into.details += detailsOf(message.reasoning_details);
  if (message.audio?.transcript) into.text += message.audio.transcript;
  if (message.audio?.id) into.others.push('audio');
  for (const _ of message.images ?? []) into.others.push('image');
  for (const [at, call] of (message.tool_calls ?? []).entries()) addCall(into, call, at);
  if (message.function_call) addCall(into, { index: 0, function: message.function_call }, 0);
}

/** OpenRouter's list, where it is all there is (recording snowflake-thinking-streaming). */
function detailsOf(details: VendorMessage['reasoning_details'] = []): string {
  return details.map((detail) => detail.text ?? detail.summary ?? '').join('');
}

/** Mistral's content may be a list of text and thinking parts. */
function addContent(into: Gathered, content: unknown): void {
  if (typeof content === 'string') into.text += content;
  if (!Array.isArray(content)) return;
  for (const part of content as { type?: string; text?: string; thinking?: { text?: string }[] }[]) {
    if (part.type === 'text') into.text += part.text ?? '';
    else if (part.type === 'thinking') into.reasoning += (part.thinking ?? []).map((piece) => piece.text ?? '').join('');
    else into.others.push(part.type ?? 'part');
  }
}

function addCall(into: Gathered, call: VendorToolCall, at: number): void {
  const key = call.index !== undefined ? `#${call.index}` : (call.id ?? `@${at}`);
  let found = into.calls.find((other) => other.key === key);
  if (!found) {
    found = { key, id: undefined, name: '', text: '', custom: isCustom(call) };
    into.calls.push(found);
  }
  found.id ??= call.id ?? undefined;
  const said = isCustom(call)
    ? { name: call.custom?.name, text: call.custom?.input }
    : { name: call.function?.name, text: call.function?.arguments };
  if (!found.name) found.name = said.name ?? '';
  found.text += said.text ?? '';
}

/** Snowflake puts an empty `custom` beside every `function`. */
function isCustom({ custom, function: called }: VendorToolCall): boolean {
  return custom !== undefined && (called === undefined || Boolean(custom.name || custom.input));
}

function ended({ calls, reason, details, ...choice }: Gathered): NeutralChoice {
  const { thought, text: answer } = withoutThought(choice.text);
  return {
    ...choice,
    text: answer,
    reasoning: (choice.reasoning || details) + thought,
    // Snowflake fills unused calls with empty strings (recording snowflake-native-output).
    toolCalls: calls
      .filter(({ name }) => name !== '')
      .map(({ id, name, text, custom }) => ({
        id: id || undefined,
        name,
        args: custom ? { input: text } : parsedArgs(text),
      })),
    finish: choice.finish === 'blocked' ? 'blocked' : finishOf(reason),
  };
}

/** R1 distills, Qwen and MiniMax write their reasoning in tags at the start of the text (https://console.groq.com/docs/reasoning: `raw`). */
function withoutThought(text: string): { thought: string; text: string } {
  const [tagged = '', thought = ''] = /^\s*<think>([\s\S]*?)(?:<\/think>\s*|$)/.exec(text) ?? [];
  return { thought, text: text.slice(tagged.length) };
}

function finishOf(reason: string | null | undefined): NeutralFinish {
  switch (reason) {
    case 'stop':
    case 'eos':
    case '':
      return 'stop';
    case 'length':
      return 'length';
    case 'tool_calls':
    case 'function_call':
      return 'tool-calls';
    case 'content_filter':
      return 'blocked';
    default:
      return 'other';
  }
}

interface VendorUsage extends OpenAI.CompletionUsage {
  cached_tokens?: number;
  num_cached_tokens?: number;
  prompt_cache_hit_tokens?: number;
  cache_creation_input_tokens?: number;
  reasoning_tokens?: number;
  prompt_tokens_details?: OpenAI.CompletionUsage.PromptTokensDetails & { cache_write_tokens?: number };
}

function usageOf(given: OpenAI.CompletionUsage | null | undefined): NeutralUsage {
  if (!given) return {};
  const usage: VendorUsage = given;
  const details = usage.prompt_tokens_details;
  return {
    input: usage.prompt_tokens + heardIn(usage),
    cacheRead: details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? usage.cached_tokens ?? usage.num_cached_tokens,
    cacheWrite: details?.cache_write_tokens ?? usage.cache_creation_input_tokens,
    output: usage.completion_tokens + hiddenIn(usage),
    // SGLang's place (Azure's DeepSeek) is the usage itself.
    reasoning: usage.completion_tokens_details?.reasoning_tokens ?? usage.reasoning_tokens ?? (hiddenIn(usage) || undefined),
  };
}

/** What the total holds beyond prompt and completion: reasoning that xAI and Google's compatible endpoint leave out of `completion_tokens`. */
function hiddenIn(usage: VendorUsage): number {
  return beyondParts(usage) - heardIn(usage);
}

/** Mistral leaves the sound it was given out of `prompt_tokens`. */
function heardIn(usage: VendorUsage): number {
  const audio = usage.prompt_tokens_details?.audio_tokens ?? 0;
  return audio === beyondParts(usage) ? audio : 0;
}

function beyondParts({ prompt_tokens, completion_tokens, total_tokens }: VendorUsage): number {
  return Math.max(0, (total_tokens ?? 0) - prompt_tokens - completion_tokens);
}
