import type { Account } from '../../accounts/account.ts';
import type { ClientDialectId } from '../../conversation/dialect-id.ts';
import { endpointFor } from '../../providers/endpoint.ts';
import type { ModelInfo } from '../../providers/provider.ts';
import type { Directory } from '../facts.ts';
import type { Target } from '../target.ts';

/** What was worked out for one list of one account's models. */
interface Listed {
  models: readonly ModelInfo[];
  /** Made when the same list is seen again: a list made anew for each request would cost more to index than to search. */
  byId: Map<string, ModelInfo> | undefined;
  targets: Map<string, Target>;
}

// Every request looks a name up, perhaps at every account: lists of hundreds of models are not searched each time.
const seen = new WeakMap<Account, Listed>();

/** What an account's list says of a model; `undefined` when it is not listed. */
export function infoOn(account: Account, model: string, directory: Directory): ModelInfo | undefined {
  return infoIn(listedOf(account, directory), model);
}

/** The account's model as a place to send a request to. A model need not be listed, except where nobody but us could answer for it. */
export function targetOn(account: Account, model: string, client: ClientDialectId, directory: Directory): Target | undefined {
  if (model === '') return undefined;
  const listed = listedOf(account, directory);
  const key = `${client} ${model}`;
  const known = listed.targets.get(key);
  if (known) return known;
  const info = infoIn(listed, model);
  if (account.provider.offline && !info) return undefined;
  const chosen = endpointFor(account.provider, client, model, account.config);
  if (!chosen) return undefined;
  const target: Target = { account, model, name: `${account.prefix}/${model}`, ...chosen, ...(info ? { info } : {}) };
  // Only listed ones are kept: what clients may make up has no end.
  if (info) listed.targets.set(key, target);
  return target;
}

function listedOf(account: Account, directory: Directory): Listed {
  const models = directory.modelsOf(account);
  let listed = seen.get(account);
  if (listed?.models === models) {
    listed.byId ??= index(models);
  } else {
    listed = { models, byId: undefined, targets: new Map() };
    seen.set(account, listed);
  }
  return listed;
}

function infoIn({ byId, models }: Listed, model: string): ModelInfo | undefined {
  return byId ? byId.get(model) : models.find(({ id }) => id === model);
}

function index(models: readonly ModelInfo[]): Map<string, ModelInfo> {
  const byId = new Map<string, ModelInfo>();
  for (const info of models) if (!byId.has(info.id)) byId.set(info.id, info);
  return byId;
}
