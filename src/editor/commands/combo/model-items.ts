import * as l10n from '@vscode/l10n';
import type { ModelView } from '../../admin/api.ts';
import { formatPrice } from '../../format/index.ts';
import type { PickItem, Separator } from '../../input/ui.ts';
import type { Snapshot } from '../../live/snapshot.ts';
import { modelWords } from '../../views/providers/model-node.ts';
import { strategyWord, tierRank, tierWord } from '../../views/words.ts';

/** Everything a combo can lead to, to pick from: models by tier, then other combos, then automatic routing. `except`: what it has, and itself. */
export function modelItems(snapshot: Snapshot, except: readonly string[]): (PickItem<string> | Separator)[] {
  const left = snapshot.models.filter(({ name }) => !except.includes(name));
  const models = left.filter(({ kind }) => kind === 'model').sort((a, b) => rank(a) - rank(b));
  const combos = snapshot.combos.filter(({ name }) => !except.includes(name));
  const autos = left.filter(({ kind }) => kind === 'auto');
  return [
    ...byTier(models),
    ...(combos.length > 0 ? [{ separator: l10n.t('Combos') }] : []),
    ...combos.map(({ name, strategy, targets }) => ({
      label: name,
      description: strategyWord(strategy),
      detail: targets.join(', '),
      value: name,
    })),
    ...(autos.length > 0 ? [{ separator: l10n.t('Automatic') }] : []),
    ...autos.map(({ name, title }) => ({ label: name, description: title === name ? undefined : title, value: name })),
  ];
}

const rank = ({ tier }: ModelView): number => tierRank(tier ?? undefined);

function byTier(models: readonly ModelView[]): (PickItem<string> | Separator)[] {
  return models.flatMap((model, index) => {
    const before = models[index - 1];
    const opens = !before || rank(before) !== rank(model);
    return [...(opens ? [{ separator: tierWord(model.tier ?? undefined) }] : []), item(model)];
  });
}

function item(model: ModelView): PickItem<string> {
  const { name, title, providers, price } = model;
  const from = providers.map((provider) => provider.name).join(', ');
  return {
    label: name,
    description: modelWords(model).join(' · '),
    detail: [title === name ? undefined : title, from, formatPrice(price) ?? l10n.t('price not known')].filter(Boolean).join(' · '),
    value: name,
  };
}
