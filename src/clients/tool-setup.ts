import { isDeepStrictEqual } from 'node:util';
import { matchesAny } from '../config/wildcard.ts';
import type { Client, Found, OfferedModel, Setup } from './client.ts';
import type { KeyLimits, LimitChange, ToolKey, ToolKeys } from './key-keeper.ts';
import { type GatewayModel, offer, offered, usualModel } from './offer.ts';
import type { AppliedSetup, Preview, Refusal, Setups } from './setup-contract.ts';
import { look, type ToolLook } from './tool-look.ts';

/** What is asked of the gateway, or known of one that does not run. */
export interface GatewaySide {
  /** Where it listens, or will; no slash at the end. */
  origin: string;
  /** False: where it will listen is assumed. */
  running: boolean;
  /** Every name that can be asked for. */
  models(): Promise<GatewayModel[]>;
  /** Throws, with the nearest names, when a name leads nowhere. */
  check(model: string): Promise<void>;
  /** When the tool with the key of this name asked last, milliseconds since the epoch; `undefined`: never, or not known. */
  lastSeen(keyName: string): Promise<number | undefined>;
}

export interface ToolSetupOptions {
  setups: Setups;
  keys: ToolKeys;
  gateway: GatewaySide;
}

/** What the user wants; what is absent stays as it is, or is chosen. */
export interface Wish extends LimitChange {
  model?: string | undefined;
}

/** What would be written, to be shown before. The key in it is a stand-in where one is still to be made. */
export interface Prepared {
  ok: true;
  client: Client;
  setup: Setup;
  preview: Extract<Preview, { ok: true }>;
  key: ToolKey;
  limits: LimitChange;
  /** Sentences for people. */
  notes: string[];
}

export type Refused = { ok: false; refusal: Refusal };
export type Written = {
  ok: true;
  /** `limits`: what the key may do alone was changed. */
  is: 'written' | 'unchanged' | 'limits';
  keyName: string;
  keyIsNew: boolean;
  applied: AppliedSetup | undefined;
};
export type Undone =
  | { ok: true; is: 'undone'; files: string[]; kept: string[]; keyRemoved: boolean; budgets: number }
  /** Nothing of ours was there; `keyRemoved`: but a key that had been left over. */
  | { ok: true; is: 'nothing'; keyRemoved: boolean };

/** A wish that cannot be fulfilled: the sentence says what to write instead. */
export class WishError extends Error {
  override readonly name = 'WishError';
}

/** Stands in previews for a key that is not made yet; so short that it is masked without the last four characters that keys show. */
const STAND_IN = 'omr-to-be-made';

/** Sets tools up, each with a gateway key of its own, and takes that back; the same for the command line and the editor. */
export class ToolSetup {
  readonly #setups: Setups;
  readonly #keys: ToolKeys;
  readonly #gateway: GatewaySide;

  constructor({ setups, keys, gateway }: ToolSetupOptions) {
    this.#setups = setups;
    this.#keys = keys;
    this.#gateway = gateway;
  }

  /** How a tool stands: as its files tell, and whether its address, key and model are still the gateway's. */
  async look(client: Client): Promise<ToolLook> {
    return await look(client, { setups: this.#setups, keys: this.#keys, gateway: this.#gateway });
  }

  /** What would be written. Changes nothing, makes no key. Throws WishError, or the gateway's words for a model that leads nowhere. */
  async prepare(client: Client, wish: Wish): Promise<Prepared | Refused> {
    const { found, applied } = await this.#setups.state(client);
    const key = await this.#keys.find(client.id, applied, found.key);
    const limits = limitsOf(key, wish);
    const { model, models, notes } = await this.#models(wish.model, modelBefore(found, applied), limits.models);
    const setup: Setup = { origin: this.#gateway.origin, key: key.is === 'good' ? key.key : STAND_IN, model, models };
    const preview = await this.#setups.preview(client, setup);
    if (!preview.ok) return preview;
    return { ok: true, client, setup, preview, key, limits: changeOf(key, wish), notes };
  }

  /** Writes what was prepared and shown. A key that was made for it is taken back when nothing could be written. */
  async write(prepared: Prepared): Promise<Written | Refused> {
    const { client, key, preview, limits } = prepared;
    if (key.is === 'good' && preview.unchanged) return await this.#unchanged(prepared, key);
    const held = await this.#keys.hold(client.id, key, limitsIn(limits));
    try {
      const done = await this.#apply(prepared, { ...prepared.setup, key: held.key }, held.id);
      if (!done.ok && held.isNew) await this.#keys.drop(client.id, held.id);
      if (!done.ok) return done;
    } catch (error) {
      if (held.isNew) await this.#keys.drop(client.id, held.id);
      throw error;
    }
    if (!held.isNew && hasChange(limits)) await this.#keys.limit(held.id, limits);
    const { applied } = await this.#setups.state(client);
    return { ok: true, is: 'written', keyName: held.name, keyIsNew: held.isNew, applied };
  }

  /** Takes back what was written, and the tool's key. */
  async undo(client: Client): Promise<Undone | Refused> {
    const { found, applied } = await this.#setups.state(client);
    const key = await this.#keys.find(client.id, applied, found.key);
    const keyId = 'row' in key ? key.row.id : undefined;
    if (!applied) {
      if (keyId !== undefined) await this.#keys.drop(client.id, keyId);
      return { ok: true, is: 'nothing', keyRemoved: keyId !== undefined };
    }
    const undone = await this.#setups.undo(client);
    if (!undone.ok) return undone;
    const budgets = await this.#keys.drop(client.id, keyId);
    return { ...undone, is: 'undone', keyRemoved: keyId !== undefined, budgets };
  }

  /** Previews hold the key, so one that was made since they were shown needs a new one; the files must be those that were shown. */
  async #apply({ client, setup, preview }: Prepared, real: Setup, keyId: string): Promise<{ ok: true } | Refused> {
    if (real.key === setup.key) return await this.#setups.apply(client, real, preview, keyId);
    const again = await this.#setups.preview(client, real);
    if (!again.ok) return again;
    const changed = again.files.find(({ path, readAt }) => preview.files.find((file) => file.path === path)?.readAt.hash !== readAt.hash);
    if (changed) return { ok: false, refusal: changedSince(changed.path) };
    return await this.#setups.apply(client, real, again, keyId);
  }

  async #unchanged({ client, limits }: Prepared, { row }: Extract<ToolKey, { is: 'good' }>): Promise<Written> {
    if (hasChange(limits)) await this.#keys.limit(row.id, limits);
    const { applied } = await this.#setups.state(client);
    return { ok: true, is: hasChange(limits) ? 'limits' : 'unchanged', keyName: row.name, keyIsNew: false, applied };
  }

  async #models(
    wanted: string | undefined,
    before: string | undefined,
    patterns: string[] | undefined,
  ): Promise<{ model: string; models: OfferedModel[]; notes: string[] }> {
    const all = await this.#gateway.models();
    const { models, leftOut } = offer(all, patterns);
    const { model, notes } = await this.#model({ wanted, before, patterns }, models);
    const known = models.find(({ name }) => name === model);
    const chosen = known ?? all.find(({ name }) => name === model) ?? { name: model, title: model, kind: 'model' };
    if (leftOut > 0)
      notes.push(`It is told of ${models.length} models; ${leftOut} more can be asked for by name, or chosen with --models.`);
    return { model, models: (known ? models : [chosen, ...models]).map(offered), notes };
  }

