import type { Hono } from 'hono';
import * as z from 'zod';
import { knownModels, ManageError, removeAlias, removeCombo, renameCombo, saveCombo, saveRoutes, setAlias } from '../../accounts/manage.ts';
import type { KnownModels } from '../../config/name-problems.ts';
import type { Config } from '../../config/schema.ts';
import type { Env, Gateway } from '../context.ts';
import { checkedBody, jsonBody } from './body.ts';
import { change } from './change.ts';

/** What models can be called: `/admin/combos`, `/admin/aliases`, `/admin/routes`. */
export function nameRoutes(admin: Hono<Env>, gateway: Gateway): void {
  comboRoutes(admin, gateway);
  aliasRoutes(admin, gateway);
  admin.get('/routes', (c) => c.json({ routes: gateway.config().routes }));
  admin.put('/routes', async (c) => {
    const { routes } = await checkedBody(c, z.strictObject({ routes: z.array(z.unknown()) }));
    return c.json({ routes: await change(gateway, (config) => saveRoutes(config, routes, known(gateway, config))) });
  });
}

function comboRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/combos', (c) => c.json({ combos: gateway.config().combos }));
  admin.get('/combos/:name', (c) => {
    const name = c.req.param('name');
    const combo = gateway.config().combos.find((entry) => entry.name === name);
    if (!combo) throw new ManageError('not_found', `There is no combo named "${name}".`);
    return c.json({ combo });
  });
  admin.put('/combos/:name', async (c) => {
    const name = c.req.param('name');
    const body = await jsonBody(c);
    if (body.name !== undefined && body.name !== name)
      throw new ManageError('invalid', 'name: is not the one in the address; a combo is renamed by POST …/rename', 'name');
    const combo = await change(gateway, (config) => saveCombo(config, { ...body, name }, known(gateway, config)));
    return c.json({ combo });
  });
  admin.post('/combos/:name/rename', async (c) => {
    const { to } = await checkedBody(c, z.strictObject({ to: z.string() }));
    return c.json({ combo: await change(gateway, (config) => renameCombo(config, c.req.param('name'), to)) });
  });
  admin.delete('/combos/:name', async (c) => {
    const name = c.req.param('name');
    await change(gateway, (config) => removeCombo(config, name));
    return c.json({ removed: name });
  });
}

function aliasRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/aliases', (c) => c.json({ aliases: gateway.config().aliases }));
  admin.get('/aliases/:name', (c) => {
    const name = c.req.param('name');
    const { aliases } = gateway.config();
    if (!Object.hasOwn(aliases, name)) throw new ManageError('not_found', `There is no alias "${name}".`);
    return c.json({ alias: name, to: aliases[name] });
  });
  admin.put('/aliases/:name', async (c) => {
    const name = c.req.param('name');
    const { to } = await checkedBody(c, z.strictObject({ to: z.string().min(1).max(200) }));
    await change(gateway, (config) => setAlias(config, name, to, known(gateway, config)));
    return c.json({ alias: name, to });
  });
  admin.delete('/aliases/:name', async (c) => {
    const name = c.req.param('name');
    await change(gateway, (config) => removeAlias(config, name));
    return c.json({ removed: name });
  });
}

/** The models of the accounts in use as their providers list them, of the others as the catalogue does. */
function known(gateway: Gateway, config: Config): KnownModels {
  const byId = new Map(gateway.accounts().map((account) => [account.config.id, account]));
  return knownModels(config, ({ id }) => {
    const account = byId.get(id);
    return account && gateway.models.modelsOf(account).map((info) => info.id);
  });
}
