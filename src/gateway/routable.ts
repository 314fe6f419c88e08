import { setImmediate } from 'node:timers/promises';
import type { Context } from 'hono';
import { keyAllows } from '../accounts/gateway-keys.ts';
import { AUTO_NAMES } from '../config/name-problems.ts';
import { ownNames } from '../config/own-names.ts';
import type { Config } from '../config/schema.ts';
import { GatewayError } from '../conversation/error.ts';
import type { Needs } from '../routing/facts.ts';
import type { ListedModel } from '../routing/models.ts';
import type { Target } from '../routing/target.ts';
import type { Env, Gateway } from './context.ts';

/** How long a list waits for providers that were never asked before; after that the seed stands in. */
const PATIENCE_MS = 1000;
const NO_NEEDS: Needs = { tools: false, vision: false, inputTokens: 0 };

/** A name of the user's own, or of automatic routing, and where it leads. */
export interface OwnName {
  name: string;
  targets: Target[];
}

/** What would route, as far as the key of the request may name it: own names first, then the models of all accounts. */
export async function routable(c: Context<Env>, gateway: Gateway): Promise<{ own: OwnName[]; models: ListedModel[] }> {
  const { blockedProviders } = gateway.config().settings.rules;
  const accounts = gateway.accounts().filter(({ provider }) => !blockedProviders.includes(provider.id));
  const listed = await gateway.models.list(accounts, PATIENCE_MS);
  const key = c.get('key');
  const may = ({ name }: { name: string }): boolean => keyAllows(key, name);
  const own: OwnName[] = [];
  for (const name of ownNames(gateway.config())) {
    if (!may({ name })) continue;
    const targets = AUTO.has(name) ? autoTargets(gateway, name, key.name) : targetsOf(gateway, name, key.name);
    if (targets.length > 0) own.push({ name, targets });
    // Streams go on between two plans: one over thousands of models takes a while.
    await setImmediate();
  }
  return { own, models: listed.filter(may) };
}

const AUTO: ReadonlySet<string> = new Set(AUTO_NAMES);
/** Automatic routing weighs every model of every account, and a list of models need not be that exact. */
const AUTO_KEPT_MS = 60_000;
const autoKept = new WeakMap<Config, Map<string, { targets: Target[]; at: number }>>();

function autoTargets(gateway: Gateway, name: string, key: string): Target[] {
  const config = gateway.config();
  const kept = autoKept.get(config) ?? new Map<string, { targets: Target[]; at: number }>();
  autoKept.set(config, kept);
  const id = `${name} ${key}`;
  const known = kept.get(id);
  if (known && gateway.now() - known.at < AUTO_KEPT_MS) return known.targets;
  const targets = targetsOf(gateway, name, key);
  kept.set(id, { targets, at: gateway.now() });
  return targets;
}

/** Where a name leads, what cannot be asked just now included; nothing when it leads nowhere, or nowhere it may. */
function targetsOf(gateway: Gateway, name: string, key: string): Target[] {
  try {
    const plan = gateway.router.plan({ name, client: 'openai-chat', needs: NO_NEEDS, asker: { key } });
    const skipped = plan.skipped.filter(({ block }) => block.reason !== 'not-allowed');
    return [...plan.steps, ...skipped].map(({ target }) => target);
  } catch (error) {
    if (error instanceof GatewayError) return [];
    throw error;
  }
}
