import type { Hono } from 'hono';
import { accountNamed } from '../../accounts/manage.ts';
import { quotaView } from '../../routing/quota/view.ts';
import type { Env, Gateway } from '../context.ts';

/** `/admin/quota`: what is left of each account, how old the figures are, and how long it lasts. */
export function quotaRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/quota', (c) => c.json({ accounts: quotaView(gateway.router.quota.list(), gateway.now()) }));
  admin.post('/quota/:account/refresh', async (c) => {
    const { id } = accountNamed(gateway.config(), c.req.param('account'));
    const { quota } = gateway.router;
    const account = gateway.accounts().find(({ config }) => config.id === id);
    if (account) await quota.refresh(account, true);
    return c.json({ accounts: quotaView(account ? [quota.of(account)] : [], gateway.now()) });
  });
}
