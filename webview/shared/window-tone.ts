import { NEAR_PERCENT, type Window } from '../../src/editor/views/quota/window-words.ts';
import type { Tone } from '../ui/tone.ts';

/** Used up: bad, unless it goes on for money; nearly so, or before its reset: a warning. */
export function windowTone({ usedPercent, overage, forecast, resetsAt }: Window): Tone {
  if (usedPercent === null) return 'neutral';
  if (usedPercent >= 100) return overage ? 'warning' : 'bad';
  if (usedPercent >= NEAR_PERCENT) return 'warning';
  const end = forecast?.exhaustedAt ?? null;
  return end !== null && resetsAt !== null && end < resetsAt ? 'warning' : 'neutral';
}
