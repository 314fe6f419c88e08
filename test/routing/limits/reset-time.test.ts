import { describe, expect, test } from 'vitest';
import { type ResetForm, resetTime } from '../../../src/routing/limits/reset-time.ts';

const NOW = Date.parse('2026-04-05T10:39:00Z');

const READ: [form: ResetForm, text: string, msFromNow: number][] = [
  ['duration', '6m0s', 360_000],
  ['duration', '20ms', 20],
  ['duration', '0s', 0],
  ['duration', '1h2m3.5s', 3_723_500],
  ['duration', '2m59.56s', 179_560],
  ['duration', '7m12s', 432_000],
  ['duration', ' 1d ', 86_400_000],
  ['duration', '500', 500],
  ['seconds', '33011.382867097855', 33_011_382.867],
  ['seconds', '0', 0],
  ['epoch-seconds', String(NOW / 1000 + 30), 30_000],
  ['epoch-milliseconds', String(NOW + 1500), 1500],
  ['rfc3339', '2026-04-05T10:39:17Z', 17_000],
  ['rfc3339', '2026-04-05T12:39:17.5+02:00', 17_500],
];

const GARBAGE: [form: ResetForm, text: string][] = [
  ['duration', 'soon'],
  ['duration', '5x'],
  ['duration', '1m nonsense'],
  ['duration', '-3s'],
  ['seconds', '30s'],
  ['seconds', 'NaN'],
  ['seconds', '1e9'],
  ['epoch-seconds', '99999999999999'],
  ['epoch-milliseconds', ''],
  ['rfc3339', 'tomorrow'],
  ['rfc3339', '2026'],
  ['rfc3339', '2026-13-45T99:99:99Z'],
  ['duration', `${'1'.repeat(100)}s`],
];

describe('a reset', () => {
  test.each(READ)('as %s: %j', (form, text, ms) => {
    expect(resetTime(text, form, NOW)).toBeCloseTo(NOW + ms, 0);
  });

  test.each(GARBAGE)('that is no %s is unknown: %j', (form, text) => {
    expect(resetTime(text, form, NOW)).toBeUndefined();
  });
});
