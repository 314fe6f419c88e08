import * as l10n from '@vscode/l10n';
import type { AccountView, QuotaView } from '../../../src/editor/admin/api.ts';
import { formatAge } from '../../../src/editor/format/index.ts';
import { numberFormat } from '../../../src/editor/format/locale.ts';
import {
  forecastSentence,
  formatAmount,
  resetWords,
  sourceWords,
  unitWord,
  urgency,
  usedWords,
  type Window,
} from '../../../src/editor/views/quota/window-words.ts';
import { windowTone } from '../../shared/window-tone.ts';
import type { Tone } from '../../ui/tone.ts';

/** What is known of one account's quota. */
export interface QuotaCard {
  account: AccountView;
  plan: string | undefined;
  /** When anything was read last, in words. */
  read: string | undefined;
  error: string | undefined;
  windows: WindowLine[];
  /** Why nothing is known, where that is so. */
  silence: string | undefined;
}

/** A window in words; what is not known is absent. */
export interface WindowLine {
  key: string;
  label: string;
  model: string | undefined;
  /** 0…1. */
  share: number | undefined;
  tone: Tone;
  used: string;
  /** `380 of 1,000 requests left`. */
  left: string | undefined;
  reset: string | undefined;
  resetsAt: number | undefined;
  forecast: string | undefined;
  pace: string | undefined;
  /** Where it is from, how old it is, what else holds. */
  notes: string[];
}

/** Every account, what runs out first on top; then those that tell nothing. The built-in demo has no quota. */
export function quotaCards(accounts: readonly AccountView[], quota: readonly QuotaView[], now: number): QuotaCard[] {
  const byAccount = new Map(quota.map((view) => [view.account, view]));
  return accounts
    .filter(({ provider }) => provider !== 'demo')
    .map((account) => ({ account, view: byAccount.get(account.id) }))
    .sort((a, b) => rank(a.view, now) - rank(b.view, now))
    .map(({ account, view }) => cardOf(account, view, now));
}

/** An error without windows comes before silence: something may be done about it. */
function rank(view: QuotaView | undefined, now: number): number {
  if (!view || (view.windows.length === 0 && !view.error)) return Number.POSITIVE_INFINITY;
  return Math.min(Number.MAX_VALUE, ...view.windows.map((window) => urgency(window, now)));
}

function cardOf(account: AccountView, view: QuotaView | undefined, now: number): QuotaCard {
  const windows = [...(view?.windows ?? [])]
    .sort((a, b) => orderOf(a, now) - orderOf(b, now))
    .map((window) => lineOf(window, view?.at ?? null, now));
  const error = view?.error ? l10n.t('Could not be read {0}: {1}', formatAge(now - view.error.at), view.error.message) : undefined;
  return {
    account,
    plan: view?.plan ?? undefined,
    read: view && view.at !== null ? l10n.t('read {0}', formatAge(now - view.at)) : undefined,
    error,
    windows,
    silence: windows.length === 0 && error === undefined ? silenceOf(account, view) : undefined,
  };
}

/** Infinity less infinity is no order. */
function orderOf(window: Window, now: number): number {
  return Math.min(Number.MAX_VALUE, urgency(window, now));
}

function silenceOf({ enabled }: AccountView, view: QuotaView | undefined): string {
  if (!enabled) return l10n.t('The account is turned off: its quota is not read.');
  if (view && view.at !== null) return l10n.t('The provider told nothing that is a quota.');
  return l10n.t('This provider has not told of any quota. Many do not.');
}

function lineOf(window: Window, read: number | null, now: number): WindowLine {
  const { id, label, model, usedPercent, resetsAt } = window;
  return {
    key: `${id} ${model ?? ''}`,
    label,
    model: model ?? undefined,
    share: usedPercent === null ? undefined : usedPercent / 100,
    tone: windowTone(window),
    used: usedWords(window),
    left: leftWords(window),
    reset: resetWords(window, now),
    resetsAt: resetsAt ?? undefined,
    forecast: forecastSentence(window, now),
    pace: paceWords(window),
    notes: notesOf(window, read, now),
  };
}

function leftWords({ usedPercent, used, limit, remaining, unit }: Window): string | undefined {
  // Without a share, what is used or left is said already.
  if (usedPercent === null) return undefined;
  if (remaining !== null && limit !== null)
    return l10n.t('{0} of {1} {2} left', formatAmount(remaining), formatAmount(limit), unitWord(unit));
  if (remaining !== null && unit !== 'percent') return l10n.t('{0} {1} left', formatAmount(remaining), unitWord(unit));
  if (used !== null && limit !== null) return l10n.t('{0} of {1} {2}', formatAmount(used), formatAmount(limit), unitWord(unit));
  return undefined;
}

function paceWords({ forecast }: Window): string | undefined {
  if (!forecast || forecast.pacePerHour <= 0) return undefined;
  const { pacePerHour } = forecast;
  const digits = pacePerHour < 10 ? 1 : 0;
  return l10n.t('{0} % an hour', numberFormat({ maximumFractionDigits: digits }).format(pacePerHour));
}

/** The head of the card says when it was read; a window says it where that is another time. */
function notesOf({ source, at, overage, notChat }: Window, read: number | null, now: number): string[] {
  const age = formatAge(now - at);
  return [
    l10n.t('from {0}', sourceWords(source)),
    ...(read !== null && formatAge(now - read) === age ? [] : [age]),
    ...(overage ? [l10n.t('what goes beyond is billed, not refused')] : []),
    ...(notChat ? [l10n.t('not about chat requests')] : []),
  ];
}
