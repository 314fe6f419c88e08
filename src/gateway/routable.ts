import type { Context } from 'hono';
import { keyAllows } from '../accounts/gateway-keys.ts';
import { ownNames } from '../config/own-names.ts';
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
  const own = ownNames(gateway.config()).map((name) => ({ name, targets: targetsOf(gateway, name, key.name) }));
  return { own: own.filter((entry) => entry.targets.length > 0 && may(entry)), models: listed.filter(may) };
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
