import OpenAI from 'openai';
import type { Response, ResponseOutputItem, ResponseStreamEvent } from 'openai/resources/responses/responses';
import {
  emptyChoice,
  FailedAnswer,
  isFreeForm,
  type Neutral,
  type NeutralChoice,
  type NeutralFinish,
  parsedArgs,
  SilentEnd,
} from './neutral.ts';
import { type Ask, TIMEOUT_MS } from './target.ts';

/** Asks through the `openai` SDK's responses. */
export async function askResponses(ask: Ask): Promise<Neutral> {
  const { target, headers, signal } = ask;
  const client = new OpenAI({
    baseURL: `${target.url}/v1`,
    apiKey: target.key,
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    defaultHeaders: headers ?? {},
  });
  const body = { ...ask.body, model: ask.model } as OpenAI.Responses.ResponseCreateParamsNonStreaming;
  if (!ask.stream) return readResponse(await client.responses.create({ ...body, stream: false }, { signal }));
  const events: ResponseStreamEvent[] = [];
  if (ask.strict) {
    const stream = client.responses.stream({ ...body, stream: true } as Parameters<typeof client.responses.stream>[0], { signal });
    for await (const event of stream) events.push(event as ResponseStreamEvent);
    if (!failureIn(events)) await stream.finalResponse();
  } else {
    for await (const event of await client.responses.create({ ...body, stream: true }, { signal })) {
      events.push(event);
      ask.onEvent?.();
    }
  }
  return readEvents(events, ask.strict ?? false);
}

function failureIn(events: ResponseStreamEvent[]): string | undefined {
  for (const event of events) {
    if (event.type === 'error') return event.message;
    if (event.type === 'response.failed') return event.response.error?.message ?? 'the response failed';
  }
  return undefined;
}

/** A stream as its user sees it: items as they are done, the rest from the last event. The deltas must tell the same. */
function readEvents(events: ResponseStreamEvent[], strict: boolean): Neutral {
  const failure = failureIn(events);
  if (failure !== undefined) throw new FailedAnswer(failure);
  const at = events.findIndex((event) => event.type === 'response.completed' || event.type === 'response.incomplete');
  const last = events[at];
  if (last?.type !== 'response.completed' && last?.type !== 'response.incomplete')
    throw new SilentEnd('the stream ended without its last event');
  const shown = shownTexts(events);
  const done: ResponseOutputItem[] = [];
  // What follows the last event is another answer (recording openai-reasoning-encrypted-content-1-stream holds four).
  for (const event of events.slice(0, at))
    if (event.type === 'response.output_item.done') done[event.output_index] = asShown(event.item, shown.get(event.output_index));
  // OpenAI forgets to say `done` for some of several servers' tool lists: the final response has them. We may not.
  // Its places may be others than the indexes were (the vendor leaves an item out of both).
  const known = new Set(done.map((item) => item.id));
  if (!strict) for (const [index, item] of (last.response.output ?? []).entries()) if (!known.has(item.id)) done[index] ??= item;
  const items = done.filter((item) => item !== undefined);
  const neutral = readResponse({ ...last.response, output: items.length > 0 ? items : last.response.output });
  if (strict) {
    agree('the final response', readResponse(last.response).choices, neutral.choices);
    agree('the deltas', deltasOf(events), textsOf(neutral));
  }
  return neutral;
}

function shownTexts(events: ResponseStreamEvent[]): Map<number, string> {
  const texts = new Map<number, string>();
  for (const event of events) {
    if (event.type !== 'response.output_text.delta') continue;
    texts.set(event.output_index, (texts.get(event.output_index) ?? '') + event.delta);
  }
  return texts;
}

/** Where a done item contradicts what was streamed (recording openai-shell-container-1-stream), the user has read the stream. */
function asShown(item: ResponseOutputItem, shown: string | undefined): ResponseOutputItem {
  if (item.type !== 'message' || shown === undefined) return item;
  const text = item.content.map((part) => (part.type === 'output_text' ? part.text : '')).join('');
  if (text.startsWith(shown)) return item;
  return { ...item, content: [{ type: 'output_text', text: shown, annotations: [] }] };
}

function agree(what: string, told: unknown, items: unknown): void {
  if (JSON.stringify(told) !== JSON.stringify(items)) {
    throw new Error(`${what} and the items that were done differ: ${JSON.stringify(told)} / ${JSON.stringify(items)}`);
  }
}

function deltasOf(events: ResponseStreamEvent[]): { text: string; calls: string[] } {
  let text = '';
  const calls = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'response.output_text.delta' || event.type === 'response.refusal.delta') text += event.delta;
    if (event.type === 'response.output_item.added' && (event.item.type === 'function_call' || event.item.type === 'custom_tool_call'))
      calls.set(event.item.id ?? event.item.call_id, '');
    if (event.type === 'response.function_call_arguments.delta' || event.type === 'response.custom_tool_call_input.delta')
      calls.set(event.item_id, (calls.get(event.item_id) ?? '') + event.delta);
  }
  return { text, calls: [...calls.values()].map((args) => JSON.stringify(parsedArgs(args))) };
}

function textsOf({ choices: [choice] }: Neutral): { text: string; calls: string[] } {
  const calls = (choice?.toolCalls ?? []).map(({ args }) => JSON.stringify(isFreeForm(args) ? parsedArgs(args.input) : args));
  return { text: choice?.text ?? '', calls };
}

function readResponse(response: Response): Neutral {
  if (response.error) throw new FailedAnswer(response.error.message);
  const choice = emptyChoice();
  for (const item of response.output ?? []) addItem(choice, item);
  if (choice.finish !== 'blocked') choice.finish = finishOf(response);
  const usage = response.usage;
  const details = usage?.input_tokens_details as { cached_tokens?: number; cache_write_tokens?: number } | undefined;
  return {
    choices: [choice],
    usage: {
      input: usage?.input_tokens,
      cacheRead: details?.cached_tokens,
      cacheWrite: details?.cache_write_tokens,
      output: usage?.output_tokens,
      reasoning: usage?.output_tokens_details?.reasoning_tokens,
    },
  };
}

function addItem(choice: NeutralChoice, item: ResponseOutputItem): void {
  switch (item.type) {
    case 'message':
      for (const part of item.content) {
        choice.text += part.type === 'refusal' ? part.refusal : part.text;
        if (part.type === 'refusal') choice.finish = 'blocked';
      }
      return;
    case 'reasoning': {
      const content = (item.content ?? []).map((part) => part.text).join('');
      choice.reasoning += content || (item.summary ?? []).map((part) => part.text).join('');
      return;
    }
    case 'function_call':
      choice.toolCalls.push({ id: item.call_id, name: item.name, args: parsedArgs(item.arguments) });
      return;
    case 'custom_tool_call':
      choice.toolCalls.push({ id: item.call_id, name: item.name, args: { input: item.input } });
      return;
    default:
      choice.others.push(item.type);
  }
}

function finishOf(response: Response): NeutralFinish {
  switch (response.status) {
    case 'completed':
    case undefined:
      return 'stop';
    case 'incomplete':
      return response.incomplete_details?.reason === 'content_filter' ? 'blocked' : 'length';
    default:
      return 'other';
  }
}
