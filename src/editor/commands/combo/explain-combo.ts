import * as l10n from '@vscode/l10n';
import type { Explained } from '../../admin/api.ts';
import { formatMs, formatTime } from '../../format/index.ts';
import type { ItemRef } from '../../views/item.ts';
import { failureWord, strategySentence, tierWord } from '../../views/words.ts';
import { type ComboDesk, chosenName } from './desk.ts';

/** Opens what would happen to a request for a combo now; nothing is sent. */
export async function explainCombo(desk: ComboDesk, ref: ItemRef | undefined): Promise<void> {
  const name = await chosenName(desk, ref, l10n.t('Who Would Answer?'), true);
  if (name === undefined) return;
  const explained = await desk.admin.explain({ model: name });
  await desk.show(l10n.t('Who Would Answer "{0}"', name), explainText(explained, desk.now()));
}

/** A plan as a page to read. */
function explainText(explained: Explained, now: number): string {
  const { requested, resolved, combo, steps, skipped, bounds } = explained;
  const head = requested === resolved ? requested : `${requested} → ${resolved}`;
  const within = bounds.deadlineMs === undefined ? [] : [l10n.t('An answer must begin within {0}.', formatMs(bounds.deadlineMs))];
  return [
    `# ${l10n.t('Who would answer "{0}" at {1}', head, formatTime(now, now))}`,
    ...(combo ? ['', strategySentence(combo.strategy)] : []),
    '',
    `## ${l10n.t('In this order')}`,
    '',
    ...(steps.length > 0 ? steps.map(stepLine) : [l10n.t('Nobody can be asked now.')]),
    ...(skipped.length > 0 ? ['', `## ${l10n.t('Passed over')}`, '', ...skipped.map((skip) => skipLine(skip, now))] : []),
    '',
    `## ${l10n.t('Bounds')}`,
    '',
    `- ${bounds.maxAttempts === 1 ? l10n.t('One attempt.') : l10n.t('At most {0} attempts.', bounds.maxAttempts)}`,
    ...within.map((line) => `- ${line}`),
    `- ${l10n.t('The next one is asked after: {0}.', bounds.fallbackOn.map(failureWord).join(', '))}`,
    '',
  ].join('\n');
}

function stepLine({ position, target, account, tier, why }: Explained['steps'][number]): string {
  const line = `${position}. ${l10n.t('{0}, account "{1}" ({2})', target, account, tierWord(tier))}`;
  return [line, ...why.map((reason) => `   - ${reason}`)].join('\n');
}

function skipLine({ target, account, detail, until }: Explained['skipped'][number], now: number): string {
  const sentence = l10n.t('{0}, account "{1}": {2}', target, account, detail);
  return until === undefined ? `- ${sentence}` : `- ${l10n.t('{0} (until {1})', sentence, formatTime(Date.parse(until), now))}`;
}
