import type { Account } from '../accounts/account.ts';
import { nearest } from '../config/nearest.ts';
import type { ComboConfig } from '../config/schema.ts';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';
import { endpointFor } from '../providers/endpoint.ts';
import type { ModelInfo } from '../providers/provider.ts';
import type { Target } from './target.ts';

export { nearest } from '../config/nearest.ts';

/** What names can be resolved against. */
export interface Directory {
  accounts: readonly Account[];
  combos: readonly ComboConfig[];
  /** Models known of an account (live list or seed). */
  modelsOf(account: Account): ModelInfo[];
}

/**
 * The places a model name stands for, in the order they are tried: a combo's targets; `prefix/model` on every account with that
 * prefix; a bare model id on every account that lists it. Throws class `capability` (404), naming what comes nearest. Pure.
 */
export function resolve(name: string, client: ClientDialectId, directory: Directory): Target[] {
  const combo = directory.combos.find((entry) => entry.name === name);
  const targets = combo
    ? combo.targets.flatMap((target) => resolveModel(target, client, directory))
    : resolveModel(name, client, directory);
  if (targets.length > 0) return targets;
  const near = nearest(name, knownNames(directory), 3);
  const hint = near.length > 0 ? ` Did you mean ${near.map((entry) => `"${entry}"`).join(', ')}?` : ' GET /v1/models lists what there is.';
  throw new GatewayError({
    class: 'capability',
    status: 404,
    code: 'model_not_found',
    param: 'model',
    message: `There is no model "${name}" here.${hint}`,
  });
}

function resolveModel(name: string, client: ClientDialectId, directory: Directory): Target[] {
  const slash = name.indexOf('/');
  const prefix = name.slice(0, slash);
  const prefixed = slash > 0 ? directory.accounts.filter((account) => account.prefix === prefix) : [];
  if (prefixed.length > 0) return prefixed.flatMap((account) => targetOn(account, name.slice(slash + 1), client, directory));
  const listing = directory.accounts.filter((account) => directory.modelsOf(account).some((info) => info.id === name));
  return listing.flatMap((account) => targetOn(account, name, client, directory));
}

function targetOn(account: Account, model: string, client: ClientDialectId, directory: Directory): Target[] {
  if (model === '') return [];
  const info = directory.modelsOf(account).find((entry) => entry.id === model);
  if (account.provider.offline && !info) return [];
  const chosen = endpointFor(account.provider, client, model, account.config);
  return chosen ? [{ account, model, name: `${account.prefix}/${model}`, ...chosen, ...(info ? { info } : {}) }] : [];
}

function knownNames(directory: Directory): string[] {
  const models = directory.accounts.flatMap((account) => directory.modelsOf(account).map((info) => `${account.prefix}/${info.id}`));
  return [...directory.combos.map((combo) => combo.name), ...models];
}
