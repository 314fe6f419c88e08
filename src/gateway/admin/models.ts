import { setImmediate } from 'node:timers/promises';
import type { Context, Hono } from 'hono';
import { AUTO_NAMES } from '../../config/name-problems.ts';
import type { Config } from '../../config/schema.ts';
import { paidPrices } from '../../ledger/cost.ts';
import { contextOf, pricesReady } from '../../ledger/prices.ts';
import { groupView, type ModelView, modelView } from '../../routing/model-view.ts';
import type { ListedModel } from '../../routing/models.ts';
import type { Env, Gateway } from '../context.ts';
import { routable } from '../routable.ts';

/** `GET /admin/models`: every name that routes, with what is known of it. */
export function modelRoutes(admin: Hono<Env>, gateway: Gateway): void {
  const views = new ModelViews(gateway);
  admin.get('/models', async (c) => c.body(`{"models":[${(await views.list(c)).join(',')}]}`, 200, { 'content-type': 'application/json' }));
}

/** How long a view is kept: some list prices depend on the hour. */
const KEPT_MS = 30 * 60_000;
/** Price lists are searched in slices of this many milliseconds: streams must not wait for thousands of models. */
const SLICE_MS = 5;

interface Kept {
  view: ModelView;
  /** The view as JSON: written anew, those of thousands of models would take longer than all the rest. */
  text: string;
  at: number;
  /** What it was made of. */
  prices: Config['prices'];
  accounts: string;
}

class ModelViews {
  readonly #gateway: Gateway;
  /** By what a list says of a model, which stays the same object until the list is read again. */
  readonly #kept = new WeakMap<ListedModel['info'], Kept>();

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  /** The views, each as JSON. */
  async list(c: Context<Env>): Promise<string[]> {
    await pricesReady();
    const { own, models } = await routable(c, this.#gateway);
    const views = await this.#viewsOf(models);
    const wanted = new Set(own.flatMap(({ targets }) => targets.map((target) => target.name)));
    const known = new Map(views.flatMap(({ view }) => (wanted.has(view.name) ? [[view.name, view]] : [])));
    const { combos, aliases } = this.#gateway.config();
    const groups = own.map(({ name, targets }) => groupView(headOf(name, { combos, aliases }), targets, known));
    return [...groups.map((view) => JSON.stringify(view)), ...views.map(({ text }) => text)];
  }

  async #viewsOf(models: readonly ListedModel[]): Promise<Kept[]> {
    const views: Kept[] = [];
    const { prices } = this.#gateway.config();
    const priceOf = paidPrices(prices);
    let began = performance.now();
    for (const model of models) {
      views.push(this.#viewOf(model, prices, priceOf));
      if (performance.now() - began < SLICE_MS) continue;
      await setImmediate();
      began = performance.now();
    }
    return views;
  }

  #viewOf(model: ListedModel, prices: Config['prices'], priceOf: ReturnType<typeof paidPrices>): Kept {
    const { name, info, account } = model;
    const now = this.#gateway.now();
    const accounts = model.accounts.map(({ config }) => config.id).join(' ');
    const kept = this.#kept.get(info);
    if (kept && kept.view.name === name && kept.accounts === accounts && kept.prices === prices && now - kept.at < KEPT_MS) return kept;
    const { provider } = account;
    const facts = { context: contextOf(provider, info.id), price: priceOf({ provider, model: info.id, name }) };
    const view = modelView(model, facts);
    const made = { view, text: JSON.stringify(view), at: now, prices, accounts };
    this.#kept.set(info, made);
    return made;
  }
}

function headOf(name: string, { combos, aliases }: Pick<Config, 'combos' | 'aliases'>): Pick<ModelView, 'name' | 'kind' | 'targets'> {
  const combo = combos.find((entry) => entry.name === name);
  if (combo) return { name, kind: 'combo', targets: combo.targets };
  if (AUTO_NAMES.some((auto) => auto === name)) return { name, kind: 'auto' };
  return { name, kind: 'alias', targets: [aliases[name] ?? ''].filter(Boolean) };
}
