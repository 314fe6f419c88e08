import type { AccountView, ModelView } from '../admin/api.ts';
import { patternTest } from './pattern.ts';

/** An account with more models than this lists only the first ones, or its connection alone would fill the picker. */
export const MANY = 60;
/** How many of such an account's models are listed. */
export const FIRST = 20;

/** Begins a pattern of what is listed although another pattern, or its account's size, would leave it out. */
export const LISTED_MARK = '!';

/**
 * The models that Copilot Chat's picker lists, `auto` and the user's own names first.
 *
 * `hidden` is the setting `omniroute.models.hidden`: what fits one of its patterns is left out, what fits one that begins with `!` is
 * listed in any case. Of an account with many models (aggregators have hundreds, all providers together thousands, and the picker is one
 * flat list) only the preferred one and the first of its list are there by themselves; the others are a tick away in the command
 * "Choose Models for Copilot Chat", as are models that by their name do not chat, and those that the editor itself offers. All can always
 * be asked for through `auto`, a combo, or by their name from any other tool.
 */
export function listedModels(models: readonly ModelView[], accounts: readonly AccountView[], hidden: readonly string[]): ModelView[] {
  const isListed = listedTest(listedByThemselves(models, accounts), hidden);
  return ordered(models).filter(({ name }) => isListed(name));
}

/** Whether a name is listed; `byItself`: the names that need no pattern for it. */
export function listedTest(byItself: ReadonlySet<string>, hidden: readonly string[]): (name: string) => boolean {
  const isWanted = patternTest(hidden.flatMap((pattern) => (pattern.startsWith(LISTED_MARK) ? [pattern.slice(LISTED_MARK.length)] : [])));
  const isUnwanted = patternTest(hidden.filter((pattern) => !pattern.startsWith(LISTED_MARK)));
  return (name) => isWanted(name) || (byItself.has(name) && !isUnwanted(name));
}

/** Names that need no pattern to be listed. */
export function listedByThemselves(models: readonly ModelView[], accounts: readonly AccountView[]): Set<string> {
  const preferred = new Set(accounts.flatMap((account) => account.models?.preferred ?? []));
  const names = new Set<string>();
  for (const group of byAccounts(models.filter(isForChat)).values()) {
    const listed = group.length > MANY ? [...group.filter(({ name }) => isPreferred(name, preferred)), ...group.slice(0, FIRST)] : group;
    for (const { name } of listed) names.add(name);
  }
  for (const { name, kind } of models) if (kind !== 'model') names.add(name);
  return names;
}

/** Providers whose models are the editor's own: the picker has them already, under their own vendor. */
const OF_THE_EDITOR: ReadonlySet<string> = new Set(['vscode-copilot', 'vscode-lm']);
/** What providers list beside chat models, told by the name: lists say nothing of what a model is for. */
const NOT_FOR_CHAT =
  /(?:^|[-/_.])(?:embed|embedding|embeddings|embed-text|bge|e5|whisper|tts|speech|transcribe|rerank|reranker|moderation|dall-e|imagen|veo|sora|flux|stable-diffusion|sdxl|realtime)(?:[-/_.\d]|$)/i;

function isForChat({ name, providers }: ModelView): boolean {
  return !NOT_FOR_CHAT.test(name) && !providers.every(({ id }) => OF_THE_EDITOR.has(id));
}

/** A preferred model is written with or without its prefix. */
function isPreferred(name: string, preferred: ReadonlySet<string>): boolean {
  return preferred.has(name) || preferred.has(name.slice(name.indexOf('/') + 1));
}

/** The models proper by the accounts that have them, in the order of the list. */
export function byAccounts(models: readonly ModelView[]): Map<string, ModelView[]> {
  const groups = new Map<string, ModelView[]>();
  for (const model of models) {
    if (model.kind !== 'model') continue;
    const key = model.accounts.join(' ');
    const group = groups.get(key);
    if (group) group.push(model);
    else groups.set(key, [model]);
  }
  return groups;
}

const RANK: Record<ModelView['kind'], number> = { auto: 0, combo: 1, alias: 2, model: 3 };

export function ordered(models: readonly ModelView[]): ModelView[] {
  return models.toSorted((a, b) => RANK[a.kind] - RANK[b.kind]);
}
