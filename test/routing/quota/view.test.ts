import { expect, it } from 'vitest';
import { quotaView } from '../../../src/routing/quota/view.ts';
import { MINUTE, START, window } from './world.ts';

it('unknown is null, never 0', () => {
  const balance = { id: 'balance', label: 'Balance', unit: 'CNY', remaining: 0, source: 'reader', at: START } as const;
  expect(quotaView([{ account: 'a1', windows: [balance], at: START }], START + MINUTE)).toEqual([
    {
      account: 'a1',
      plan: null,
      windows: [
        {
          id: 'balance',
          label: 'Balance',
          model: null,
          usedPercent: null,
          used: null,
          limit: null,
          remaining: 0,
          unit: 'CNY',
          resetsAt: null,
          source: 'reader',
          at: START,
          ageMs: MINUTE,
          overage: false,
          notChat: false,
          forecast: null,
        },
      ],
      at: START,
      ageMs: MINUTE,
      error: null,
    },
  ]);
});

it('an account of which nothing is known has no age', () => {
  expect(quotaView([{ account: 'a1', windows: [], at: 0 }], START)).toMatchObject([{ at: null, ageMs: null, windows: [], error: null }]);
});

it('gives forecasts, and errors with their age', () => {
  const forecast = { pacePerHour: 3, lastsUntilReset: true };
  const error = { message: 'no', at: START - MINUTE };
  const [view] = quotaView([{ account: 'a1', plan: 'go', windows: [{ ...window(0), forecast }], at: START, error }], START);
  expect(view).toMatchObject({ plan: 'go', error: { message: 'no', at: START - MINUTE, ageMs: MINUTE } });
  expect(view?.windows[0]).toMatchObject({ usedPercent: 0, forecast: { exhaustedAt: null, pacePerHour: 3, lastsUntilReset: true } });
});

it('a clock set back makes nothing younger than now', () => {
  expect(quotaView([{ account: 'a1', windows: [window(1)], at: START }], START - MINUTE)).toMatchObject([
    { ageMs: 0, windows: [{ ageMs: 0 }] },
  ]);
});
