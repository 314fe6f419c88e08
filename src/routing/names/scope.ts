import { type Account, mayUse } from '../../accounts/account.ts';
import type { ComboConfig } from '../../config/schema.ts';
import type { Block } from '../block.ts';
import { inability } from '../capability.ts';
import type { PlanInput } from '../plan.ts';
import type { Target } from '../target.ts';
import type { Candidate, Group } from './group.ts';
import { targetOn } from './listed.ts';
import type { Reading } from './read-name.ts';

/** What is worked out while one name is turned into targets. */
export class Scope {
  readonly input: PlanInput;
  /** The combo the client asked for: its budgets count, also for what is nested in it. */
  readonly combo: ComboConfig | undefined;
  /** What the `*` of a route stands for. */
  readonly caught: string | undefined;
  /** True when the order of targets depends on what was caught. */
  usedCaught = false;
  /** Combos and models that were looked at; `undefined`: nothing there, or still under way (a circle ends here). */
  readonly groups = new Map<string, Group | undefined>();
  /** Targets of combos that nobody knows, with the reason for people. */
  readonly missing = new Set<string>();
  readonly #byItsName: boolean;
  readonly #candidates = new Map<string, Candidate>();

  constructor(input: PlanInput, reading: Reading) {
    this.input = input;
    this.combo = reading.kind === 'combo' ? reading.combo : undefined;
    this.caught = reading.caught;
    this.#byItsName = reading.kind === 'model';
  }

  /** The group of that name, made once. */
  group(key: string, make: () => Group | undefined): Group | undefined {
    if (this.groups.has(key)) return this.groups.get(key);
    this.groups.set(key, undefined);
    const group = make();
    this.groups.set(key, group);
    return group;
  }

  /** The account's model, judged; `undefined` when it cannot be a target at all. */
  candidate(account: Account, model: string): Candidate | undefined {
    const key = `${account.config.id}\n${model}`;
    const known = this.#candidates.get(key);
    if (known) return known;
    const target = targetOn(account, model, this.input.client, this.input.directory);
    if (!target) return undefined;
    const candidate = this.#judged(target);
    this.#candidates.set(key, candidate);
    return candidate;
  }

  #judged(target: Target): Candidate {
    const { facts, needs } = this.input;
    const block = this.#notAllowed(target) ?? facts.blocked(target, this.combo);
    if (block) return { target, block };
    // Who asks for a model by its very name gets it: the provider has the last word on what it can do.
    const unable = this.#byItsName ? undefined : inability(target.info, needs);
    return unable === undefined ? { target } : { target, unable };
  }

  #notAllowed({ account, model }: Target): Block | undefined {
    const { provider, config } = account;
    if (this.input.settings.rules.blockedProviders.includes(provider.id)) {
      return { reason: 'not-allowed', scope: 'provider', detail: `the provider "${provider.id}" is blocked in the settings` };
    }
    if (mayUse(account, model)) return undefined;
    return { reason: 'not-allowed', scope: 'model', detail: `the account "${config.name}" may not be used for this model` };
  }
}
