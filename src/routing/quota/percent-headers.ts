import type { QuotaWindow } from '../../accounts/quota/types.ts';
import { momentOf, numberOf, ofMinutes, windowOf } from '../../accounts/quota/values.ts';
import { type Headers, headerOf } from '../limits/reading.ts';

const UNIFIED = /^anthropic-ratelimit-unified-(\d{1,3}[hd])(?:[-_]([a-z]+))?-utilization$/;
const CODEX = /^x-codex-(?:([a-z0-9-]+)-)?(primary|secondary)-used-percent$/;

/**
 * Windows that an answer's headers tell as a share used, which no `RateLimitHeader` can say (facts: 3.2). `model` is the one that
 * answered: a window told for some models only is bound to it, and left out where it is not known.
 */
export function readPercentHeaders(headers: Headers, model: string | undefined, now: number): QuotaWindow[] {
  return Object.keys(headers).flatMap((name) => {
    const read = unifiedWindow(name, headers, model, now) ?? codexWindow(name, headers, model, now) ?? [];
    return read.map((window): QuotaWindow => ({ ...window, source: 'headers', at: now }));
  });
}

/**
 * `anthropic-ratelimit-unified-5h-utilization: 0.42`, a fraction, with `-reset` in epoch seconds and `-status`; `7d_oi` and `7d-sonnet`
 * count some models alone. With extra usage on, the plan goes on after them (`-overage-status: allowed`).
 */
function unifiedWindow(name: string, headers: Headers, model: string | undefined, now: number) {
  const [, length, scope] = UNIFIED.exec(name) ?? [];
  if (length === undefined) return undefined;
  if (scope !== undefined && model === undefined) return [];
  const told = (suffix: string): string | undefined => headerOf(headers, name.replace(/utilization$/, suffix));
  const fraction = numberOf(headerOf(headers, name));
  const rejected = told('status') === 'rejected';
  const minutes = Number.parseInt(length, 10) * (length.endsWith('h') ? 60 : 1440);
  return windowOf({
    ...named(ofMinutes(minutes), scope),
    unit: 'percent',
    usedPercent: rejected ? 100 : fraction === undefined ? undefined : fraction * 100,
    resetsAt: momentOf(told('reset'), now),
    ...(scope !== undefined && { model }),
    overage: /^allowed/.test(headerOf(headers, 'anthropic-ratelimit-unified-overage-status') ?? ''),
  });
}

/** `x-codex-primary-used-percent: 61`, with `-window-minutes` and `-reset-at` in epoch seconds; another family's stand behind its id. */
function codexWindow(name: string, headers: Headers, model: string | undefined, now: number) {
  const [, family, which] = CODEX.exec(name) ?? [];
  if (which === undefined) return undefined;
  if (family !== undefined && model === undefined) return [];
  const told = (suffix: string): string | undefined => headerOf(headers, name.replace(/used-percent$/, suffix));
  const minutes = numberOf(told('window-minutes')) ?? 0;
  const after = numberOf(told('reset-after-seconds'));
  const length = minutes > 0 ? ofMinutes(minutes) : { id: which, label: which === 'primary' ? 'First window' : 'Second window' };
  return windowOf({
    ...named(length, family),
    unit: 'percent',
    usedPercent: numberOf(headerOf(headers, name)),
    resetsAt: momentOf(told('reset-at'), now) ?? (after === undefined ? undefined : momentOf(now + after * 1000, now)),
    ...(family !== undefined && { model }),
    overage: headerOf(headers, 'x-codex-credits-has-credits')?.toLowerCase() === 'true',
  });
}

function named({ id, label }: { id: string; label: string }, scope: string | undefined): { id: string; label: string } {
  return scope === undefined ? { id, label } : { id: `${id} ${scope}`, label: `${label}, ${scope}` };
}
