import { type Account, accountsOf, Credentials } from '../../accounts/account.ts';
import { AccountList } from '../../accounts/account-list.ts';
import { FileVault } from '../../accounts/file-vault.ts';
import type { GatewaySide } from '../../clients/tool-setup.ts';
import { AUTO_NAMES } from '../../config/name-problems.ts';
import { ownNames } from '../../config/own-names.ts';
import type { Config } from '../../config/schema.ts';
import { StateFile } from '../../config/state-file.ts';
import { GatewayError } from '../../conversation/error.ts';
import { contextOf, pricesReady } from '../../ledger/prices.ts';
import { groupView, type ModelView, modelView } from '../../routing/model-view.ts';
import { ModelBook } from '../../routing/models.ts';
import { openRouter } from '../../routing/open-router.ts';
import type { Router } from '../../routing/router.ts';
import type { Target } from '../../routing/target.ts';
import { toolModels } from '../../routing/tool-models.ts';
import { Upstream } from '../../upstream/http.ts';
import type { Io } from '../io.ts';

/** How long providers are waited for; after that the catalogue's models stand in. */
const PATIENCE_MS = 3000;

/** What the config and the providers tell of a gateway that does not run. Providers are asked once, when first needed. */
export function offlineFacts(folder: string, config: Config, origin: string, io: Io): GatewaySide {
  let open: Promise<{ router: Router; views: ModelView[] }> | undefined;
  const opened = (): Promise<{ router: Router; views: ModelView[] }> => {
    open ??= openOffline(folder, config, io);
    return open;
  };
  return {
    origin,
    running: false,
    models: async () => toolModels((await opened()).views),
    check: async (model) => void planned((await opened()).router, model),
    lastSeen: async () => undefined,
  };
}

async function openOffline(folder: string, config: Config, io: Io): Promise<{ router: Router; views: ModelView[] }> {
  const report = (line: string): unknown => io.stderr.write(`${line}\n`);
  const upstream = new Upstream(config.settings.timeouts.connectMs);
  try {
    const book = new ModelBook(upstream, new Credentials(new FileVault(folder), io.env, upstream), Date.now);
    const { blockedProviders } = config.settings.rules;
    const accounts = accountsOf(config, report).filter(({ provider }) => !blockedProviders.includes(provider.id));
    const [listed] = await Promise.all([book.list(accounts, PATIENCE_MS), pricesReady()]);
    const models = new Map(accounts.map((account) => [account.config.id, book.modelsOf(account)]));
    const modelsOf = ({ config: { id }, provider }: Account) => models.get(id) ?? provider.models.seed;
    const router = openRouter(() => config, new AccountList(() => {}), new StateFile(folder, report), modelsOf);
    const views = listed.map((model) => modelView(model, { context: contextOf(model.account.provider, model.info.id), price: undefined }));
    return { router, views: [...ownViews(config, router, views), ...views] };
  } finally {
    await upstream.close();
  }
}

function ownViews(config: Config, router: Router, models: readonly ModelView[]): ModelView[] {
  const known = new Map(models.map((view) => [view.name, view]));
  return ownNames(config).flatMap((name) => {
    const targets = targetsOf(router, name);
    return targets.length > 0 ? [groupView({ name, kind: kindOf(name, config) }, targets, known)] : [];
  });
}

function kindOf(name: string, { combos }: Config): ModelView['kind'] {
  if (combos.some((combo) => combo.name === name)) return 'combo';
  return AUTO_NAMES.some((auto) => auto === name) ? 'auto' : 'alias';
}

function targetsOf(router: Router, name: string): Target[] {
  try {
    return planned(router, name);
  } catch (error) {
    if (error instanceof GatewayError) return [];
    throw error;
  }
}

/** Where a name leads, what cannot be asked just now included. Throws GatewayError, with the nearest names, for one that leads nowhere. */
function planned(router: Router, name: string): Target[] {
  const needs = { tools: false, vision: false, inputTokens: 0 };
  const { steps, skipped } = router.plan({ name, client: 'openai-chat', needs, asker: { key: '' } });
  return [...steps, ...skipped].map(({ target }) => target);
}
