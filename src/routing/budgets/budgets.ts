import type { BudgetConfig, ComboConfig } from '../../config/schema.ts';
import type { Usage } from '../../conversation/usage.ts';
import type { Block } from '../block.ts';
import type { BudgetBook, BudgetEntry } from '../books.ts';
import type { Target } from '../target.ts';
import { type Today, todayAt } from './calendar.ts';
import { type Amounts, addAmounts, amountsOf, noAmounts, type Row, Rows, type Spender, savedNames } from './rows.ts';
import { concerns, isCurrent, isUsed, type Limit, type Rule, rulesOf, saysHowMuch, usedOf } from './rules.ts';

export interface BudgetsOptions {
  /** Milliseconds since the epoch. */
  now(): number;
  budgets(): readonly BudgetConfig[];
  combos(): readonly ComboConfig[];
  /** US dollars that count for this use: 0 where a plan has paid, `undefined` when not known. */
  costOf(target: Target, usage: Usage): number | undefined;
  /** What an account is called now; `undefined` when it is gone. Absent: as its last request had it. */
  nameOf?(account: string): string | undefined;
  /** Told after each change worth saving. */
  changed(): void;
}

/** A budget with the requests it could not price. */
export interface BudgetUse extends BudgetEntry {
  /** Requests of this period whose cost is not known; absent: none, or the budget is not about money. */
  unpriced?: number;
}

/** Enough tokens for any price to be seen. */
const SAMPLE: Usage = { input: 1_000_000, output: 1_000_000 };

/**
 * What was spent, by day, key, account, provider, tier and combo, for this and the last month; so a budget added later knows what was
 * spent before. A request belongs to the day it was sent, whenever it ends.
 *
 * A limit on money does not stop what costs nothing: when the money is gone, the plans and free tiers go on.
 */
export class Budgets implements BudgetBook {
  readonly #options: BudgetsOptions;
  readonly #rows = new Rows();
  /** Names of the accounts seen, by id. */
  readonly #names = new Map<string, string>();
  #budgets: readonly BudgetConfig[] = [];
  #combos: readonly ComboConfig[] = [];
  #rules: Rule[] = [];
  #today: Today;

  constructor(options: BudgetsOptions) {
    this.#options = options;
    this.#today = todayAt(options.now());
  }

