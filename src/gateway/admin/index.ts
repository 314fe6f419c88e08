import { Hono } from 'hono';
import type { Env, Gateway } from '../context.ts';
import { accountKeyRoutes } from './account-key.ts';
import { accountRoutes } from './accounts.ts';
import { budgetRoutes } from './budgets.ts';
import { captureRoutes } from './captures.ts';
import { adminError } from './errors.ts';
import { eventRoutes } from './events.ts';
import { explainRoutes } from './explain.ts';
import { healthRoutes } from './health.ts';
import { keyRoutes } from './keys.ts';
import { logRoutes } from './logs.ts';
import { modelRoutes } from './models.ts';
import { nameRoutes } from './names.ts';
import { noteChanges } from './note-changes.ts';
import { permission } from './permission.ts';
import { priceRoutes } from './prices.ts';
import { quotaRoutes } from './quota.ts';
import { settingsRoutes } from './settings.ts';
import { statusRoutes } from './status.ts';
import { usageRoutes } from './usage.ts';

/** Everything under `/admin`: what the command line, the editor and scripts ask and change (docs/admin-api.md). */
export function adminRoutes(app: Hono<Env>, gateway: Gateway): void {
  const admin = new Hono<Env>();
  admin.onError((thrown, c) => adminError(c, gateway, thrown));
  admin.use(async (c, next) => {
    c.header('x-request-id', c.get('requestId'));
    await next();
  });
  admin.use(permission);
  admin.use(noteChanges(gateway));
  statusRoutes(admin, gateway);
  accountRoutes(admin, gateway);
  accountKeyRoutes(admin, gateway);
  nameRoutes(admin, gateway);
  modelRoutes(admin, gateway);
  budgetRoutes(admin, gateway);
  priceRoutes(admin, gateway);
  keyRoutes(admin, gateway);
  settingsRoutes(admin, gateway);
  healthRoutes(admin, gateway);
  explainRoutes(admin, gateway);
  eventRoutes(admin, gateway);
  usageRoutes(admin, gateway);
  captureRoutes(admin, gateway);
  logRoutes(admin, gateway);
  quotaRoutes(admin, gateway);
  app.route('/admin', admin);
}
