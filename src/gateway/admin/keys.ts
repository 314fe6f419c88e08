import type { Hono } from 'hono';
import * as z from 'zod';
import { addKey, isAdmin, limitKey, rotateKey } from '../../accounts/gateway-keys.ts';
import { dropKeyBudgets, ManageError } from '../../accounts/manage.ts';
import { patternSchema } from '../../config/names.ts';
import type { BudgetConfig, Config, KeyConfig } from '../../config/schema.ts';
import type { Env, Gateway } from '../context.ts';
import { FIRST_KEY, FIRST_KEY_SECRET } from '../first-key.ts';
import { checkedBody } from './body.ts';
import { change } from './change.ts';
import { removedBudgets } from './removed-budgets.ts';

const newKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  models: z.array(patternSchema).min(1).optional(),
  rpm: z.number().int().positive().optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  admin: z.boolean().optional(),
});
const limits = z.strictObject({
  models: z.array(patternSchema).min(1).nullable().optional(),
  rpm: z.number().int().positive().nullable().optional(),
});
/** A day, so that tools can be changed over in peace; a month at most. */
const rotation = z.strictObject({
  graceSeconds: z
    .number()
    .int()
    .min(0)
    .max(31 * 86_400)
    .default(86_400),
});

/** `/admin/keys`: the gateway's own keys. A key itself is shown once, in the answer that makes it. */
export function keyRoutes(admin: Hono<Env>, gateway: Gateway): void {
  const now = (): Date => new Date(gateway.now());
  admin.get('/keys', (c) => c.json({ keys: gateway.config().keys.map(keyView) }));
  admin.post('/keys', async (c) => {
    const { name, ...options } = await checkedBody(c, newKey);
    const { key, entry } = await change(gateway, (config) => {
      if (config.keys.some((other) => other.name === name)) {
        throw new ManageError('duplicate', `There is already a key named "${name}".`, 'name');
      }
      return addKey(config, name, options, now());
    });
    return c.json({ key, entry: keyView(entry) }, 201);
  });
  admin.patch('/keys/:id', async (c) => {
    const given = await checkedBody(c, limits);
    const entry = await change(gateway, (config) => limitKey(config, keyNamed(config, c.req.param('id')).id, given));
    return c.json({ entry: keyView(entry) });
  });
  admin.post('/keys/:id/rotate', async (c) => {
    const { graceSeconds } = await checkedBody(c, rotation);
    const { key, entry } = await change(gateway, (config) => rotated(config, c.req.param('id'), graceSeconds * 1000, now()));
    // The first key is shown again at each start, from the vault.
    if (entry.name === FIRST_KEY) await gateway.vault.set(FIRST_KEY_SECRET, key);
    return c.json({ key, entry: keyView(entry) });
  });
  admin.delete('/keys/:id', async (c) => {
    const { entry, budgets } = await change(gateway, (config) => removeKey(config, c.req.param('id')));
    if (entry.name === FIRST_KEY) await gateway.vault.delete(FIRST_KEY_SECRET);
    return c.json({ removed: entry.id, ...removedBudgets(budgets) });
  });
}

function keyNamed(config: Config, nameOrId: string): KeyConfig {
  const entry = config.keys.find(({ id }) => id === nameOrId) ?? config.keys.find(({ name }) => name === nameOrId);
  if (!entry) throw new ManageError('not_found', `There is no key named "${nameOrId}".`);
  return entry;
}

function rotated(config: Config, nameOrId: string, graceMs: number, now: Date): { key: string; entry: KeyConfig } {
  const { id, name, expiresAt } = keyNamed(config, nameOrId);
  if (expiresAt !== undefined && !(now.getTime() < Date.parse(expiresAt))) {
    throw new ManageError('invalid', `The key "${name}" expired at ${expiresAt}: a new one would be refused too.`);
  }
  return rotateKey(config, id, graceMs, now);
}

function removeKey(config: Config, nameOrId: string): { entry: KeyConfig; budgets: BudgetConfig[] } {
  const entry = keyNamed(config, nameOrId);
  const left = config.keys.filter((other) => other !== entry);
  if (isAdmin(entry) && !left.some(isAdmin)) {
    throw new ManageError('in_use', `"${entry.name}" is the last key that may change anything: make another admin key first.`);
  }
  config.keys = left;
  return { entry, budgets: dropKeyBudgets(config, entry.name) };
}

/** A key as it is shown: no hash, of the key its last four characters. */
function keyView({ id, name, hint, createdAt, models, rpm, expiresAt, previous, admin }: KeyConfig) {
  return { id, name, hint, createdAt, models, rpm, expiresAt, previousUntil: previous?.until, admin: admin === true || name === FIRST_KEY };
}
