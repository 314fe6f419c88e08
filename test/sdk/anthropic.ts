import Anthropic from '@anthropic-ai/sdk';
import {
  emptyChoice,
  FailedAnswer,
  type Neutral,
  type NeutralChoice,
  type NeutralFinish,
  type NeutralUsage,
  parsedArgs,
  SilentEnd,
  sum,
} from './neutral.ts';
import { type Ask, TIMEOUT_MS } from './target.ts';

type Block = Anthropic.ContentBlock | { type: 'compaction' | 'mcp_tool_use' | 'mcp_tool_result' };

/** Asks through `@anthropic-ai/sdk`. */
export async function askAnthropic(ask: Ask): Promise<Neutral> {
  const { target, signal } = ask;
  const client = new Anthropic({
    baseURL: target.url,
    apiKey: target.key,
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    defaultHeaders: ask.headers ?? {},
  });
  const body = { max_tokens: 1024, ...ask.body, model: ask.model } as Anthropic.MessageCreateParamsNonStreaming;
  if (!ask.stream) {
    const message = await client.messages.create({ ...body, stream: false }, { signal });
    return { choices: [readMessage(message.content, message.stop_reason)], usage: usageOf(message.usage) };
  }
  const events: Anthropic.MessageStreamEvent[] = [];
  if (ask.strict) {
    const stream = client.messages.stream(body, { signal });
    for await (const event of stream) events.push(event);
    await stream.finalMessage();
  } else {
    for await (const event of await client.messages.create({ ...body, stream: true }, { signal })) {
      events.push(event);
      ask.onEvent?.();
    }
  }
  return readEvents(events);
}

function readEvents(events: Anthropic.MessageStreamEvent[]): Neutral {
  const blocks: Block[] = [];
  const args = new Map<number, string>();
  let usage: Partial<Anthropic.Usage> = {};
  let stop: string | null = null;
  let id: string | undefined;
  const open = new Set<number>();
  const end = events.findIndex(({ type }) => type === 'message_stop');
  // What follows the end is another answer (programmatic tool calling and tool search, recorded over several turns).
  for (const event of end < 0 ? events : events.slice(0, end)) {
    switch (event.type) {
      case 'message_start':
        // The SDK's own accumulator refuses a second start too.
        if (open.size > 0 && event.message.id !== id) throw new FailedAnswer('another answer began inside this one');
        id = event.message.id;
        // A call made by running code stands whole in the start.
        if (event.message.stop_reason) blocks.push(...event.message.content);
        stop = event.message.stop_reason;
        usage = merged(usage, event.message.usage);
        break;
      case 'content_block_start':
        blocks[event.index] = structuredClone(event.content_block);
        open.add(event.index);
        break;
      case 'content_block_delta':
        grow(blocks[event.index], event.delta, (json) => args.set(event.index, (args.get(event.index) ?? '') + json));
        break;
      case 'message_delta':
        usage = merged(usage, event.usage);
        stop = event.delta.stop_reason;
        break;
      case 'content_block_stop':
        open.delete(event.index);
        break;
      case 'message_stop':
        break;
    }
  }
  if (end < 0) throw new SilentEnd('the stream ended without message_stop');
  for (const [index, text] of args) {
    const block = blocks[index];
    if (block?.type === 'tool_use') block.input = parsedArgs(text);
  }
  return { choices: [readMessage(blocks, stop)], usage: usageOf(usage) };
}

function grow(block: Block | undefined, delta: Anthropic.RawContentBlockDelta, json: (piece: string) => void): void {
  if (delta.type === 'text_delta' && block?.type === 'text') block.text += delta.text;
  if (delta.type === 'thinking_delta' && block?.type === 'thinking') block.thinking += delta.thinking;
  if (delta.type === 'input_json_delta') json(delta.partial_json);
}

/** Later numbers replace earlier ones; a later report may leave some out. */
function merged(usage: Partial<Anthropic.Usage>, later: object): Partial<Anthropic.Usage> {
  return { ...usage, ...Object.fromEntries(Object.entries(later).filter(([, value]) => value !== null && value !== undefined)) };
}

function readMessage(blocks: Block[], stop: string | null): NeutralChoice {
  const choice = emptyChoice();
  for (const block of blocks) {
    if (block.type === 'text') choice.text += block.text;
    else if (block.type === 'thinking') choice.reasoning += block.thinking;
    else if (block.type === 'tool_use') choice.toolCalls.push({ id: block.id, name: block.name, args: block.input });
    else if (block.type !== 'redacted_thinking') choice.others.push(block.type);
  }
  choice.finish = finishOf(stop);
  return choice;
}

function finishOf(stop: string | null): NeutralFinish {
  switch (stop) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'tool_use':
      return 'tool-calls';
    case 'refusal':
      return 'blocked';
    case 'pause_turn':
      return 'pause';
    default:
      return 'other';
  }
}

/**
 * Anthropic counts cache reads and writes apart from `input_tokens` (https://platform.claude.com/docs/en/build-with-claude/prompt-caching).
 * No prompt is empty: an input of 0 was not counted (calls made by running code, compatible hosts).
 */
function usageOf(usage: Partial<Anthropic.Usage>): NeutralUsage {
  const input = sum(usage.input_tokens, usage.cache_read_input_tokens, usage.cache_creation_input_tokens) || undefined;
  return {
    input,
    cacheRead: (input && usage.cache_read_input_tokens) ?? undefined,
    cacheWrite: (input && usage.cache_creation_input_tokens) ?? undefined,
    output: usage.output_tokens,
    reasoning: usage.output_tokens_details?.thinking_tokens ?? undefined,
  };
}
