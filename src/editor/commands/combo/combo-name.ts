import * as l10n from '@vscode/l10n';
import { error, type Problem } from '../../input/ui.ts';
import type { Snapshot } from '../../live/snapshot.ts';

const MOST_LETTERS = 100;

/** What is wrong with a name for a combo; `own` is the one it has. The gateway's own rules (`config/names.ts`), told while it is typed. */
export function nameProblem(name: string, { combos, models }: Pick<Snapshot, 'combos' | 'models'>, own?: string): Problem | undefined {
  if (name === own) return undefined;
  if (name === '') return error(l10n.t('A combo needs a name.'));
  if (name.length > MOST_LETTERS) return error(l10n.t('A name has at most {0} characters.', MOST_LETTERS));
  if (/[\s/]/.test(name)) return error(l10n.t('A name may not hold spaces or slashes.'));
  if (name === 'auto') return error(l10n.t('"auto" is the name of automatic routing.'));
  if (combos.some((combo) => combo.name === name)) return error(l10n.t('There is a combo named "{0}" already.', name));
  if (models.some((model) => model.kind === 'alias' && model.name === name)) return error(l10n.t('"{0}" is an alias already.', name));
  const model = models.find((entry) => entry.kind === 'model' && entry.name.slice(entry.name.indexOf('/') + 1) === name);
  if (model)
    return { severity: 'warning', message: l10n.t('"{0}" is also the name of a model; the combo will answer in its place.', name) };
  return undefined;
}
