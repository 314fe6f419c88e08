import type { AccountView, Explained } from '../../../src/editor/admin/api.ts';
import { isFlag, isRecord, isTexts } from '../../fits.ts';

/** What is taken to be down, and what the request needs. */
export interface WhatIf {
  /** Account ids and provider ids. */
  down: string[];
  tools: boolean;
  vision: boolean;
  /** Of the input; 0: does not matter. */
  tokens: number;
}

export const NOTHING_DOWN: WhatIf = { down: [], tools: false, vision: false, tokens: 0 };

export function isWhatIf(value: unknown): value is WhatIf {
  return isRecord(value) && isTexts(value.down) && isFlag(value.tools) && isFlag(value.vision) && typeof value.tokens === 'number';
}

/** Parameters of `GET /admin/explain`, for a request as it is now. */
export function nowQuery(model: string, { tools, vision, tokens }: WhatIf): Record<string, string> {
  return { model, ...(tools ? { tools: '1' } : {}), ...(vision ? { vision: '1' } : {}), ...(tokens > 0 ? { tokens: String(tokens) } : {}) };
}

/** The same with what is taken to be down, by names people know where these are plain. */
export function downQuery(model: string, whatIf: WhatIf, accounts: readonly AccountView[]): Record<string, string> {
  const without = whatIf.down.map((id) => plainName(id, accounts)).join(',');
  return { ...nowQuery(model, whatIf), ...(without === '' ? {} : { without }) };
}

/** The gateway says again what it was given. An account's name is plain when nothing else is called so. */
function plainName(id: string, accounts: readonly AccountView[]): string {
  const name = accounts.find((account) => account.id === id)?.name;
  if (name === undefined || name !== name.trim() || name.includes(',')) return id;
  const others = accounts.filter((account) => account.id === name || account.name === name || account.provider === name);
  return others.length === 1 && others[0]?.provider !== name ? name : id;
}

type Step = Explained['steps'][number];

/** The reasons that all steps have: said once. */
export function sharedReasons({ steps }: Explained): string[] {
  const [first, ...rest] = steps;
  return first && rest.length > 0 ? first.why.filter((reason) => rest.every(({ why }) => why.includes(reason))) : [];
}

export interface Rung {
  step: Step;
  /** Why it stands here, apart from what all share. */
  why: string[];
  /** Its place in the other ladder; `undefined`: it is not in it, or there is no other. */
  was: number | undefined;
  /** Within the attempts a request has. */
  reached: boolean;
}

/** The steps of a plan, with the place each has in another one. */
export function rungsOf(plan: Explained, other?: Explained): Rung[] {
  const { steps, bounds } = plan;
  const places = new Map(other?.steps.map((step) => [keyOf(step), step.position]));
  const shared = sharedReasons(plan);
  return steps.map((step) => ({
    step,
    why: step.why.filter((reason) => !shared.includes(reason)),
    was: places.get(keyOf(step)),
    reached: step.position <= bounds.maxAttempts,
  }));
}

const keyOf = ({ target, account }: Step): string => `${target}\n${account}`;

export type Verdict =
  /** The same is asked first. */
  | { is: 'same'; first: Step }
  | { is: 'other'; first: Step; before: Step | undefined }
  /** Nobody is left. */
  | { is: 'nobody' };

/** What becomes of a request when something is down. */
export function verdictOf(now: Explained, then: Explained): Verdict {
  const [first] = then.steps;
  const [before] = now.steps;
  if (!first) return { is: 'nobody' };
  return before && keyOf(before) === keyOf(first) ? { is: 'same', first } : { is: 'other', first, before };
}

export interface Involved {
  accounts: AccountView[];
  /** Those with several of these accounts: their ids. */
  providers: string[];
}

/** Whose being down could matter to a plan: the accounts in it, and what was chosen already. */
export function involvedIn(plan: Explained | undefined, accounts: readonly AccountView[], down: readonly string[]): Involved {
  const names = new Set([...(plan?.steps ?? []), ...(plan?.skipped ?? [])].map(({ account }) => account));
  const mine = accounts.filter(({ id, name, enabled }) => down.includes(id) || (enabled && names.has(name)));
  const counts = new Map<string, number>();
  for (const { provider } of mine) counts.set(provider, (counts.get(provider) ?? 0) + 1);
  const providers = [...counts].flatMap(([id, count]) => (count > 1 || down.includes(id) ? [id] : []));
  return { accounts: mine, providers };
}

export function toggled(down: readonly string[], id: string): string[] {
  return down.includes(id) ? down.filter((entry) => entry !== id) : [...down, id];
}
