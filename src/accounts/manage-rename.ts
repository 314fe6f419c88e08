import { AUTO_NAMES } from '../config/name-problems.ts';
import type { AccountConfig, Config, RulesConfig } from '../config/schema.ts';
import { providerById } from '../providers/catalogue.ts';

/** What a name that stands somewhere in the config is from now on. */
type Rename = (name: string) => string;

/**
 * An account's models have another prefix: names that lead to them lead to them still. Not while another account has the old prefix: they
 * then mean that one as well.
 */
export function followPrefix(config: Config, before: AccountConfig, after: AccountConfig): void {
  const [from, to] = [prefixOf(before), prefixOf(after)];
  const others = new Set(config.accounts.flatMap((entry) => (entry.id === after.id ? [] : [prefixOf(entry)])));
  if (from === to || from === undefined || to === undefined || from === DEMO || others.has(from)) return;
  const rename: Rename = (name) => (name.startsWith(`${from}/`) && !isOwn(config, name) ? `${to}/${name.slice(from.length + 1)}` : name);
  renameTargets(config, rename);
  renameRules(config, rename);
  // A key must not reach another account by this.
  if (!others.has(to) && to !== DEMO) renameKeyModels(config, rename);
}

/** A combo has another name: what names it follows. */
export function followCombo(config: Config, from: string, to: string): void {
  const rename: Rename = (name) => (name === from ? to : name);
  renameTargets(config, rename);
  renameRules(config, rename);
  renameKeyModels(config, rename);
}

/** The prefix of the built-in account. */
const DEMO = 'demo';

function prefixOf({ prefix, provider }: AccountConfig): string | undefined {
  return prefix ?? providerById(provider)?.prefix;
}

/** Names that are no model's although they may look like one: `auto/free`, an alias with a slash. */
function isOwn({ aliases }: Config, name: string): boolean {
  return Object.hasOwn(aliases, name) || AUTO_NAMES.some((entry) => entry === name);
}

function renameTargets(config: Config, rename: Rename): void {
  config.combos = config.combos.map((combo) => ({ ...combo, targets: combo.targets.map(rename) }));
  config.routes = config.routes.map((route) => ({ ...route, to: rename(route.to) }));
  config.aliases = Object.fromEntries(Object.entries(config.aliases).map(([alias, to]) => [alias, rename(to)]));
}

function renameKeyModels(config: Config, rename: Rename): void {
  config.keys = config.keys.map((key) => (key.models ? { ...key, models: key.models.map(rename) } : key));
}

function renameRules({ settings }: Config, rename: Rename): void {
  const renamed = <T extends { models?: string[] | undefined }>(rules: T[]): T[] =>
    rules.map((rule) => (rule.models ? { ...rule, models: rule.models.map(rename) } : rule));
  const { systemPrompts, reasoning, maxTokens, ...others }: RulesConfig = settings.rules;
  settings.rules = {
    ...others,
    systemPrompts: renamed(systemPrompts),
    reasoning: renamed(reasoning),
    maxTokens: renamed(maxTokens),
  };
}
