import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { accountNamed, ManageError, ownVaultName, setCredential } from '../../accounts/manage.ts';
import type { Env, Gateway } from '../context.ts';
import { type Candidate, freshen, refuseRefused, tested, testView } from './account-test.ts';
import { accountView } from './account-view.ts';
import { checkedBody } from './body.ts';
import { candidateFields, ONE_OF_THEM, oneOfThem, testModel } from './candidate.ts';
import { change } from './change.ts';

const rotation = z.strictObject({ ...candidateFields, force: z.boolean().default(false), model: testModel }).refine(oneOfThem, ONE_OF_THEM);

/** `POST /admin/accounts/:id/key`: another key for an account, tested first; a refused one changes nothing. */
export function accountKeyRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.post('/accounts/:id/key', (c) => rotate(c, gateway, c.req.param('id')));
}

async function rotate(c: Context<Env>, gateway: Gateway, nameOrId: string): Promise<Response> {
  const { key, env, force, model } = await checkedBody(c, rotation);
  const candidate = key !== undefined ? { key } : env !== undefined ? { env } : undefined;
  if (!candidate) throw new ManageError('invalid', 'key or env is needed', 'key');
  const { id } = accountNamed(gateway.config(), nameOrId);
  const result = force ? undefined : await tested(c, gateway, accountNamed(gateway.config(), id), { candidate, model });
  if (result) refuseRefused(result);
  await exchange(gateway, id, candidate);
  freshen(gateway, id);
  const account = accountView(accountNamed(gateway.config(), id), gateway.router.health.list());
  return c.json({ account, test: result && testView(result) });
}

async function exchange(gateway: Gateway, id: string, candidate: Candidate): Promise<void> {
  const { vault } = gateway;
  const set = (credential: { secret: string } | { env: string }) =>
    change(gateway, (config) => setCredential(config, id, credential, new Date(gateway.now())));
  if ('env' in candidate) {
    const { unused } = await set(candidate);
    if (unused !== undefined) await vault.delete(unused);
    return;
  }
  const name = ownVaultName(gateway.config(), id);
  // An old key that cannot be read any more is no reason to refuse a new one.
  const before = await vault.get(name).catch(() => undefined);
  await vault.set(name, candidate.key);
  try {
    const { unused } = await set({ secret: name });
    if (unused !== undefined) await vault.delete(unused);
  } catch (error) {
    if (before === undefined) await vault.delete(name);
    else await vault.set(name, before);
    throw error;
  }
}
