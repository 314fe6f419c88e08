import * as l10n from '@vscode/l10n';
import type { AccountView } from '../../../src/editor/admin/api.ts';
import type { Result } from '../../../src/editor/dashboard/contract/calls.ts';
import { formatCount, formatMs, formatTokens } from '../../../src/editor/format/index.ts';

type Limits = Result<'healthDetail'>['limits'][number];

/** How busy an account is, and how busy it may be. */
export interface LoadRow {
  account: string;
  name: string;
  running: number;
  waiting: number;
  /** In force now, the user's or learned; empty: none. */
  limits: string;
  /** What the provider's headers told last. */
  told: string;
}

/** The busy ones first, then those with a limit; accounts with neither say nothing. */
export function loadRows(limits: readonly Limits[], accounts: readonly AccountView[]): LoadRow[] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  // The gateway lists those it has asked since its start.
  const asked = new Set(limits.map(({ account }) => account));
  const others = accounts.filter(({ id, enabled }) => enabled && !asked.has(id)).map(unasked);
  return [...limits, ...others]
    .map((entry) => ({
      account: entry.account,
      name: names.get(entry.account) ?? entry.account,
      running: entry.running,
      waiting: entry.waiting,
      limits: limitWords(entry),
      told: toldWords(entry),
    }))
    .filter(({ running, waiting, limits: words, told }) => running + waiting > 0 || words !== '' || told !== '')
    .sort((a, b) => b.running + b.waiting - (a.running + a.waiting) || a.name.localeCompare(b.name));
}

function unasked({ id, limits }: AccountView): Limits {
  return { account: id, running: 0, waiting: 0, windows: [], ...limits };
}

function limitWords({ rpm, tpm, maxConcurrent, minGapMs }: Limits): string {
  return [
    maxConcurrent === undefined ? undefined : l10n.t('{0} at once', formatCount(maxConcurrent)),
    rpm === undefined ? undefined : l10n.t('{0} requests a minute', formatCount(rpm)),
    tpm === undefined ? undefined : l10n.t('{0} tokens a minute', formatTokens(tpm)),
    minGapMs === undefined ? undefined : l10n.t('{0} between two', formatMs(minGapMs)),
  ]
    .flatMap((words) => words ?? [])
    .join(' · ');
}

function toldWords({ windows }: Limits): string {
  const texts = windows.flatMap(({ window, per, limit, remaining }) => {
    if (remaining === undefined || limit === undefined) return [];
    const name = per === undefined ? window : l10n.t('{0} a {1}', window, per);
    return [l10n.t('{0} of {1} {2} left', formatTokens(remaining), formatTokens(limit), name)];
  });
  return [...new Set(texts)].join(' · ');
}
