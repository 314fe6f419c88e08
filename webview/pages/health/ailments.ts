import * as l10n from '@vscode/l10n';
import type { AccountView, HealthEntry } from '../../../src/editor/admin/api.ts';
import type { Params } from '../../../src/editor/dashboard/contract/calls.ts';
import type { Place } from '../../../src/editor/dashboard/contract/place.ts';
import { formatCount } from '../../../src/editor/format/index.ts';
import { blockIcon, blockWords } from '../../../src/editor/views/block-words.ts';
import { toneOf } from '../../ui/node-tone.ts';
import type { Tone } from '../../ui/tone.ts';

/** Something that is not well. */
export interface Ailment {
  key: string;
  /** The account's, the account's and the model's, or the provider's. */
  name: string;
  /** What it is: an account, a model of one, a provider. */
  kind: string;
  icon: string;
  tone: Tone;
  words: string;
  /** What the provider said. */
  detail: string;
  /** When it ends by itself; `undefined`: not by itself, or it is over already. */
  until: number | undefined;
  failures: string | undefined;
  scope: Params<'resetHealth'>;
  /** What a link from here leads to. */
  place: Place | undefined;
}

/** What is not well, what stays longest on top. */
export function ailments(health: readonly HealthEntry[], accounts: readonly AccountView[], now: number): Ailment[] {
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return [...health].sort((a, b) => endOf(b, now) - endOf(a, now) || b.failures - a.failures).map((entry) => ailment(entry, names, now));
}

/** Blocked for good, until when, or not any more. */
function endOf({ block }: HealthEntry, now: number): number {
  if (!block) return 0;
  return block.until === undefined ? Number.MAX_VALUE : Math.max(now, block.until);
}

function ailment(entry: HealthEntry, names: ReadonlyMap<string, string>, now: number): Ailment {
  const { scope, id, model, block, failures } = entry;
  const account = names.get(id) ?? id;
  const holds = block && (block.until === undefined || block.until > now) ? block : undefined;
  const icon = holds ? blockIcon(holds) : { id: 'pulse' };
  return {
    key: `${scope} ${id} ${model ?? ''}`,
    name: scope === 'provider' ? id : model === undefined ? account : l10n.t('{0}, {1}', account, model),
    kind: kindWord(scope),
    icon: icon.id,
    tone: toneOf(icon),
    words: wordsOf(entry, holds, now),
    detail: block?.detail ?? '',
    until: holds?.until,
    failures: failures > 1 ? l10n.t('{0} failures in a row', formatCount(failures)) : undefined,
    scope: scope === 'provider' ? { provider: id } : { account: id, ...(model === undefined ? {} : { model }) },
    place: scope === 'provider' ? undefined : { page: 'providers', item: id },
  };
}

function kindWord(scope: HealthEntry['scope']): string {
  switch (scope) {
    case 'account':
      return l10n.t('Account');
    case 'model':
      return l10n.t('Model');
    case 'provider':
      return l10n.t('Provider');
  }
}

function wordsOf({ state, block }: HealthEntry, holds: HealthEntry['block'], now: number): string {
  if (state === 'half-open') return l10n.t('one request is let through to find out whether it is well again');
  if (holds) return blockWords(holds, now);
  if (block) return l10n.t('asked again from now on');
  return l10n.t('failed lately, and is still asked');
}
