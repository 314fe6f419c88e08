import * as l10n from '@vscode/l10n';
import type { AccountView, ModelView } from '../admin/api.ts';
import { formatContext, formatCountdown, formatPercent, formatPrice } from '../format/index.ts';
import type { Snapshot } from '../live/snapshot.ts';
import { listedModels } from '../model-list/listed.ts';
import { windowsOf } from '../status-bar/standing.ts';
import { tierWord } from '../views/words.ts';
import { effortSchema } from './effort-choice.ts';

/** `LanguageModelChatInformation`, with what newer editors also take from any extension (1.139; older ones pass over it). */
export interface ModelInformation {
  id: string;
  name: string;
  family: string;
  version: string;
  maxInputTokens: number;
  maxOutputTokens: number;
  detail: string | undefined;
  tooltip: string;
  capabilities: { imageInput: boolean; toolCalling: boolean };
  /** Without it, MCP servers that ask for a model are not offered ours. */
  isUserSelectable: true;
  configurationSchema?: object;
}

/** Where nobody tells: what most models of today have. Less makes the editor summarise what would have fitted. */
const CONTEXT = 128_000;
/** What Copilot Chat itself assumes of models that extensions bring (0.67). */
const OUTPUT = 8192;

/** What the editor is told of the models it may list. */
export function informationOf(snapshot: Snapshot, hidden: readonly string[], now: number): ModelInformation[] {
  const families = new Map(snapshot.models.map((model) => [model.name, familyOf(model.name)]));
  const listed = listedModels(snapshot.models, snapshot.accounts, hidden);
  const names = namesOf(listed);
  return listed.map((model) => ({ ...oneOf(model, snapshot, families, now), name: names.get(model.name) ?? model.name }));
}

/** The model's name for people; with what tells it apart where several accounts have the same. */
function namesOf(models: readonly ModelView[]): Map<string, string> {
  const own = (model: ModelView): string => (model.kind === 'model' ? model.title || model.name : model.name);
  const seen = new Map<string, number>();
  for (const model of models) seen.set(own(model), (seen.get(own(model)) ?? 0) + 1);
  return new Map(models.map((model) => [model.name, (seen.get(own(model)) ?? 0) > 1 ? model.name : own(model)]));
}

function oneOf(model: ModelView, snapshot: Snapshot, families: ReadonlyMap<string, string>, now: number): Omit<ModelInformation, 'name'> {
  const { name, kind, targets = [] } = model;
  return {
    id: name,
    family: kind === 'auto' ? 'auto' : (families.get(targets[0] ?? name) ?? familyOf(targets[0] ?? name)),
    version: '1',
    ...limitsOf(model),
    detail: detailOf(model, snapshot.accounts),
    tooltip: tooltipOf(model, snapshot, now),
    // Without tools a model is missing from agent mode, and nearly all of today's have them: unknown is yes. An image that a model
    // cannot see has the whole turn refused, where the editor would have left it out and said so: unknown is no.
    capabilities: { imageInput: model.vision ?? false, toolCalling: model.tools ?? true },
    isUserSelectable: true,
    ...(model.reasoning ? { configurationSchema: effortSchema() } : {}),
  };
}

/**
 * Copilot Chat chooses its prompts and edit tools by how the family begins (`claude`, `gpt-5`, `gemini`, …): the bare name of the model,
 * without our prefix and the maker's that aggregators put before it. A combo's is its first target's.
 */
function familyOf(name: string): string {
  return (name.split('/').at(-1) ?? name).replace(/:[\w-]+$/, '') || name;
}

/**
 * The window holds prompt and answer: what the answer may take is not for the prompt. Models whose answer may be as long as the window
 * still take prompts; these get half of it.
 */
export function limitsOf({ contextWindow, maxOutput }: Pick<ModelView, 'contextWindow' | 'maxOutput'>): {
  maxInputTokens: number;
  maxOutputTokens: number;
} {
  const context = contextWindow ?? CONTEXT;
  const output = Math.min(maxOutput ?? Math.min(OUTPUT, Math.floor(context / 4)), Math.floor(context / 2));
  return { maxInputTokens: context - output, maxOutputTokens: output };
}

function detailOf({ kind, providers, tier, targets = [] }: ModelView, accounts: readonly AccountView[]): string | undefined {
  switch (kind) {
    case 'auto':
      return l10n.t('whichever account can answer');
    case 'combo':
      return l10n.t('combo of {0}', targets.length);
    case 'alias':
    case 'model': {
      const who = providers.map(({ name }) => name).join(', ');
      if (who === '') return undefined;
      return tier && accounts.length > 1 ? l10n.t('{0} · {1}', who, tierWord(tier)) : who;
    }
  }
}

function tooltipOf(model: ModelView, snapshot: Snapshot, now: number): string {
  const price = formatPrice(model.price);
  return [
    model.name,
    model.targets && model.targets.length > 0 ? model.targets.join(' → ') : undefined,
    price && l10n.t('Price: {0}', price),
    model.contextWindow === null ? undefined : l10n.t('Context: {0} tokens', formatContext(model.contextWindow)),
    quotaLine(model, snapshot, now),
  ]
    .filter((line) => line !== undefined && line !== '')
    .join('\n');
}

/** The window with the least left of the accounts that have the model. */
function quotaLine({ accounts }: ModelView, snapshot: Snapshot, now: number): string | undefined {
  const windows = accounts.flatMap((id) => windowsOf(snapshot.quota, id, now).map((window) => ({ id, window })));
  const known = windows.flatMap(({ id, window }) =>
    window.usedPercent === null ? [] : [{ id, window, left: Math.max(0, 100 - window.usedPercent) }],
  );
  const least = known.toSorted((a, b) => a.left - b.left)[0];
  if (!least) return undefined;
  const account = snapshot.accounts.find(({ id }) => id === least.id)?.name ?? least.id;
  const { label, resetsAt } = least.window;
  return resetsAt === null
    ? l10n.t('{0} of {1} left ({2})', formatPercent(least.left), label, account)
    : l10n.t('{0} of {1} left ({2}), more in {3}', formatPercent(least.left), label, account, formatCountdown(resetsAt - now));
}

/** What the editor must be told anew: all but the tooltips, whose figures change with every request. */
export function sameList(a: readonly ModelInformation[], b: readonly ModelInformation[]): boolean {
  const key = (list: readonly ModelInformation[]): string =>
    JSON.stringify(list, (name, value: unknown) => (name === 'tooltip' ? undefined : value));
  return key(a) === key(b);
}
