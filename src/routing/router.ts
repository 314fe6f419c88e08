import { LRUCache } from 'lru-cache';
import type { Account } from '../accounts/account.ts';
import type { Config } from '../config/schema.ts';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import type { ModelInfo } from '../providers/provider.ts';
import type { Block } from './block.ts';
import type { AffinityBook, BudgetBook, HealthBook, LimitBook } from './books.ts';
import { type Explained, explained } from './explain.ts';
import type { Asker, Directory, Facts, Needs, Price } from './facts.ts';
import { type Plan, plan } from './plan.ts';
import type { QuotaBook } from './quota/book.ts';
import type { Target } from './target.ts';

/** What somebody asks to be routed. */
export interface RouteQuery {
  /** The model name as the client wrote it. */
  name: string;
  client: ClientDialectId;
  needs: Needs;
  asker: Asker;
  /** Names that may be suggested to who asks; absent: all that route. */
  mayName?: (name: string) => boolean;
  /** Account ids, account names or provider ids that are taken to be down: for "what if". */
  without?: readonly string[];
}

export interface RouterOptions {
  config(): Config;
  /** Enabled accounts, best priority first. */
  accounts(): readonly Account[];
  modelsOf(account: Account): readonly ModelInfo[];
  /** List price; `undefined` when not known. */
  price(target: Target): Price | undefined;
  /** See `Facts.priceList`. */
  priceList?(): object;
  health: HealthBook;
  limits: LimitBook;
  affinity: AffinityBook;
  budgets: BudgetBook;
  quota: QuotaBook;
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
}

/** How many groups' turns are remembered: combos and models in use. */
const MOST_GROUPS = 2000;

/** Makes plans from what the books know right now. */
export class Router {
  readonly health: HealthBook;
  readonly limits: LimitBook;
  readonly affinity: AffinityBook;
  readonly budgets: BudgetBook;
  readonly quota: QuotaBook;
  readonly #options: RouterOptions;
  readonly #turns = new LRUCache<string, number>({ max: MOST_GROUPS });

  constructor(options: RouterOptions) {
    this.#options = options;
    this.health = options.health;
    this.limits = options.limits;
    this.affinity = options.affinity;
    this.budgets = options.budgets;
    this.quota = options.quota;
  }

  /** The targets for a request, in order. Throws class `capability` (404) for an unknown name. Changes nothing. */
  plan(query: RouteQuery): Plan {
    const { settings } = this.#options.config();
    return plan({
      name: query.name,
      client: query.client,
      needs: query.needs,
      asker: query.asker,
      mayName: query.mayName,
      directory: this.#directory(),
      facts: this.#facts(query),
      settings,
    });
  }

  /** The plan as data for people. */
  explain(query: RouteQuery): Explained {
    return explained(this.plan(query));
  }

  /** A plan is run: the groups in it move on by one turn, and the quotas it depends on are read again where that is due. */
  begin({ turns, steps, skipped }: Plan): void {
    if (steps[0]) void this.quota.refresh(steps[0].target.account);
    for (const { target, block } of skipped) {
      if (block.reason === 'quota' || block.reason === 'headroom') void this.quota.refresh(target.account);
    }
    for (const group of turns) this.#turns.set(group, (this.#turns.get(group) ?? 0) + 1);
  }

  #directory(): Directory {
    const { combos, aliases, routes } = this.#options.config();
    return { accounts: this.#options.accounts(), combos, aliases, routes, modelsOf: this.#options.modelsOf };
  }

  #facts({ asker, without = [] }: RouteQuery): Facts {
    const { now, random, price, priceList } = this.#options;
    const { health, limits, affinity, budgets, quota } = this;
    return {
      now: now(),
      random,
      blocked: (target, combo) =>
        assumedDown(target, without) ??
        health.blocked(target) ??
        limits.blocked(target.account, target.model) ??
        quota.blocked(target.account, target.model) ??
        budgets.blocked(target, asker, combo),
      running: (account) => limits.running(account),
      wait: ({ account, model }) => limits.wait(account, model),
      used: (target) => limits.used(target),
      latency: (target) => health.latency(target),
      price,
      ...(priceList ? { priceList: priceList() } : {}),
      turn: (group) => this.#turns.get(group) ?? 0,
      home: (name, session) => (asker.opening ? undefined : affinity.home(name, session)),
    };
  }
}

function assumedDown({ account }: Target, without: readonly string[]): Block | undefined {
  const { id, name } = account.config;
  const hit = without.find((entry) => entry === id || entry === name || entry === account.provider.id);
  return hit === undefined ? undefined : { reason: 'assumed-down', scope: 'account', detail: `"${hit}" is assumed to be down` };
}
