import type { QuotaStatus, WatchedWindow } from './book.ts';

/** One window as the admin API gives it; `null` is not known. Times in milliseconds since the epoch. */
export interface WindowView {
  id: string;
  label: string;
  model: string | null;
  usedPercent: number | null;
  used: number | null;
  limit: number | null;
  remaining: number | null;
  unit: string;
  resetsAt: number | null;
  source: 'headers' | 'reader' | 'counted';
  at: number;
  ageMs: number;
  overage: boolean;
  notChat: boolean;
  forecast: { exhaustedAt: number | null; pacePerHour: number; lastsUntilReset: boolean } | null;
}

export interface QuotaView {
  /** Account id. */
  account: string;
  plan: string | null;
  windows: WindowView[];
  /** Of the newest figure; `null`: nothing is known. */
  at: number | null;
  ageMs: number | null;
  error: { message: string; at: number; ageMs: number } | null;
}

/** What is known of the accounts, as JSON. */
export function quotaView(list: readonly QuotaStatus[], now: number): QuotaView[] {
  return list.map(({ account, plan, windows, at, error }) => ({
    account,
    plan: plan ?? null,
    windows: windows.map((window) => windowView(window, now)),
    at: at > 0 ? at : null,
    ageMs: at > 0 ? age(at, now) : null,
    error: error ? { ...error, ageMs: age(error.at, now) } : null,
  }));
}

function windowView({ forecast, ...window }: WatchedWindow, now: number): WindowView {
  const { id, label, model, usedPercent, used, limit, remaining, unit, resetsAt, source, at, overage, notChat } = window;
  return {
    id,
    label,
    model: model ?? null,
    usedPercent: usedPercent ?? null,
    used: used ?? null,
    limit: limit ?? null,
    remaining: remaining ?? null,
    unit,
    resetsAt: resetsAt ?? null,
    source,
    at,
    ageMs: age(at, now),
    overage: overage ?? false,
    notChat: notChat ?? false,
    forecast: forecast ? { ...forecast, exhaustedAt: forecast.exhaustedAt ?? null } : null,
  };
}

/** Clocks are set back now and then. */
function age(at: number, now: number): number {
  return Math.max(0, now - at);
}
