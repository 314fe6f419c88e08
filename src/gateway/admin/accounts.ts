import type { Context, Hono } from 'hono';
import * as z from 'zod';
import {
  accountNamed,
  addAccount,
  draftAccount,
  editAccount,
  isKeyless,
  joinedAccount,
  ManageError,
  newAccountSchema,
  removeAccount,
  vaultName,
} from '../../accounts/manage.ts';
import type { AccountConfig } from '../../config/schema.ts';
import type { Env, Gateway } from '../context.ts';
import { freshen, refuseRefused, refuseUnproven, tested, testView } from './account-test.ts';
import { accountView } from './account-view.ts';
import { checkedBody, jsonBody } from './body.ts';
import { candidateFields, ONE_OF_THEM, oneOfThem, testModel } from './candidate.ts';
import { change } from './change.ts';
import { removedBudgets } from './removed-budgets.ts';

const newAccount = newAccountSchema
  .extend({
    ...candidateFields,
    noKey: z.boolean().optional(),
    test: z.boolean().default(true),
    mustReach: z.boolean().default(false),
    model: testModel,
  })
  .refine(oneOfThem, ONE_OF_THEM);

/** Where and how the account is reached: what was noted against the old address says nothing about the new one. */
const ADDRESS: ReadonlySet<string> = new Set(['baseUrl', 'parameters', 'headers', 'proxy']);

/** `/admin/accounts`: list, add (tested first), show, edit, remove, test. */
export function accountRoutes(admin: Hono<Env>, gateway: Gateway): void {
  const view = (entry: AccountConfig) => accountView(entry, gateway.router.health.list());
  admin.get('/accounts', (c) => {
    const health = gateway.router.health.list();
    return c.json({ accounts: gateway.config().accounts.map((entry) => accountView(entry, health)) });
  });
  admin.get('/accounts/:id', (c) => c.json({ account: view(accountNamed(gateway.config(), c.req.param('id'))) }));
  admin.post('/accounts', (c) => add(c, gateway));
  admin.patch('/accounts/:id', async (c) => {
    const edit = await jsonBody(c);
    const entry = await change(gateway, (config) => editAccount(config, c.req.param('id'), edit));
    gateway.models.clear(entry.id);
    if (Object.keys(edit).some((field) => ADDRESS.has(field))) gateway.router.health.reset({ account: entry.id });
    return c.json({ account: view(entry) });
  });
  admin.delete('/accounts/:id', async (c) => {
    const { account, secret, budgets } = await change(gateway, (config) => removeAccount(config, c.req.param('id')));
    if (secret !== undefined) await gateway.vault.delete(secret);
    gateway.models.clear(account.id);
    gateway.router.health.reset({ account: account.id });
    gateway.router.quota.forget(account.id);
    return c.json({ removed: account.id, ...removedBudgets(budgets) });
  });
  admin.post('/accounts/:id/test', async (c) => {
    const { model } = await checkedBody(c, z.strictObject({ model: testModel }));
    const entry = accountNamed(gateway.config(), c.req.param('id'));
    const result = await tested(c, gateway, entry, { model });
    if (result.ok && result.proof !== 'none') freshen(gateway, entry.id);
    const changes = [{ field: 'result', after: result.ok ? result.proof : result.refused ? 'refused' : 'failed' }];
    gateway.audit.audit({ who: c.get('key').name, what: 'account.tested', subject: entry.name, changes });
    return c.json({ test: testView(result) });
  });
}

async function add(c: Context<Env>, gateway: Gateway): Promise<Response> {
  const { key, env, noKey, test, mustReach, model, ...fields } = await checkedBody(c, newAccount);
  const draft = draftAccount(fields);
  const { provider } = joinedAccount(draft);
  if (key === undefined && env === undefined && !noKey && !isKeyless(provider)) {
    throw new ManageError('invalid', `${provider.id} needs a key: give key, or env with the name of a variable`, 'key');
  }
  // Before the provider is asked: a name that is taken need not wait for it.
  addAccount(structuredClone(gateway.config()), draft);
  const candidate = key !== undefined ? { key } : env !== undefined ? { env } : undefined;
  const result = test ? await tested(c, gateway, draft, { candidate, model }) : undefined;
  if (result) refuseRefused(result);
  if (result && mustReach) refuseUnproven(result);
  const credential = key !== undefined ? { secret: vaultName(draft.id) } : env !== undefined ? { env } : undefined;
  const entry = credential ? { ...draft, credential } : draft;
  await keep(gateway, entry, key);
  if (result?.ok) freshen(gateway, entry.id);
  const body = {
    account: accountView(entry, gateway.router.health.list()),
    test: result && testView(result),
    notice: provider.terms.notice,
  };
  return c.json(body, 201);
}

/** The key first, since an account without its key is of no use; should the config refuse the account, the key goes again. */
async function keep(gateway: Gateway, entry: AccountConfig, key: string | undefined): Promise<void> {
  if (key !== undefined) await gateway.vault.set(vaultName(entry.id), key);
  try {
    await change(gateway, (config) => addAccount(config, entry));
  } catch (error) {
    if (key !== undefined) await gateway.vault.delete(vaultName(entry.id));
    throw error;
  }
}
