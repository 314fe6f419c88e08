import type { Account } from '../../src/accounts/account.ts';
import { accountSchema } from '../../src/config/accounts.ts';
import { type ComboConfig, comboSchema, type RouteConfig } from '../../src/config/combos.ts';
import { type Settings, settingsSchema } from '../../src/config/settings.ts';
import { providerById } from '../../src/providers/catalogue.ts';
import type { ModelInfo } from '../../src/providers/provider.ts';
import type { Block } from '../../src/routing/block.ts';
import type { Asker, Facts, Needs } from '../../src/routing/facts.ts';
import { type Plan, type PlanInput, plan } from '../../src/routing/plan.ts';
import type { Target } from '../../src/routing/target.ts';

/** An account of a real provider, by default under its own id as prefix and with models of its own. */
export function account(id: string, provider = 'openai-compatible', more: Record<string, unknown> = {}): Account {
  const found = providerById(provider);
  if (!found) throw new Error(`no provider ${provider}`);
  const config = accountSchema.parse({ id, provider, name: `Account ${id}`, prefix: id, baseUrl: 'http://127.0.0.1:1/v1', ...more });
  return { config, provider: found, prefix: config.prefix ?? found.prefix };
}

export function combo(name: string, targets: string[], more: Record<string, unknown> = {}): ComboConfig {
  return comboSchema.parse({ name, targets, ...more });
}

/** What one test says of the world; everything else is calm. */
export interface World {
  accounts: Account[];
  /** By account id; ids alone, or with what is known of them. Absent: the provider's seed. */
  models?: Record<string, (string | ModelInfo)[]>;
  combos?: ComboConfig[];
  aliases?: Record<string, string>;
  routes?: RouteConfig[];
  needs?: Partial<Needs>;
  asker?: Asker;
  facts?: Partial<Facts>;
  routing?: Partial<Settings['routing']>;
  blockedProviders?: string[];
}

export const CALM: Facts = {
  now: 1_000_000,
  random: () => 0,
  blocked: () => undefined,
  running: () => 0,
  wait: () => 0,
  used: () => 0,
  latency: () => undefined,
  price: () => undefined,
  turn: () => 0,
  home: () => undefined,
};

export function inputFor(name: string, world: World): PlanInput {
  const lists = new Map(
    Object.entries(world.models ?? {}).map(([id, models]) => [
      id,
      models.map((model): ModelInfo => (typeof model === 'string' ? { id: model } : model)),
    ]),
  );
  const settings = settingsSchema.parse({
    routing: world.routing ?? {},
    rules: { blockedProviders: world.blockedProviders ?? [] },
  });
  return {
    name,
    client: 'openai-chat',
    needs: { tools: false, vision: false, inputTokens: 1000, ...world.needs },
    asker: world.asker ?? { key: 'k' },
    directory: {
      accounts: [...world.accounts].sort((a, b) => a.config.priority - b.config.priority),
      combos: world.combos ?? [],
      aliases: world.aliases ?? {},
      routes: world.routes ?? [],
      modelsOf: (entry) => lists.get(entry.config.id) ?? entry.provider.models.seed,
    },
    facts: { ...CALM, ...world.facts },
    settings,
  };
}

export function planFor(name: string, world: World): Plan {
  return plan(inputFor(name, world));
}

/** `account:model` of each step. */
export function orderOf({ steps }: Pick<Plan, 'steps'>): string[] {
  return steps.map(({ target }) => at(target));
}

/** The steps of a plan for `name`, as `account:model`. */
export function order(name: string, world: World): string[] {
  return orderOf(planFor(name, world));
}

/** `account:model: reason` of everything skipped. */
export function skippedOf({ skipped }: Plan): string[] {
  return skipped.map(({ target, block }) => `${at(target)}: ${block.reason}`);
}

export function at(target: Target): string {
  return `${target.account.config.id}:${target.model}`;
}

export const COOLING: Block = { reason: 'rate', scope: 'account', until: 1_030_000, detail: 'too many requests' };

/** Blocks the accounts of these ids. */
export function cooling(...ids: string[]): Facts['blocked'] {
  return (target) => (ids.includes(target.account.config.id) ? COOLING : undefined);
}
