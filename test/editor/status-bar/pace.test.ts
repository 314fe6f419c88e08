import { describe, expect, it } from 'vitest';
import { Pace } from '../../../src/editor/status-bar/pace.ts';
import { FakeTimers } from './fake-timers.ts';

describe('pace', () => {
  it('draws at once, then at most once each half second, and always the last state', () => {
    const timers = new FakeTimers();
    const drawn: number[] = [];
    const pace = new Pace(500, () => drawn.push(timers.now()), timers);
    for (let at = 0; at < 1100; at += 10) {
      timers.advance(10);
      pace.ask();
    }
    timers.advance(5000);
    expect(drawn).toEqual([10, 510, 1010, 1510]);
  });

  it('draws no more when it is disposed of', () => {
    const timers = new FakeTimers();
    const drawn: number[] = [];
    const pace = new Pace(500, () => drawn.push(timers.now()), timers);
    pace.ask();
    pace.ask();
    pace.dispose();
    timers.advance(1000);
    expect(drawn).toEqual([0]);
  });
});
