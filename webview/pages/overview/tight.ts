import type { AccountView, QuotaView } from '../../../src/editor/admin/api.ts';
import { forecastSentence, resetWords, urgency, usedWords, type Window } from '../../../src/editor/views/quota/window-words.ts';
import { windowTone } from '../../shared/window-tone.ts';
import type { Tone } from '../../ui/tone.ts';

/** A window of an account's quota, as a line. */
export interface TightWindow {
  account: AccountView;
  window: Window;
  tone: Tone;
  used: string;
  reset: string | undefined;
  forecast: string | undefined;
}

const MOST = 4;

/** The windows that run out first, over all accounts that are on; those whose use is known and that are of chat. */
export function tightest(accounts: readonly AccountView[], quota: readonly QuotaView[], now: number): TightWindow[] {
  const byId = new Map(accounts.filter(({ enabled }) => enabled).map((account) => [account.id, account]));
  return quota
    .flatMap(({ account: id, windows }) => {
      const account = byId.get(id);
      return account ? windows.filter((window) => isTold(window, now)).map((window) => ({ account, window })) : [];
    })
    .sort((a, b) => urgency(a.window, now) - urgency(b.window, now))
    .slice(0, MOST)
    .map(({ account, window }) => ({ account, window, ...windowWords(window, now) }));
}

function isTold({ usedPercent, notChat, resetsAt }: Window, now: number): boolean {
  return usedPercent !== null && !notChat && (resetsAt === null || resetsAt > now);
}

/** What a window says of itself. */
export function windowWords(window: Window, now: number): Omit<TightWindow, 'account' | 'window'> {
  return {
    tone: windowTone(window),
    used: usedWords(window),
    reset: resetWords(window, now),
    forecast: forecastSentence(window, now),
  };
}
