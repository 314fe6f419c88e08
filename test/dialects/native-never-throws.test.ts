import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/conversation/json.ts';
import { isObject } from '../../src/conversation/json.ts';
import { cohereChat } from '../../src/dialects/cohere-chat/index.ts';
import { ollama } from '../../src/dialects/ollama/index.ts';
import { recordings } from '../recordings.ts';
import { context, orderProblems, readAll, sseEvents } from './native.ts';

const STRANGE: Json[] = [null, 0, '', 'x', true, [], {}, [null], { message: null }];

/** The value with each of its fields, at any depth, replaced in turn. */
function* damaged(value: Json, by: Json): Generator<Json> {
  yield by;
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) for (const other of damaged(item, by)) yield value.with(at, other);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined) for (const other of damaged(item, by)) yield { ...value, [key]: other };
    }
  }
}

describe.each([cohereChat, ollama])('$id', (dialect) => {
  const own = recordings(({ format, status }) => format === dialect.id && status === 200);

  it('reads damaged answers without throwing', () => {
    for (const { response } of own) {
      if (!isObject(response.body)) continue;
      for (const by of STRANGE) {
        for (const body of damaged(response.body, by)) {
          if (isObject(body)) expect(dialect.readResponse(body, context())).toHaveProperty('ok');
          expect(dialect.readError(500, {}, body, [], 0).message).not.toBe('');
        }
      }
    }
  });

  it('reads damaged streams without throwing, and keeps the order of events', () => {
    for (const recording of own.filter(({ stream }) => stream)) {
      const events = sseEvents(recording);
      // One event of each kind is damaged in every way.
      const kinds = new Map(events.map((event, at) => [event.event ?? (at === events.length - 1 ? 'last' : 'line'), at]));
      for (const at of kinds.values()) {
        const data = events[at]?.data ?? '';
        if (!data.startsWith('{')) continue;
        for (const by of STRANGE) {
          for (const value of damaged(JSON.parse(data) as Json, by)) {
            const read = readAll(dialect, events.with(at, { ...events[at], data: JSON.stringify(value) }));
            expect(orderProblems(read), JSON.stringify(value)).toEqual([]);
          }
        }
      }
    }
  });
});
