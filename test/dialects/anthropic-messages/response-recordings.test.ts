import { describe, expect, it } from 'vitest';
import { Collector, eventsOf } from '../../../src/conversation/collect.ts';
import { asObject } from '../../../src/conversation/json.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import type { Recording } from '../../recordings.ts';
import {
  bare,
  createdMessage,
  eventsIn,
  finalMessage,
  play,
  readContext,
  replyContext,
  requestOf,
  stream,
  streamed,
  whole,
} from './support.ts';

const named = (list: Recording[]) => list.map((recording) => [recording.name, recording] as const);
const isBeta = (recording: Recording): boolean => recording.features.some((feature) => ['mcp', 'compaction'].includes(feature));
const sseOf = (recording: Recording): string => recording.response.sse ?? '';

function readWhole(recording: Recording): ChatResponse {
  const parsed = anthropicMessages.readResponse(asObject(recording.response.body) ?? {}, readContext(requestOf(recording)));
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

function collect(events: StreamEvent[]): ChatResponse {
  const collector = new Collector('anthropic-messages');
  for (const event of events) collector.push(event);
  const parsed = collector.result();
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

/** What a user of the SDK works with. */
const seen = (message: Awaited<ReturnType<typeof finalMessage>>) =>
  bare({
    id: message.id,
    model: message.model,
    content: message.content,
    stop: message.stop_reason,
    sequence: message.stop_sequence,
    input: message.usage.input_tokens,
    output: message.usage.output_tokens,
    read: message.usage.cache_read_input_tokens,
    written: message.usage.cache_creation_input_tokens,
    searches: message.usage.server_tool_use?.web_search_requests,
  });

describe('recorded answers', () => {
  it.each(named(whole))('%s: the SDK reads ours as it reads the vendor’s', async (_name, recording) => {
    const ours = anthropicMessages.writeResponse(readWhole(recording), replyContext(requestOf(recording)));
    expect(seen(await createdMessage(ours))).toEqual(seen(await createdMessage(asObject(recording.response.body) ?? {})));
  });

  it.each(named(whole))('%s: streamed to a client that asked for it, the SDK gathers the same', async (_name, recording) => {
    const text = stream([...eventsOf(readWhole(recording))], requestOf(recording));
    expect(seen(await finalMessage(text, isBeta(recording)))).toEqual(seen(await createdMessage(asObject(recording.response.body) ?? {})));
  });
});

describe('recorded streams', () => {
  it.each(named(streamed))('%s: the SDK reads ours as it reads the vendor’s', async (_name, recording) => {
    const text = stream(play(eventsIn(sseOf(recording)), requestOf(recording)), requestOf(recording));
    expect(seen(await finalMessage(text, isBeta(recording)))).toEqual(seen(await finalMessage(sseOf(recording), isBeta(recording))));
  });

  it.each(named(streamed))('%s: gathered whole, it is what the SDK gathers', async (_name, recording) => {
    const gathered = collect(play(eventsIn(sseOf(recording)), requestOf(recording)));
    const ours = anthropicMessages.writeResponse(gathered, replyContext(requestOf(recording)));
    expect(seen(await createdMessage(ours))).toEqual(seen(await finalMessage(sseOf(recording), isBeta(recording))));
  });

  it.each(named(streamed))('%s: cut after any event it ends in an error, never in a finish', (_name, recording) => {
    const events = eventsIn(sseOf(recording));
    for (let cut = 0; cut < events.length; cut += 1) {
      const out = play(events.slice(0, cut), requestOf(recording));
      expect(out.filter((event) => event.type === 'finish')).toEqual([]);
      expect(out.at(-1)).toMatchObject({ type: 'error', error: { class: 'network', code: 'stream_truncated' } });
      expect(unended(out)).toEqual([]);
    }
  });

  it.each(named(streamed))('%s: parts are numbered in order, begun once and ended once', (_name, recording) => {
    const out = play(eventsIn(sseOf(recording)), requestOf(recording));
    const starts = out.filter((event) => event.type === 'part-start').map((event) => event.part);
    expect(starts).toEqual(starts.map((_part, at) => at));
    expect(unended(out)).toEqual([]);
    expect(out[0]?.type).toBe('start');
    expect(out.at(-1)?.type).toBe('finish');
  });
});

function unended(events: StreamEvent[]): number[] {
  const open = new Set<number>();
  for (const event of events) {
    if (event.type === 'part-start') open.add(event.part);
    if (event.type === 'part-end' && !open.delete(event.part)) throw new Error(`part ${event.part} ended twice`);
  }
  return [...open];
}

describe('usage of recorded answers', () => {
  const usageOf = (name: string) => {
    const recording = [...whole, ...streamed].find((item) => item.name === name);
    if (!recording) throw new Error(`no recording ${name}`);
    return recording.response.sse === undefined
      ? readWhole(recording).usage
      : collect(play(eventsIn(recording.response.sse), requestOf(recording))).usage;
  };

  it('a cache write of one hour is told apart, and input is all of it', () => {
    const usage = usageOf('anthropic-completion-cache-write-1h-ttl');
    expect(usage?.cacheWrite).toBeGreaterThan(0);
    expect(usage?.cacheWrite1h).toBe(usage?.cacheWrite);
    expect(usage?.input).toBeGreaterThan(usage?.cacheWrite ?? 0);
  });

  it('a cache read counts as input', () => {
    const usage = usageOf('anthropic-completion-stream-cache-read');
    expect(usage?.cacheRead).toBeGreaterThan(0);
    expect(usage?.input).toBeGreaterThan(usage?.cacheRead ?? 0);
  });

  it('searches are counted', () => expect(usageOf('anthropic-model-web-search-tool-stream')?.webSearches).toBeGreaterThan(0));
});