  async #model(
    { wanted, before, patterns }: { wanted: string | undefined; before: string | undefined; patterns: string[] | undefined },
    models: readonly GatewayModel[],
  ): Promise<{ model: string; notes: string[] }> {
    const may = (name: string): boolean => !patterns || matchesAny(patterns, name);
    if (wanted !== undefined) {
      if (!may(wanted)) throw new WishError(`The model "${wanted}" is not among those the tool may use: ${patterns?.join(', ')}.`);
      await this.#gateway.check(wanted);
      return { model: wanted, notes: [] };
    }
    const usual = usualModel(models, patterns);
    if (before !== undefined && may(before) && (await this.#leadsSomewhere(before, usual))) return { model: before, notes: [] };
    if (usual === undefined) throw new WishError(`No model fits ${patterns?.join(', ')}. "omniroute models" lists those there are.`);
    const gone = before === undefined || before === usual ? [] : [`"${before}" is not to be had any more; the model is now "${usual}".`];
    return { model: usual, notes: models.some(({ name }) => name === usual) ? gone : [...gone, NO_ACCOUNT] };
  }

  async #leadsSomewhere(model: string, usual: string | undefined): Promise<boolean> {
    if (model === usual) return true;
    return await this.#gateway.check(model).then(
      () => true,
      () => false,
    );
  }
}

/** The model a tool was set up with, or that the user has chosen in it since, among those it was told of. */
function modelBefore({ model }: Found, applied: AppliedSetup | undefined): string | undefined {
  return model !== undefined && applied?.models.includes(model) ? model : applied?.model;
}

const NO_ACCOUNT = 'No model can be asked yet: add an account ("omniroute account add").';

function limitsOf(key: ToolKey, { models }: Wish): KeyLimits {
  const before = 'row' in key ? key.row.models : undefined;
  return { models: models === undefined ? before : (models ?? undefined) };
}

/** What the key is to be given or to lose. One that expired gives way to a new one that may do the same. */
function changeOf(key: ToolKey, wish: Wish): LimitChange {
  const before: KeyLimits = 'row' in key ? { models: key.row.models, rpm: key.row.rpm } : {};
  const models = wish.models === undefined && key.is === 'expired' ? before.models : wish.models;
  const rpm = wish.rpm === undefined && key.is === 'expired' ? before.rpm : wish.rpm;
  if (key.is === 'expired') return { models, rpm };
  return {
    models: isDeepStrictEqual(models ?? undefined, before.models) ? undefined : models,
    rpm: (rpm ?? undefined) === before.rpm ? undefined : rpm,
  };
}

function limitsIn({ models, rpm }: LimitChange): KeyLimits {
  return { ...(models ? { models } : {}), ...(rpm == null ? {} : { rpm }) };
}

function hasChange({ models, rpm }: LimitChange): boolean {
  return models !== undefined || rpm !== undefined;
}

function changedSince(path: string): Refusal {
  return { is: 'changed', path, message: `${path} was changed since it was shown. Nothing was written; try again.` };
}
