import type { QuotaWindow } from '../../accounts/quota/types.ts';
import { matchesAny } from '../../config/wildcard.ts';
import type { Block } from '../block.ts';
import { clock } from '../limits/clock.ts';

/**
 * How long a figure of "used up" is believed: somebody may have topped up, and the account that nobody asks would not tell. One request
 * in half an hour finds out.
 */
const BELIEVED_MS = 30 * 60_000;

/** Why these windows forbid a request for the model now: the one that stays shut the longest. Per cent not known forbid nothing. */
export function quotaBlock(windows: Iterable<QuotaWindow>, headroom: number, model: string | undefined, now: number): Block | undefined {
  let longest: (Block & { until: number }) | undefined;
  for (const window of windows) {
    if (window.notChat || !concerns(window, model)) continue;
    const block = usedUp(window, now) ?? reserved(window, headroom, now);
    if (block && block.until > (longest?.until ?? 0)) longest = block;
  }
  return longest;
}

function concerns(window: QuotaWindow, model: string | undefined): boolean {
  return window.model === undefined || (model !== undefined && matchesAny([window.model], model));
}

function usedUp(window: QuotaWindow, now: number): (Block & { until: number }) | undefined {
  const { usedPercent = 0, resetsAt = 0, overage, at, label } = window;
  if (usedPercent < 100 || overage || resetsAt <= now || now - at > BELIEVED_MS) return undefined;
  return { reason: 'quota', scope: scopeOf(window), until: resetsAt, detail: `quota "${label}" used up until ${clock(resetsAt, now)}` };
}

function reserved(window: QuotaWindow, headroom: number, now: number): (Block & { until: number }) | undefined {
  const { usedPercent, resetsAt = 0, label } = window;
  if (headroom <= 0 || usedPercent === undefined || usedPercent < 100 - headroom || resetsAt <= now) return undefined;
  const left = Math.max(0, Math.round((100 - usedPercent) * 10) / 10);
  const detail = `${left} % of its quota "${label}" left, ${headroom} % are the reserve, until ${clock(resetsAt, now)}`;
  return { reason: 'headroom', scope: scopeOf(window), until: resetsAt, detail };
}

function scopeOf({ model }: QuotaWindow): 'account' | 'model' {
  return model === undefined ? 'account' : 'model';
}
