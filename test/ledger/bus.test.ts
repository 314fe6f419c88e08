import { describe, expect, it, vi } from 'vitest';
import { Bus } from '../../src/ledger/bus.ts';
import type { GatewayEvent } from '../../src/ledger/events.ts';
import { Mailbox } from '../../src/ledger/mailbox.ts';

const event = (at: number): GatewayEvent => ({ type: 'config-changed', at });
const never = new AbortController().signal;

const dropped =
  (at: number) =>
  (count: number): GatewayEvent => ({ type: 'dropped', at, count });

describe('the event bus', () => {
  it('passes each event on to every listener, until it has enough', () => {
    const bus = new Bus();
    const [a, b] = [vi.fn(), vi.fn()];
    const end = bus.subscribe(a);
    bus.subscribe(b);
    bus.publish(event(1));
    end();
    bus.publish(event(2));
    expect(a.mock.calls).toEqual([[event(1)]]);
    expect(b.mock.calls).toEqual([[event(1)], [event(2)]]);
  });

  it('knows whether anybody listens', () => {
    const bus = new Bus();
    expect(bus.watched).toBe(false);
    const end = bus.subscribe(() => {});
    expect(bus.watched).toBe(true);
    end();
    expect(bus.watched).toBe(false);
  });

  it('leaves out a listener that throws; the others and the publisher do not notice', () => {
    const failed = vi.fn();
    const bus = new Bus(failed);
    const fine = vi.fn();
    bus.subscribe(() => {
      throw new Error('no');
    });
    bus.subscribe(fine);
    bus.publish(event(1));
    bus.publish(event(2));
    expect(fine).toHaveBeenCalledTimes(2);
    expect(failed).toHaveBeenCalledTimes(1);
  });
});

describe('a mailbox', () => {
  it('gives what waits, in order, and then what comes', async () => {
    const box = new Mailbox(10, dropped(0));
    box.put(event(1));
    box.put(event(2));
    expect(await box.take(never)).toEqual([event(1), event(2)]);
    const next = box.take(never);
    box.put(event(3));
    expect(await next).toEqual([event(3)]);
  });

  it('keeps the newest when nobody takes, and says how many went', async () => {
    const box = new Mailbox(3, dropped(99));
    for (let at = 1; at <= 10; at += 1) box.put(event(at));
    expect(await box.take(never)).toEqual([{ type: 'dropped', at: 99, count: 7 }, event(8), event(9), event(10)]);
    box.put(event(11));
    expect(await box.take(never)).toEqual([event(11)]);
  });

  it('ends the wait when the listener leaves, and leaves nothing behind', async () => {
    const box = new Mailbox(3, dropped(0));
    const leaving = new AbortController();
    const waiting = box.take(leaving.signal);
    leaving.abort();
    expect(await waiting).toEqual([]);
    expect(await box.take(leaving.signal)).toEqual([]);
  });
});
