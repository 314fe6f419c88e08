import * as l10n from '@vscode/l10n';
import type { AccountView, ModelView } from '../../admin/api.ts';
import { formatContext, formatPrice } from '../../format/index.ts';
import { card, escaped } from '../tree/markdown.ts';
import type { ViewNode } from '../tree/node.ts';

export function modelNode(model: ModelView, account: AccountView, hidden: boolean): ViewNode {
  const what = modelWords(model);
  const description = [...what, ...(hidden ? [l10n.t('hidden in Copilot Chat')] : [])].join(' · ');
  const label = ownName(model, account);
  return {
    id: `model:${account.id}:${model.name}`,
    ref: { kind: 'model', model: model.name, account: account.id },
    label,
    description,
    tooltip: modelTooltip(model),
    icon: { id: hidden ? 'eye-closed' : 'symbol-misc' },
    contextValue: hidden ? 'model.hidden' : 'model.shown',
    spoken: [label, description].filter(Boolean).join(', '),
  };
}

/** What a model can, in words: `128 K · tools · vision`. What is not known is not said. */
export function modelWords({ contextWindow, tools, vision, reasoning }: ModelView): string[] {
  return [
    contextWindow === null ? undefined : formatContext(contextWindow),
    tools ? l10n.t('tools') : undefined,
    vision ? l10n.t('vision') : undefined,
    reasoning ? l10n.t('reasoning') : undefined,
  ].flatMap((word) => word ?? []);
}

/** The model's id at its vendor: the account above it already says the prefix. */
function ownName({ name }: ModelView, { prefix }: AccountView): string {
  return prefix !== undefined && name.startsWith(`${prefix}/`) ? name.slice(prefix.length + 1) : name;
}

function modelTooltip(model: ModelView): string {
  const { name, title, contextWindow, maxOutput, tools, vision, price } = model;
  const rows = [
    [l10n.t('Ask for'), `\`${name}\``],
    [l10n.t('Context'), contextWindow === null ? l10n.t('not known') : l10n.t('{0} tokens', formatContext(contextWindow))],
    [l10n.t('Longest answer'), maxOutput === null ? undefined : l10n.t('{0} tokens', formatContext(maxOutput))],
    [l10n.t('Tools'), yesNo(tools)],
    [l10n.t('Images'), yesNo(vision)],
    [l10n.t('List price'), escaped(formatPrice(price) ?? l10n.t('not known'))],
  ] as const;
  return card(title, rows);
}

function yesNo(known: boolean | null): string {
  if (known === null) return l10n.t('not known');
  return known ? l10n.t('yes') : l10n.t('no');
}
