import * as l10n from '@vscode/l10n';
import type { Client } from '../../../clients/client.ts';
import type { GatewayModel } from '../../../clients/offer.ts';
import { formatContext } from '../../format/index.ts';
import type { PickItem, Separator } from '../../input/ui.ts';
import type { ToolContext } from './context.ts';

/** `undefined`: the user left. */
export async function chooseModel({ ui, desk }: ToolContext, client: Client, before: string | undefined): Promise<string | undefined> {
  const { gateway } = await desk.box();
  const { usualModel } = await import('../../../clients/offer.ts');
  const models = gateway.models();
  const usual = models.then((all) => before ?? usualModel(all, undefined) ?? 'auto');
  const answer = await ui.pick({
    title: l10n.t('Set Up {0}', client.name),
    placeholder: l10n.t('Which model shall {0} use? It can be changed in the tool, too.', client.name),
    items: Promise.all([models, usual]).then(([all, first]) => modelItems(all, first)),
  });
  return answer.is === 'value' ? answer.value : undefined;
}

/** What is usual, or was chosen before, first. */
export function modelItems(models: readonly GatewayModel[], first: string | undefined): (PickItem<string> | Separator)[] {
  const known =
    models.find(({ name }) => name === first) ?? (first === undefined ? undefined : { name: first, title: first, kind: 'auto' as const });
  const others = models.filter(({ name }) => name !== first);
  const own = others.filter(({ kind }) => kind !== 'model');
  const proper = others.filter(({ kind }) => kind === 'model');
  return [
    ...(known ? [modelItem(known)] : []),
    ...(own.length > 0 ? [{ separator: l10n.t('Auto and Combos') }, ...own.map(modelItem)] : []),
    ...(proper.length > 0 ? [{ separator: l10n.t('Models') }, ...proper.map(modelItem)] : []),
  ];
}

function modelItem({ name, title, kind, contextWindow }: GatewayModel): PickItem<string> {
  const context = contextWindow === undefined ? undefined : l10n.t('{0} tokens of context', formatContext(contextWindow));
  const words = [title === name ? undefined : title, context].filter((word) => word !== undefined);
  return {
    label: name,
    ...(words.length > 0 ? { description: words.join(' · ') } : {}),
    icon: kind === 'model' ? 'sparkle' : 'layers',
    value: name,
  };
}