  blocked(target: Target, asker: { key: string }, combo: ComboConfig | undefined): Block | undefined {
    for (const rule of this.#about(target, asker, combo)) {
      if (rule.mode !== 'hard') continue;
      const reached = this.#beyond(rule, target, 100);
      if (!reached) continue;
      const detail = `budget "${rule.name}" reached: ${saysHowMuch(reached, this.#usedOf(rule))}`;
      return { reason: 'budget', scope: 'budget', until: this.#endOf(rule), detail };
    }
    return undefined;
  }

  /**
   * The function it gives takes the usage the answer reported, `{}` where an answer reported none (its cost is then noted as not known),
   * and `undefined` where nothing was used: the attempt failed. Only its first call counts.
   */
  spend(target: Target, asker: { key: string }, combo: ComboConfig | undefined): (usage: Usage | undefined) => void {
    this.#refresh();
    this.#note(target);
    const row = this.#rows.of(this.#today.day, spenderOf(target, asker, combo));
    this.#add(row, { ...noAmounts(), requests: 1 });
    let settled = false;
    return (usage) => {
      if (settled) return;
      settled = true;
      if (usage) this.#add(row, amountsOf(usage, this.#options.costOf(target, usage)));
    };
  }

  warnings(target: Target, asker: { key: string }, combo: ComboConfig | undefined): string[] {
    return this.#about(target, asker, combo).flatMap((rule) => {
      const reached = this.#beyond(rule, target, 100);
      const limit = reached ?? this.#beyond(rule, target, rule.warnAt);
      if (!limit) return [];
      const used = this.#usedOf(rule);
      const state = reached ? 'is reached' : `is at ${Math.floor((usedOf(limit, used) / limit.limit) * 100 + 1e-9)} %`;
      return [`Budget "${rule.name}" ${state}: ${saysHowMuch(limit, used)}.`];
    });
  }

  list(): BudgetUse[] {
    this.#refresh();
    for (const id of this.#names.keys()) this.#call(id, this.#options.nameOf?.(id));
    return this.#rules.map((rule) => {
      const used = this.#usedOf(rule);
      const beyond = (percent: number): boolean => rule.limits.some((limit) => isUsed(limit, used, percent));
      const ofMoney = rule.limits.some(({ unit }) => unit === 'usd');
      return {
        name: rule.name,
        about: rule.of,
        period: rule.period,
        mode: rule.mode,
        resetsAt: this.#endOf(rule),
        amounts: rule.limits.map((limit) => ({ ...limit, used: usedOf(limit, used) })),
        state: beyond(100) ? 'reached' : beyond(rule.warnAt) ? 'warning' : 'ok',
        ...(ofMoney && used.unpriced > 0 ? { unpriced: used.unpriced } : {}),
      };
    });
  }

  toJSON(): unknown {
    this.#refresh();
    return { rows: this.#rows.toJSON(), names: Object.fromEntries(this.#names) };
  }

  /** Adds to what was already counted in this life. */
  restore(saved: unknown): void {
    this.#rows.restore(saved);
    for (const [id, name] of savedNames(saved)) if (!this.#names.has(id)) this.#names.set(id, name);
    this.#startDay();
  }

  #about(target: Target, asker: { key: string }, combo: ComboConfig | undefined): Rule[] {
    this.#refresh();
    if (this.#rules.length === 0) return [];
    this.#note(target);
    const spender = spenderOf(target, asker, combo);
    return this.#rules.filter((rule) => concerns(rule, spender, target.account.config.name));
  }

  /** The first limit of the rule of which so many per cent are used, as far as it can stop this target. */
  #beyond(rule: Rule, target: Target, percent: number): Limit | undefined {
    const used = this.#usedOf(rule);
    return rule.limits.find(
      (limit) => isUsed(limit, used, percent) && !(limit.unit === 'usd' && this.#options.costOf(target, SAMPLE) === 0),
    );
  }

  #usedOf(rule: Rule): Amounts {
    rule.used ??= this.#sum(rule);
    return rule.used;
  }

  #sum(rule: Rule): Amounts {
    const sum = noAmounts();
    for (const row of this.#rows.list()) if (this.#counts(rule, row)) addAmounts(sum, row);
    return sum;
  }

  #counts(rule: Rule, row: Row): boolean {
    return isCurrent(rule, row, this.#today) && concerns(rule, row, this.#names.get(row.account));
  }

  #add(row: Row, amounts: Amounts): void {
    addAmounts(row, amounts);
    for (const rule of this.#rules) {
      // A sum not worked out yet will find it in the row.
      if (rule.used && this.#counts(rule, row)) addAmounts(rule.used, amounts);
    }
    this.#options.changed();
  }

  #endOf(rule: Rule): number {
    return rule.period === 'day' ? this.#today.dayEndsAt : this.#today.monthEndsAt;
  }

  /** Follows the config and the calendar. */
  #refresh(): void {
    const now = this.#options.now();
    if (now < this.#today.startsAt || now >= this.#today.dayEndsAt) this.#startDay();
    const budgets = this.#options.budgets();
    const combos = this.#options.combos();
    if (sameEntries(budgets, this.#budgets) && sameEntries(combos, this.#combos)) return;
    this.#budgets = budgets;
    this.#combos = combos;
    this.#rules = rulesOf(budgets, combos);
  }

  #startDay(): void {
    this.#today = todayAt(this.#options.now());
    this.#rows.forgetBefore(this.#today.lastMonth);
    this.#forgetSums();
  }

  /** An account may get another name, and with it other budgets. */
  #note({ account: { config } }: Target): void {
    this.#call(config.id, config.name);
  }

  #call(account: string, name: string | undefined): void {
    if (name === undefined || this.#names.get(account) === name) return;
    this.#names.set(account, name);
    this.#forgetSums();
  }

  #forgetSums(): void {
    for (const rule of this.#rules) delete rule.used;
  }
}

function spenderOf({ account }: Target, { key }: { key: string }, combo: ComboConfig | undefined): Spender {
  const { config, provider } = account;
  return { key, account: config.id, provider: provider.id, tier: provider.tier, ...(combo ? { combo: combo.name } : {}) };
}

function sameEntries(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((entry, index) => entry === b[index]));
}
